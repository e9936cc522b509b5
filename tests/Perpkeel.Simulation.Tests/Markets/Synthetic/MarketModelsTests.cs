using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

[Trait("Req", "PAP-1")]
public sealed class MarketModelsTests(MarketModelsTests.Sample sample)
    : IClassFixture<MarketModelsTests.Sample>
{
    private static readonly DateTimeOffset StartsAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names => [.. MarketModels.All.Select(model => model.Name)];

    [Fact]
    public void Models_have_names_of_their_own_and_one_line_of_words_and_the_usual_one_is_first()
    {
        Assert.Equal(
            ["usual", "calm", "storm", "news", "thin"], MarketModels.All.Select(model => model.Name),
            StringComparer.Ordinal);
        Assert.All(MarketModels.All, model => Assert.InRange(model.Words.Length, 20, 100));
        Assert.All(MarketModels.All, model => Assert.Same(model, MarketModels.Find(model.Name)));
        Assert.Null(MarketModels.Find("Usual"));
        Assert.Same(MarketModels.Usual, MarketModels.All[0]);
    }

    [Fact]
    public void A_description_names_the_model_unless_it_is_the_usual_one()
    {
        Assert.Equal("synthetic market, seed 7", new SyntheticMarkets(7, StartsAt).Description);
        Assert.Equal(
            "synthetic market, seed 7, storm",
            new SyntheticMarkets(7, StartsAt, MarketModels.Find("storm")).Description);
    }

    [Fact]
    public void Models_differ_in_volatility_by_what_they_say()
    {
        var deviations = MarketModels.All.ToDictionary(
            model => model.Name, model => Deviation(sample.Models[model.Name]), StringComparer.Ordinal);

        Assert.InRange(deviations["calm"] / deviations["usual"], 0.3, 0.7);
        Assert.InRange(deviations["storm"] / deviations["usual"], 2, 5);
        Assert.InRange(deviations["news"] / deviations["usual"], 1.1, 3);
        Assert.InRange(deviations["thin"] / deviations["usual"], 0.9, 1.1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_no_model_a_direction_follows_from_the_last_minute_and_no_book_is_crossed(string name)
    {
        foreach (var series in sample.Models[name])
        {
            Assert.InRange(Statistics.Autocorrelation(series.Returns, 1), -0.15, 0.15);
            Assert.False(series.WasCrossed);
        }
    }

    [Fact]
    public void Right_after_news_the_book_is_thin_and_wide()
    {
        var books = new ShownBooks(new SyntheticMarkets(31, StartsAt, MarketModels.Find("news")));
        books.Skip(86_401);
        var (usual, after) = (new List<double>(), new List<double>());
        var (lastMid, sinceNews) = (0d, 1_000_000);

        for (var second = 0; second < 86_400; second++)
        {
            books.Next();
            var (bid, ask) = (books[0].Best(Side.Buy), books[0].Best(Side.Sell));
            var mid = (bid.Price + ask.Price) / 2d;
            sinceNews = lastMid > 0 && Math.Abs((mid / lastMid) - 1) > 0.003 ? 0 : sinceNews + 1;
            lastMid = mid;
            var depth = (double)books[0].Levels(Side.Buy).Sum(level => level.Size);
            if (sinceNews is >= 1 and <= 20) after.Add(depth);
            else if (sinceNews > 3_600) usual.Add(depth);
        }

        Assert.True(after.Count >= 60, "There was hardly any news.");
        Assert.True(after.Average() < usual.Average() / 3, $"{after.Average()} beside {usual.Average()}");
    }

    [Fact]
    public void A_maker_far_behind_the_best_price_does_not_earn_by_waiting_there()
    {
        var books = new ShownBooks(new SyntheticMarkets(41, StartsAt, MarketModels.Find("storm")));
        books.Skip(86_401);
        var old = new (long Bid, long Ask)[6];
        var (earned, count) = (0d, 0);

        for (var second = 0; second < 10_000; second++)
        {
            var trades = books.Next().Where(next => next.Kind == MarketEventKind.Trade);
            foreach (var trade in trades)
            {
                var price = trade.Last.Value;
                if (price == old[trade.Market].Bid || price == old[trade.Market].Ask) continue;
                var (bid, ask) = Best(trade.Market);
                earned += trade.Side.Sign() * (((2d * price) / (bid + ask)) - 1);
                count++;
            }

            for (var market = 0; market < 6; market++) old[market] = Best(market);
        }

        (long Bid, long Ask) Best(int market) =>
            (books[market].Best(Side.Buy).Price, books[market].Best(Side.Sell).Price);

        Assert.True(count > 200, $"{count} trades behind the best price");
        Assert.True(earned < 0, $"{earned / count} of the price are earned by resting deep");
    }

    private static double Deviation(MinuteSeries[] markets) =>
        markets.Average(series => Math.Sqrt(series.Returns.Average(move => move * move)));

    /// <summary>The past and eight hours more of each model, drawn once for all tests.</summary>
    public sealed class Sample
    {
        internal IReadOnlyDictionary<string, MinuteSeries[]> Models { get; } = MarketModels.All.ToDictionary(
            model => model.Name,
            model => MinuteSeries.Of(new SyntheticMarkets(21, StartsAt, model), minutes: 32 * 60),
            StringComparer.Ordinal);
    }
}
