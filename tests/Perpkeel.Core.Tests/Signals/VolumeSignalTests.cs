using Perpkeel.Core.MarketData;
using Perpkeel.Core.Signals;
using Xunit;

namespace Perpkeel.Core.Tests.Signals;

public sealed class VolumeSignalTests : SignalContract<VolumeState>
{
    protected override ISignal<VolumeState> Signal { get; } = new VolumeSignal();

    protected override string Name => "volume";

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_the_busiest_of_sixty_minutes_scores_99_17()
    {
        var (_, score) = Events.Fold(Signal, Rising(60));

        Assert.Equal("99.17", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_half_a_minute_later_with_ten_traded_it_scores_65_83()
    {
        var (_, score) = Events.Fold(Signal, Rising(60).Append(Events.Trade(60.5d, 100, 10)));

        Assert.Equal("65.83", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_the_same_volume_in_every_minute_scores_50()
    {
        var (_, score) = Events.Fold(Signal, Bars(100, _ => 7));

        Assert.Equal("50.00", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_a_minute_without_a_trade_scores_0()
    {
        var (_, score) = Events.Fold(Signal, Rising(60).Append(Events.Quote(61d)));

        Assert.Equal("0.00", score.ToString());
    }

    [Fact]
    public void It_is_neutral_until_thirty_bars_are_known()
    {
        var scores = Events.Scores(Signal, Rising(30));

        Assert.All(scores.Take(29), score => Assert.Equal(Score.Neutral, score));
        Assert.Equal("98.33", scores[29].ToString());
    }

    [Fact]
    public void A_quote_moves_time_on_and_the_score_with_it()
    {
        var scores = Events.Scores(
            Signal, Rising(60).Concat([Events.Quote(60.25d), Events.Quote(60.5d), Events.Quote(60.75d)]));

        Assert.Equal([7_417, 4_917, 2_417], scores.TakeLast(3).Select(score => score.Hundredths));
    }

    [Fact]
    public void Nothing_jumps_when_a_minute_begins()
    {
        var busy = Rising(60).Append(Events.Trade(60.1d, 100, 40)).Append(Events.Quote(60.999d));

        var scores = Events.Scores(Signal, busy.Append(Events.Quote(61d)));

        Assert.InRange(Math.Abs(scores[^1].Hundredths - scores[^2].Hundredths), 0, 170);
    }

    [Fact]
    public void More_trading_never_lowers_the_score()
    {
        var (state, _) = Events.Fold(Signal, Rising(60));

        var scores = Enumerable.Range(0, 100)
            .Select(size => Signal.Step(state, Events.Trade(60.5d, 100, size)).Score)
            .ToList();

        Assert.Equal(scores.Order(), scores);
        Assert.Equal("100.00", scores[^1].ToString());
    }

    [Fact]
    public void After_a_day_without_trades_nothing_is_known()
    {
        var (state, score) = Events.Fold(Signal, Rising(60).Append(Events.Quote(60d + (25 * 60))));

        Assert.Equal(Score.Neutral, score);
        Assert.Equal(0, state.Day.Count);
    }

    [Fact]
    public void A_late_trade_is_not_ahead_of_its_time()
    {
        var (state, _) = Events.Fold(Signal, Rising(60));

        var (_, score) = Signal.Step(state, Events.Trade(59.5d, 100, 5));

        Assert.Equal("99.17", score.ToString());
    }

    private static List<MarketEvent> Rising(int count) => Bars(count, minute => minute + 1);

    private static List<MarketEvent> Bars(int count, Func<int, long> volume) =>
        [.. Enumerable.Range(0, count).Select(minute =>
            Events.Bar(minute, 100, 100, 100, 100, volume(minute)))];
}
