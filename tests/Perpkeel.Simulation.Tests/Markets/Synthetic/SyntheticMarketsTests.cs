using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

public sealed class SyntheticMarketsTests
{
    private const int SecondsOfPast = 86_400;
    private static readonly DateTimeOffset StartsAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [Trait("Req", "PAP-1")]
    [InlineData("BTC-USD", "1", "0.0001", -3, 50_000, 600_000)]
    [InlineData("ETH-USD", "0.1", "0.001", -4, 50_000, 600_000)]
    [InlineData("SOL-USD", "0.01", "0.1", -5, 100_000, 500_000)]
    [InlineData("XRP-USD", "0.0001", "10", -7, 100_000, 500_000)]
    [InlineData("DOGE-USD", "0.00001", "100", -8, 100_000, 500_000)]
    [InlineData("LINK-USD", "0.001", "1", -6, 100_000, 500_000)]
    public void Markets_have_the_grids_of_the_chains_genesis(
        string name, string tick, string step, int oracleExponent, long initialPpm, long maintenancePpm)
    {
        var market = new SyntheticMarkets(7, StartsAt).Markets
            .Single(candidate => string.Equals(candidate.Id.Value, name, StringComparison.Ordinal));

        Assert.Equal(decimal.Parse(tick, CultureInfo.InvariantCulture), market.TickSize);
        Assert.Equal(decimal.Parse(step, CultureInfo.InvariantCulture), market.StepSize);
        Assert.Equal(oracleExponent, market.OracleExponent);
        Assert.Equal(initialPpm, market.InitialMarginPpm.Value);
        Assert.Equal(maintenancePpm, market.MaintenanceFractionPpm.Value);
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void Indices_are_places_in_the_list_and_the_description_names_the_seed()
    {
        var source = new SyntheticMarkets(7, StartsAt);

        Assert.Equal(Enumerable.Range(0, 6), source.Markets.Select(market => market.Index));
        Assert.Equal("synthetic market, seed 7", source.Description);
        Assert.Equal(StartsAt, source.StartsAt);
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void A_start_within_a_second_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SyntheticMarkets(7, StartsAt.AddMilliseconds(1)));

    [Fact]
    [Trait("Req", "RX-6")]
    public void The_same_seed_gives_the_same_events_twice() =>
        Assert.Equal(
            Hash(new SyntheticMarkets(99, StartsAt), 2_000), Hash(new SyntheticMarkets(99, StartsAt), 2_000));

    [Fact]
    [Trait("Req", "RX-6")]
    public void Seed_7_gives_the_events_that_it_always_gave()
    {
        var source = new SyntheticMarkets(7, StartsAt);

        Assert.Equal("4e1fd9e5df57e363dd46dc13af3b720bcd162b27d1c515a486e735fea6f0aedb", Hash(source, 3_601));
        Skip(source, SecondsOfPast - 3_601);
        Assert.Equal("2fce129d5d868c3f86394e17c77d8fa501293622a95122f8e3aee418f40249f7", Hash(source, 600));
    }

    [Fact]
    [Trait("Req", "RX-6")]
    public void Another_seed_gives_other_events() =>
        Assert.NotEqual(
            Hash(new SyntheticMarkets(7, StartsAt), 60),
            Hash(new SyntheticMarkets(8, StartsAt), 60),
            StringComparer.Ordinal);

    [Fact]
    [Trait("Req", "PAP-1")]
    public void The_past_has_trades_oracle_prices_and_funding_on_each_of_its_86_400_seconds_and_no_book()
    {
        var source = new SyntheticMarkets(7, StartsAt);
        var batch = new List<SourceEvent>();
        var kinds = new Dictionary<MarketEventKind, int>();

        for (var second = 0; second < SecondsOfPast; second++)
        {
            Assert.True(source.TryNext(batch, out var at));
            Assert.Equal(StartsAt.AddSeconds(second - SecondsOfPast), at);
            foreach (var item in batch)
            {
                Assert.Equal(at, item.Event.At);
                kinds[item.Event.Kind] = kinds.GetValueOrDefault(item.Event.Kind) + 1;
            }
        }

        Assert.Equal(
            [MarketEventKind.Trade, MarketEventKind.Oracle, MarketEventKind.Funding], kinds.Keys.Order());
        Assert.Equal(6 * SecondsOfPast, kinds[MarketEventKind.Oracle]);
        Assert.Equal(6 * 23, kinds[MarketEventKind.Funding]);
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void Oracle_stays_within_60_basis_points_of_the_trades_of_its_second_through_news()
    {
        var source = new SyntheticMarkets(5, StartsAt);
        var batch = new List<SourceEvent>();
        var farthest = 0d;

        for (var second = 0; second < SecondsOfPast / 2; second++)
        {
            _ = source.TryNext(batch, out _);
            var traded = new long[6];
            foreach (var item in batch)
            {
                var (market, price) = (item.Event.Market, item.Event.Last.Value);
                if (item.Event.Kind == MarketEventKind.Trade) traded[market] = price;
                if (item.Event.Kind != MarketEventKind.Oracle || traded[market] == 0) continue;
                var distance = Math.Abs((item.Event.OraclePrice / 1_000d / traded[market]) - 1);
                farthest = Math.Max(farthest, distance);
            }
        }

        Assert.InRange(farthest, 0.0001, 0.0060);
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void Funding_leans_one_way_for_hours_and_follows_the_books_premium()
    {
        var rates = new List<double>();
        var (now, later) = (new List<double>(), new List<double>());
        for (var seed = 1UL; seed <= 2; seed++)
        {
            var paid = FundingOf(new SyntheticMarkets(seed, StartsAt), hours: 48);
            rates.AddRange(paid.SelectMany(market => market));
            foreach (var market in paid)
            {
                now.AddRange(market.SkipLast(4));
                later.AddRange(market.Skip(4));
            }
        }

        Assert.Equal(2 * 6 * 48, rates.Count);
        Assert.InRange(rates.Average(), 0, 0.00003);
        Assert.InRange(Math.Sqrt(rates.Average(rate => rate * rate)), 0.00001, 0.00005);
        Assert.InRange(rates.Count(rate => rate < 0) / (double)rates.Count, 0.1, 0.5);
        Assert.True(Statistics.Correlation(now, later) > 0.5, "What is paid does not last for hours.");
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void The_books_best_price_is_often_beyond_the_oracle()
    {
        var source = new SyntheticMarkets(5, StartsAt);
        var books = new ShownBooks(source);
        var beyond = 0;
        books.Skip(SecondsOfPast + 1);

        for (var second = 0; second < 7_200; second++)
        {
            foreach (var next in books.Next().Where(next => next.Kind == MarketEventKind.Oracle))
            {
                var oracle = next.OraclePrice / 1_000d;
                var book = books[next.Market];
                if (book.Best(Side.Buy).Price > oracle || book.Best(Side.Sell).Price < oracle) beyond++;
            }
        }

        Assert.InRange(beyond / (7_200 * 6d), 0.2, 0.9);
    }

    private static double[][] FundingOf(SyntheticMarkets source, int hours)
    {
        var paid = source.Markets.Select(_ => new List<double>()).ToArray();
        var batch = new List<SourceEvent>();
        for (var second = 0; second <= hours * 3_600; second++)
        {
            source.TryNext(batch, out var at);
            if (at.Minute != 0 || at.Second != 0) continue;
            foreach (var next in batch.Select(item => item.Event))
            {
                if (next.Kind == MarketEventKind.Funding) paid[next.Market].Add((double)next.FundingRate);
            }
        }

        return [.. paid.Select(rates => rates.ToArray())];
    }

    private static void Skip(SyntheticMarkets source, int seconds)
    {
        var batch = new List<SourceEvent>();
        for (var i = 0; i < seconds; i++) _ = source.TryNext(batch, out _);
    }

    private static string Hash(SyntheticMarkets source, int seconds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var batch = new List<SourceEvent>();
        for (var i = 0; i < seconds; i++)
        {
            _ = source.TryNext(batch, out _);
            foreach (var e in batch.Select(item => item.Event))
            {
                hash.AppendData(Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.At.UtcTicks} {e.Market} {e.Kind} {e.Side} {e.Last} {e.Volume} "
                    + $"{e.OraclePrice} {Decimals.Text(e.FundingRate)}\n")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
