using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.MarketData;

[Trait("Req", "RX-2")]
public sealed class MarketViewTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(90);

    [Fact]
    public void Facts_carry_prices_age_and_the_place_in_the_stream()
    {
        var view = View(Quote(99, 101), Oracle(10_000_000) with { Sequence = 17 });

        var facts = view.Facts(SampleMarkets.Btc, Start.AddSeconds(2), StaleAfter);

        Assert.Equal(QualityGrade.Good, facts.Quality);
        Assert.Equal(new Price(99m), facts.Bid);
        Assert.Equal(new Price(101m), facts.Ask);
        Assert.Equal(new Price(100m), facts.Oracle);
        Assert.Equal(2_000, facts.AgeMs);
        Assert.Equal(17, facts.StreamSequence);
    }

    [Fact]
    public void Without_a_quote_or_an_oracle_price_they_are_missing()
    {
        Assert.Equal(QualityGrade.Missing, Grade(View(Quote(99, 101)), Start));
        Assert.Equal(QualityGrade.Missing, Grade(View(Oracle(10_000_000)), Start));
        Assert.Equal(0, View(Quote(99, 101)).Facts(SampleMarkets.Btc, Start, StaleAfter).AgeMs);
        Assert.Equal(default, View(Quote(99, 101)).PricedAt);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void They_are_stale_beyond_the_limit_and_not_at_it()
    {
        var view = View(Quote(99, 101), Oracle(10_000_000));

        Assert.Equal(QualityGrade.Good, Grade(view, Start + StaleAfter));
        Assert.Equal(QualityGrade.Stale, Grade(view, Start + StaleAfter + TimeSpan.FromMilliseconds(1)));
    }

    [Theory]
    [Trait("Req", "RSK-2")]
    [InlineData(true)]
    [InlineData(false)]
    public void The_oldest_of_book_and_oracle_tells_their_age(bool bookIsOld)
    {
        var later = Start.AddMinutes(10);
        var view = View(Quote(99, 101), Oracle(10_000_000));

        view = MarketView.Step(view, bookIsOld
            ? MarketEvent.Oracle(0, later, 10_000_000)
            : MarketEvent.Quote(0, later, new(99), new(1), new(101), new(1)));
        var facts = view.Facts(SampleMarkets.Btc, later, StaleAfter);

        Assert.Equal(QualityGrade.Stale, facts.Quality);
        Assert.Equal(600_000, facts.AgeMs);
    }

    [Theory]
    [InlineData(101, 101)]
    [InlineData(102, 101)]
    public void A_bid_at_or_above_the_ask_is_crossed(long bid, long ask) =>
        Assert.Equal(QualityGrade.Crossed, Grade(View(Quote(bid, ask), Oracle(10_000_000)), Start));

    [Fact]
    public void Trades_bars_and_funding_are_remembered()
    {
        var bar = new Candle(Start, TimeSpan.FromMinutes(1), new(1), new(4), new(1), new(3), new(9));
        var view = View(
            MarketEvent.Trade(0, Start, new(100), new(1)), MarketEvent.Funding(0, Start, 0.0001m));

        Assert.Equal(new Ticks(100), view.Last);
        Assert.Equal(0.0001m, view.FundingRate);
        Assert.Equal(new Ticks(3), MarketView.Step(view, MarketEvent.Bar(0, bar)).Last);
        Assert.Equal(bar, MarketEvent.Bar(0, bar).ToCandle());
    }

    [Fact]
    public void An_event_of_no_kind_is_only_remembered_as_the_cause()
    {
        var view = View(Quote(99, 101));

        var next = MarketView.Step(view, default);

        Assert.Equal(view with { Cause = default }, next);
    }

    private static MarketView View(params MarketEvent[] events) =>
        events.Aggregate(default(MarketView), (view, next) => MarketView.Step(view, next));

    private static QualityGrade Grade(MarketView view, DateTimeOffset now) =>
        view.Facts(SampleMarkets.Btc, now, StaleAfter).Quality;

    private static MarketEvent Quote(long bid, long ask) =>
        MarketEvent.Quote(0, Start, new(bid), new(1), new(ask), new(1));

    private static MarketEvent Oracle(long price) => MarketEvent.Oracle(0, Start, price);
}
