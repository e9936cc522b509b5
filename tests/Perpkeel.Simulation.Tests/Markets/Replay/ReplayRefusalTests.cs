using Perpkeel.Simulation.Markets.Replay;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

[Trait("Req", "PAP-2")]
public sealed class ReplayRefusalTests : IDisposable
{
    private const string Header = "ts_ms,open,high,low,close,volume\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x,1,1,1,1,1", "replay.not-a-number", "ts_ms is 'x'")]
    [InlineData("1767607,1,1,1,1,1", "replay.bad-timestamp", "milliseconds since 1970")]
    [InlineData("1767607200000000,1,1,1,1,1", "replay.bad-timestamp", "1767607200000000")]
    [InlineData("T,NaN,1,1,1,1", "replay.not-a-number", "open is 'NaN'")]
    [InlineData("T,1,Infinity,1,1,1", "replay.not-a-number", "high is 'Infinity'")]
    [InlineData("T,1,1,,1,1", "replay.not-a-number", "low is ''")]
    [InlineData("T,1,1,1,\"1\",1", "replay.not-a-number", "close is '\"1\"'")]
    [InlineData("T,1,1,1,1,0123456789012345678901234567890123456789012345x", "replay.not-a-number", "89…'")]
    [InlineData("T,1,1,1,0,1", "replay.price-not-positive", "close is 0")]
    [InlineData("T,1,1,-1,1,1", "replay.price-not-positive", "low is -1")]
    [InlineData("T,1,1,1,1,-0.5", "replay.volume-negative", "volume is -0.5")]
    [InlineData("T,1,2,1,3,1", "replay.range-wrong", "high is 2")]
    [InlineData("T,2,3,2.5,3,1", "replay.range-wrong", "low is 2.5")]
    [InlineData("T,1,1,1,1,0.123456789", "replay.too-many-decimals", "volume has more than 8 decimals")]
    [InlineData("T,1,3000000000,1,1,1", "replay.too-large", "high")]
    [InlineData("T,0.12345678,30000000,0.1,1,1", "replay.too-large", "high")]
    [InlineData("T,1,1,1,1,30000000000000000000", "replay.too-large", "volume")]
    [InlineData("T,1,1,1,1", "replay.fields-mismatch", "5 fields where the header names 6")]
    [InlineData("T,1,1,1,1,1,1", "replay.fields-mismatch", "7 fields")]
    [InlineData("P,1,1,1,1,1", "replay.duplicate-row", "time of the line before")]
    [InlineData("E,1,1,1,1,1", "replay.out-of-order", "earlier than the line before")]
    public void A_bad_row_is_refused_with_file_line_and_how_to_mend_it(string row, string code, string told)
    {
        var minutes = row
            .Replace("T", $"{TemporaryFolder.Minute(2)}", StringComparison.Ordinal)
            .Replace("P", $"{TemporaryFolder.Minute(1)}", StringComparison.Ordinal)
            .Replace("E", $"{TemporaryFolder.Minute(0)}", StringComparison.Ordinal);
        _ = _folder.Write(
            "a_BTCUSDT.csv",
            $"{Header}{TemporaryFolder.Minute(0)},1,1,1,1,1\n{TemporaryFolder.Minute(1)},1,1,1,1,1\n"
            + $"{minutes}\n{TemporaryFolder.Minute(3)},1,1,1,1,1\n");

        var error = Assert.Single(_folder.Refusal().Errors);

        Assert.Equal(code, error.Code);
        Assert.StartsWith("a_BTCUSDT.csv, line 4", error.Message, StringComparison.Ordinal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1767607320000,1,1,1,1,1")]
    [InlineData("1767607320000,1,1")]
    public void A_last_line_without_its_end_may_be_torn_and_is_refused(string line)
    {
        _ = _folder.Write("BTCUSDT.csv", $"{Header}1767607200000,1,1,1,1,1\n1767607260000,1,1,1,1,1\n{line}");

        var error = Assert.Single(_folder.Refusal().Errors);

        Assert.Equal("replay.torn-last-line", error.Code);
        Assert.StartsWith("BTCUSDT.csv, line 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_line_that_lacks_fields_but_has_its_end_is_a_mismatch()
    {
        _ = _folder.Write("BTCUSDT.csv", $"{Header}1767607200000,1,1,1,1,1\n1767607260000,1,1\n");

        Assert.Equal("replay.fields-mismatch", Assert.Single(_folder.Refusal().Errors).Code);
    }

    [Theory]
    [InlineData("", "ts_ms, open, high, low, close, volume")]
    [InlineData("1767607200000,1,1,1,1,1\n", "ts_ms, open")]
    [InlineData("ts_ms,open,high,low,close\n1767607200000,1,1,1,1\n", "does not name volume.")]
    public void A_file_without_its_header_is_refused_with_the_columns_it_lacks(string text, string told)
    {
        _ = _folder.Write("BTCUSDT.csv", text);

        var error = Assert.Single(_folder.Refusal().Errors);

        Assert.Equal("replay.columns-missing", error.Code);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1767607200000,1,1,1,1,1\n")]
    public void Fewer_than_two_rows_tell_no_length_and_are_refused(string rows)
    {
        _ = _folder.Write("BTCUSDT.csv", Header + rows);

        Assert.Equal("replay.too-few-rows", Assert.Single(_folder.Refusal().Errors).Code);
    }

    [Theory]
    [InlineData("candles_1m.csv")]
    [InlineData("USDT.csv")]
    [InlineData("btcusdt.csv")]
    [InlineData("BTCUSDT_ETHUSDT.csv")]
    public void A_name_that_tells_no_market_or_two_is_refused(string file)
    {
        _ = _folder.Candles(file, (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));

        var error = Assert.Single(_folder.Refusal().Errors);

        Assert.Equal("replay.market-unclear", error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,1,1,1,2")]
    [InlineData("1,1.5,1,1,1")]
    [InlineData("1,1,1,1,1.5")]
    public void Two_files_of_one_market_with_different_rows_are_refused_with_both_names(string other)
    {
        _ = _folder.Candles("a_BTC-USD.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        _ = _folder.Candles("b_BTC-USD.csv", (0, "1,1,1,1,1"), (1, other));

        var error = Assert.Single(_folder.Refusal().Errors);

        Assert.Equal("replay.market-conflict", error.Code);
        Assert.Contains("a_BTC-USD.csv and b_BTC-USD.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_not_there_and_a_folder_without_files_are_refused()
    {
        Assert.Equal("replay.folder-empty", Assert.Single(_folder.Refusal().Errors).Code);

        var missing = Path.Combine(_folder.Path, "nowhere");
        Assert.False(CandleFiles.Load(missing).TryGet(out _, out var failure));
        var error = Assert.Single(failure.Errors);
        Assert.Equal("replay.path-missing", error.Code);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_and_says_why()
    {
        var path = _folder.Candles("BTCUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = Assert.Single(_folder.Refusal().Errors);

        Assert.Equal("replay.unreadable", error.Code);
        Assert.StartsWith("BTCUSDT.csv cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_all_files_are_told_together_and_twenty_at_most_one_by_one()
    {
        _ = _folder.Candles("a_BTCUSDT.csv", [.. Enumerable.Range(0, 15).Select(i => (i, "1,1,1,1,-1"))]);
        _ = _folder.Candles("b_ETHUSDT.csv", [.. Enumerable.Range(0, 1_500).Select(i => (i, "0,1,1,1,1"))]);

        var failure = _folder.Refusal();
        var lines = failure.ToString().Split('\n');

        Assert.Equal(20, failure.Errors.Count);
        Assert.Equal(1_495, failure.Unreported);
        Assert.Equal(21, lines.Length);
        Assert.Matches("^replay.volume-negative: a_BTCUSDT.csv, line 2: ", lines[0]);
        Assert.Matches("^replay.price-not-positive: b_ETHUSDT.csv, line 2: ", lines[15]);
        Assert.Equal("and 1,495 more errors", lines[20]);
    }

    [Fact]
    public void One_bad_file_among_good_ones_refuses_them_all()
    {
        _ = _folder.Candles("a_BTCUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,1"));
        _ = _folder.Candles("b_ETHUSDT.csv", (0, "1,1,1,1,1"), (1, "1,1,1,1,x"));

        var failure = _folder.Refusal();

        Assert.Equal("replay.not-a-number", Assert.Single(failure.Errors).Code);
        Assert.Equal(failure.Errors[0].ToString(), failure.ToString());
    }
}
