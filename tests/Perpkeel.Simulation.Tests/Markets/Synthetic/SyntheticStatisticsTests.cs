using System.Globalization;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

/// <summary>
/// What is known of real one-minute returns, asked of every market over five days of each of three seeds. The
/// seeds are fixed: these tests pass always or never.
/// </summary>
[Trait("Req", "PAP-1")]
public sealed class SyntheticStatisticsTests(SyntheticStatisticsTests.Sample sample)
    : IClassFixture<SyntheticStatisticsTests.Sample>
{
    [Fact]
    public void Excess_kurtosis_of_minute_returns_is_above_3() =>
        AssertEvery(series => Statistics.ExcessKurtosis(series.Returns), 3, double.PositiveInfinity);

    [Fact]
    public void Autocorrelation_of_minute_returns_at_lag_1_is_within_0_05_of_zero() =>
        AssertEvery(series => Statistics.Autocorrelation(series.Returns, 1), -0.05, 0.05);

    [Fact]
    public void Autocorrelation_of_absolute_minute_returns_at_lag_30_is_above_0_1_on_the_average()
    {
        // A single piece of news weighs heavily in so few days; no market may lack the memory altogether.
        AssertEvery(series => Statistics.Autocorrelation(Sizes(series), 30), 0.03, 1);
        var all = sample.Seeds.Values.SelectMany(markets => markets);
        Assert.InRange(all.Average(series => Statistics.Autocorrelation(Sizes(series), 30)), 0.1, 0.3);
    }

    [Fact]
    public void Mean_spread_and_range_of_a_minute_correlate_above_0_3() =>
        AssertEvery(series => Statistics.Correlation(series.Spreads, series.Ranges), 0.3, 1);

    [Fact]
    public void Volume_and_absolute_return_of_a_minute_correlate_above_0_3() =>
        AssertEvery(series => Statistics.Correlation(Sizes(series), [.. series.Volumes.Skip(1)]), 0.3, 1);

    [Fact]
    public void Direction_does_not_follow_from_the_last_minute_or_hour()
    {
        AssertEvery(series => AfterMoves(series, 1), -0.05, 0.05);
        AssertEvery(series => AfterMoves(series, 60), -0.05, 0.05);

        // How often and how far the next minute goes on in the direction of the last so many.
        static double AfterMoves(MinuteSeries series, int minutes)
        {
            var closes = series.Closes;
            var signs = new List<double>();
            var next = new List<double>();
            for (var i = minutes; i < closes.Count - 1; i++)
            {
                signs.Add(Math.Sign(closes[i] - closes[i - minutes]));
                next.Add((closes[i + 1] - closes[i]) / closes[i]);
            }

            return Statistics.Correlation(signs, next);
        }
    }

    [Fact]
    public void Returns_of_the_first_two_markets_correlate_between_0_6_and_0_9()
    {
        foreach (var markets in sample.Seeds.Values)
        {
            Assert.InRange(Statistics.Correlation(markets[0].Returns, markets[1].Returns), 0.6, 0.9);
        }
    }

    [Fact]
    public void A_usual_minute_moves_between_4_and_25_basis_points_and_the_spread_is_a_fraction_of_it()
    {
        AssertEvery(Volatility, 0.0004, 0.0025);
        AssertEvery(series => series.Spreads.Average() / Volatility(series), 0.08, 0.4);

        static double Volatility(MinuteSeries series) =>
            Math.Sqrt(series.Returns.Average(move => move * move));
    }

    [Fact]
    public void The_book_is_never_crossed_between_two_events() =>
        Assert.DoesNotContain(
            sample.Seeds.Values.SelectMany(markets => markets), series => series.WasCrossed);

    private static double[] Sizes(MinuteSeries series) => [.. series.Returns.Select(Math.Abs)];

    private void AssertEvery(Func<MinuteSeries, double> figure, double above, double below)
    {
        foreach (var (seed, markets) in sample.Seeds)
        {
            for (var i = 0; i < markets.Length; i++)
            {
                var value = figure(markets[i]);
                Assert.True(
                    value > above && value < below,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Seed {seed}, market {i}: {value:F4} is not between {above} and {below}."));
            }
        }
    }

    /// <summary>Drawn once for all tests.</summary>
    public sealed class Sample
    {
        private const int MinutesOfFiveDays = 5 * 1_440;

        internal IReadOnlyDictionary<ulong, MinuteSeries[]> Seeds { get; } =
            new ulong[] { 1, 7, 42 }.ToDictionary(
                seed => seed,
                seed => MinuteSeries.Of(
                    new SyntheticMarkets(seed, new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)),
                    MinutesOfFiveDays));
    }
}
