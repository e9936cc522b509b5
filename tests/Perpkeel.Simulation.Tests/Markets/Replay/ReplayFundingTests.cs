using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

[Trait("Req", "PAP-2")]
public sealed class ReplayFundingTests : IDisposable
{
    private readonly TemporaryFolder _candles = new();
    private readonly TemporaryFolder _funding = new();

    public void Dispose()
    {
        _candles.Dispose();
        _funding.Dispose();
    }

    [Fact]
    public void Without_files_each_whole_hour_pays_the_assumed_rate_in_every_market()
    {
        Hours(("BTCUSDT", 10, 13), ("DOGEUSDT", 11, 12));

        var data = _candles.Load();

        // The first hour's end at the start itself is past; the one at the end counts.
        Assert.Equal([11, 11, 12, 12, 13, 13], Paid(data).Select(paid => paid.Hour));
        Assert.Equal([0, 1, 0, 1, 0, 1], Paid(data).Select(paid => paid.Market));
        Assert.All(Paid(data), paid => Assert.Equal(0.0000125m, paid.Rate));
        AssertAssumed("BTC: all 3 hours", data);
        AssertAssumed("DOGE: all 3 hours", data);
    }

    [Fact]
    public void Hourly_rates_are_those_of_the_hours_that_they_end_and_times_are_floored_to_the_hour()
    {
        Hours(("BTCUSDT", 10, 13));
        _ = _funding.Funding("venue_btc_1h.csv", (11, "0.0001"), (12, "-0.0002"), (13, "3e-4"));

        var data = _candles.Load(_funding.Path);

        Assert.Equal([0.0001m, -0.0002m, 0.0003m], Paid(data).Select(paid => paid.Rate));
        Assert.DoesNotContain(data.Assumptions, text => text.StartsWith("BTC:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rate_for_eight_hours_counts_an_eighth_in_each_hour_from_its_payment_on()
    {
        Hours(("BTCUSDT", 10, 20));
        _ = _funding.Funding("BTC.csv", (0, "9"), (8, "0.0008"), (16, "0.0016"), (24, "0.8"));

        var rates = Paid(_candles.Load(_funding.Path)).Select(paid => paid.Rate);

        Assert.Equal([.. Enumerable.Repeat(0.0001m, 5), .. Enumerable.Repeat(0.0002m, 5)], rates);
    }

    [Fact]
    public void The_interval_is_that_around_the_span_and_not_an_earlier_one()
    {
        Hours(("BTCUSDT", 34, 36));
        _ = _funding.Funding(
            "BTC.csv", (0, "1"), (1, "1"), (2, "1"), (8, "1"), (16, "1"), (24, "1"), (32, "0.8"), (40, "1"));

        var rates = Paid(_candles.Load(_funding.Path)).Select(paid => paid.Rate);

        Assert.Equal([0.1m, 0.1m], rates);
    }

    [Fact]
    public void A_hole_is_not_taken_for_a_long_interval_and_its_hours_are_assumed_and_counted()
    {
        Hours(("BTCUSDT", 10, 16));
        _ = _funding.Funding("BTC.csv", (10, "1"), (11, "0.0001"), (15, "0.0005"), (16, "0.0006"));

        var data = _candles.Load(_funding.Path);

        Assert.Equal(
            [0.0001m, 0.0000125m, 0.0000125m, 0.0000125m, 0.0005m, 0.0006m],
            Paid(data).Select(paid => paid.Rate));
        AssertAssumed("BTC: 3 of 6 hours", data);
    }

    [Theory]
    [InlineData(-500, -499)]
    [InlineData(500, 501)]
    public void Files_of_another_time_do_not_matter(int first, int second)
    {
        Hours(("BTCUSDT", 10, 12));
        _ = _funding.Funding("BTC.csv", (first, "1"), (second, "1"));

        AssertAssumed("BTC: all 2 hours", _candles.Load(_funding.Path));
    }

    [Fact]
    public void Two_files_may_share_the_hours_and_agree_where_both_know_one()
    {
        Hours(("BTCUSDT", 10, 13));
        _ = _funding.Funding("a_BTC.csv", (10, "0.1"), (11, "0.1"), (12, "0.2"));
        _ = _funding.Funding("b_BTC.csv", (12, "0.2"), (13, "0.3"));

        Assert.Equal([0.1m, 0.2m, 0.3m], Paid(_candles.Load(_funding.Path)).Select(paid => paid.Rate));
    }

    [Fact]
    public void Two_files_with_different_rates_for_an_hour_are_refused_with_both_names()
    {
        Hours(("BTCUSDT", 10, 13));
        _ = _funding.Funding("a_BTC.csv", (11, "0.1"), (12, "0.2"));
        _ = _funding.Funding("b_BTC.csv", (12, "0.3"), (13, "0.3"));

        var error = Assert.Single(_candles.Refusal(_funding.Path).Errors);

        Assert.Equal("replay.funding-conflict", error.Code);
        Assert.StartsWith(
            "a_BTC.csv and b_BTC.csv give different funding rates for 2026-01-05 12:00 UTC.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_assets_that_are_not_replayed_are_not_even_read()
    {
        Hours(("BTCUSDT", 10, 12));
        _ = _funding.Write("ETH_BTCX.csv", "rubbish");

        Assert.Equal(2, Paid(_candles.Load(_funding.Path)).Count);
    }

    [Theory]
    [InlineData("ts_ms,rate\nx,1\n", "replay.not-a-number")]
    [InlineData("ts_ms,rate\n1767607200000,NaN\n", "replay.not-a-number")]
    [InlineData("ts_ms,rate\n1767607200000,1\n1767607200047,1\n", "replay.duplicate-row")]
    [InlineData("ts_ms,rate\n1767607200000,1\n1767603600000,1\n", "replay.out-of-order")]
    [InlineData("ts_ms,rate\n1767607200000,1\n", "replay.too-few-rows")]
    [InlineData("ts_ms,rate\n1767607200000,1\n1767610800000,1", "replay.torn-last-line")]
    [InlineData("1767607200000,1\n", "replay.columns-missing")]
    public void A_bad_file_is_refused(string text, string code)
    {
        Hours(("BTCUSDT", 10, 12));
        _ = _funding.Write("BTC.csv", text);

        Assert.Equal(code, Assert.Single(_candles.Refusal(_funding.Path).Errors).Code);
    }

    [Fact]
    public void A_folder_that_is_not_there_or_empty_is_refused()
    {
        Hours(("BTCUSDT", 10, 12));

        Assert.Equal("replay.folder-empty", Assert.Single(_candles.Refusal(_funding.Path).Errors).Code);
        var missing = Path.Combine(_funding.Path, "nowhere");
        Assert.Equal("replay.path-missing", Assert.Single(_candles.Refusal(missing).Errors).Code);
    }

    /// <summary>Half-hourly candles of some markets from one hour of the day to another.</summary>
    private void Hours(params (string Market, int From, int To)[] markets)
    {
        foreach (var (market, from, to) in markets)
        {
            var bars = Enumerable.Range((from - 10) * 2, (to - from) * 2);
            _ = _candles.Candles(market + ".csv", [.. bars.Select(bar => (bar * 30, "1,1,1,1,1"))]);
        }
    }

    private static void AssertAssumed(string hours, ReplayData data) =>
        Assert.Contains(
            hours + " assumed (funding 0.00125 % an hour)", data.Assumptions, StringComparer.Ordinal);

    private static List<(long Hour, int Market, decimal Rate)> Paid(ReplayData data) =>
        [.. new CandleReplay(data).Events()
            .Where(next => next.Kind == MarketEventKind.Funding)
            .Select(next => (
                (next.At.ToUnixTimeMilliseconds() - TemporaryFolder.Minute(-600)) / 3_600_000,
                next.Market,
                next.FundingRate))];
}
