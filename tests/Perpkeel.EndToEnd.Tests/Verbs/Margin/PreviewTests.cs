using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "MAR-8")]
public sealed class PreviewTests
{
    private static readonly string[] Preview = ["margin", "preview"];

    private static readonly string[] Held =
        [.. Preview, "--wallet", "20000", "--position", "BNBUSDT long 400 @ 500 20x"];

    [Fact]
    public async Task From_200k_to_300k_is_shown_before_after_and_what_binds()
    {
        var told = await RunAsync([.. Held, "--then", "buy 200 BNBUSDT @ 500"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches("margin-preview", told.Out);
    }

    [Fact]
    public async Task As_json_every_limit_is_there_with_exact_amounts()
    {
        var told = await RunAsync([.. Held, "--then", "buy 200 BNBUSDT @ 500", "--json"]);

        var position = Assert.Single(told.Json.GetProperty("positions").EnumerateArray());
        Assert.Equal(
            ("1190", 2), (
                position.GetProperty("before").GetProperty("maintenance").GetString(),
                position.GetProperty("before").GetProperty("tier").GetInt32()));
        Assert.Equal(
            ("2190", 3), (
                position.GetProperty("after").GetProperty("maintenance").GetString(),
                position.GetProperty("after").GetProperty("tier").GetInt32()));
        Assert.True(told.Json.GetProperty("isAllowed").GetBoolean());
        Assert.Equal("binance 2026-07-02", told.Text("tierSource"));
        Assert.Equal("available-balance", told.Json.GetProperty("binds").GetProperty("code").GetString());
        Assert.Equal("5000", told.Json.GetProperty("after").GetProperty("available").GetString());
    }

    [Theory]
    [InlineData("price BNBUSDT 450", "BNBUSDT goes to 450")]
    [InlineData("price all -10%", "all prices by -10 %")]
    [InlineData("price BNBUSDT +2.5%", "BNBUSDT by +2.5 %")]
    [InlineData("deposit 5k", "deposit 5000")]
    [InlineData("Deposit 5k", "deposit 5000")]
    [InlineData("BUY 1 BNBUSDT @ 500", "buy 1 BNBUSDT at 500")]
    [InlineData("withdraw 5000", "withdraw 5000")]
    [InlineData("leverage BNBUSDT 10x", "BNBUSDT at 10x")]
    [InlineData(
        "mode ETHUSDT isolated", "The account has no mark price, leverage and margin mode for ETHUSDT")]
    [InlineData("buy 10 ETHUSDT @ 2500 10x fee 5", "buy 10 ETHUSDT at 2500")]
    [InlineData("sell 100 BNBUSDT @ 510 reduce-only", "sell 100 BNBUSDT at 510, reduce only")]
    [InlineData("tiers binance", "other tiers for 13 symbols")]
    public async Task Every_kind_of_change_is_understood(string change, string summary)
    {
        var told = await RunAsync([.. Held, "--then", change]);

        Assert.Contains(summary, told.Out + told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_happen_one_after_the_other()
    {
        var told = await RunAsync(
            [.. Held, "--then", "deposit 1000", "--then", "price all -2%", "--then", "sell 400 BNBUSDT @ 490",
                "--json"]);

        var after = told.Json.GetProperty("after");
        Assert.Equal("17000", after.GetProperty("equity").GetString());
        Assert.Equal("0", after.GetProperty("maintenance").GetString());
        Assert.Equal(3, told.Json.GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task A_refused_change_is_told_with_its_mend_and_the_answer_is_an_answer()
    {
        var told = await RunAsync([.. Held, "--then", "withdraw 15000"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains("\nRefused.\n", told.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\nChange 1: withdrawal-too-large. 15000 is more than the 10000 that may be withdrawn.", told.Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20000", "20x allows 3000000. Choose 10x or less, or order ")]
    [InlineData("1000000", "20x allows 3000000. Order ")]
    public async Task A_lower_leverage_is_advised_only_where_it_helps(string size, string mend)
    {
        var told = await RunAsync(
            [.. Preview, "--wallet", "1B", "--position", "BNBUSDT long 400 @ 500 20x", "--then",
                $"buy {size} BNBUSDT @ 500"]);

        Assert.Contains(mend, told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Isolated_positions_and_both_legs_of_a_hedge_are_taken()
    {
        var isolated = await RunAsync(
            [.. Preview, "--wallet", "1000", "--position",
                "BTCUSDT short 1 @ 50000 20x isolated 3000 mark 50500",
                "--then", "add 500 to BTCUSDT", "--json"]);
        var hedge = await RunAsync(
            [.. Preview, "--wallet", "20k", "--position", "BTCUSDT long 4 @ 50000 20x", "--position",
                "BTCUSDT short 3 @ 51000 20x mark 50000", "--then", "sell 1 BTCUSDT long @ 50000", "--json"]);

        var moved = isolated.Json.GetProperty("positions")[0];
        Assert.Equal("isolated", moved.GetProperty("before").GetProperty("mode").GetString());
        Assert.Equal("500", isolated.Json.GetProperty("after").GetProperty("available").GetString());
        Assert.Equal(
            "BTCUSDT long|BTCUSDT short",
            string.Join('|', hedge.Json.GetProperty("positions").EnumerateArray()
                .Select(position => position.GetProperty("position").GetString())));
        Assert.Equal(
            "3", hedge.Json.GetProperty("positions")[0].GetProperty("after").GetProperty("size").GetString());
    }

    [Fact]
    public async Task An_account_comes_from_a_file_and_flags_go_on_from_there()
    {
        using var folder = new TempFolder();
        var file = folder.File("account.txt");
        await File.WriteAllTextAsync(
            file,
            """
            # What I hold.
            wallet 10k

            position BNBUSDT long 400 @ 500 20x   # cross
            open-orders 250
            then buy 200 BNBUSDT @ 500
            """,
            TestContext.Current.CancellationToken);

        var told = await RunAsync(
            [.. Preview, "--account", file, "--wallet", "20000", "--then", "deposit 5", "--json"]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Equal(2, told.Json.GetProperty("changes").GetArrayLength());
        Assert.Equal("4755", told.Json.GetProperty("after").GetProperty("available").GetString());
    }

    [Fact]
    public async Task What_is_wrong_in_a_file_is_told_with_its_line()
    {
        using var folder = new TempFolder();
        var file = folder.File("account.txt");
        await File.WriteAllTextAsync(
            file, "wallet 1\nwallet 2\nposition BTCUSDT\nhello\n", TestContext.Current.CancellationToken);
        var half = folder.File("half.txt");
        await File.WriteAllTextAsync(
            half, "wallet lots\nposition BTCUSDT\nthen sleep\n", TestContext.Current.CancellationToken);

        var lines = await RunAsync([.. Preview, "--account", file]);
        var words = await RunAsync([.. Preview, "--account", half]);
        var missing = await RunAsync([.. Preview, "--account", folder.File("none")]);
        var directory = await RunAsync([.. Preview, "--account", folder.Path]);

        Assert.Equal(ExitCode.Usage, lines.Code);
        Assert.Collection(
            lines.Errors,
            line => Assert.Equal($"error: {file}:2: wallet: it is given twice. Keep one.", line),
            line => Assert.StartsWith(
                $"error: {file}:4: hello: lines begin with ", line, StringComparison.Ordinal));
        Assert.Collection(
            words.Errors,
            line => Assert.StartsWith(
                $"error: {half}:1: wallet: wallet lots: this is no number.", line, StringComparison.Ordinal),
            line => Assert.StartsWith(
                $"error: {half}:2: position BTCUSDT: the side is missing.", line, StringComparison.Ordinal),
            line => Assert.StartsWith(
                $"error: {half}:3: then sleep: this is no change.", line, StringComparison.Ordinal));
        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (missing.Code, directory.Code));
        Assert.StartsWith($"error: {folder.File("none")}: ", missing.Error, StringComparison.Ordinal);
        Assert.StartsWith($"error: {folder.Path}: ", directory.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hold", "--then hold: this is no change. Write one of: buy 2 BTCUSDT @ 50000")]
    [InlineData("buy 1", "--then buy 1: it ends too early.")]
    [InlineData("buy x BNBUSDT @ 5", "--then buy x BNBUSDT @ 5: size x: this is no number.")]
    [InlineData("buy 1 BNBUSDT @ 5 now", "--then buy 1 BNBUSDT @ 5 now: 'now' is no leverage such as 20x.")]
    [InlineData(
        "buy 1 BNBUSDT @ 5 3x", "BNBUSDT is at 20x. Choose another leverage by a change of its own before")]
    [InlineData("buy 1 ETHUSDT @ 5", "ETHUSDT: nothing is held in it, so the order has to say the leverage")]
    [InlineData("buy 1 ETHUSDT @ 5 0.5x", "ETHUSDT: The leverage is 0.5. Give 1 or more.")]
    [InlineData(
        "buy 1 ETHUSD @ 5 5x", "ETHUSD: binance 2026-07-02 has no tiers for it. Did you mean ETHUSDT")]
    [InlineData("buy 1 ETHBTC @ 5 5x", "ETHBTC is in BTC and others are in USDT. An account has one asset")]
    [InlineData(
        "buy 0 BNBUSDT @ 5", "buy 0 BNBUSDT at 5: BNBUSDT: The order size is 0. Give one above zero.")]
    [InlineData("price all 5", "--then price all 5: all prices move by a share.")]
    [InlineData(
        "price BNBUSDT -2,5%", "--then price BNBUSDT -2,5%: share -2,5%: write it with a point: -2.5%.")]
    [InlineData("price BNBUSDT x%", "--then price BNBUSDT x%: share x%: this is no share.")]
    [InlineData("price BNBUSDT -100%", "BNBUSDT by -100 %: BNBUSDT: The mark price is 0.")]
    [InlineData("leverage BNBUSDT 20", "--then leverage BNBUSDT 20: '20' is no leverage such as 20x.")]
    [InlineData("mode BNBUSDT both", "--then mode BNBUSDT both: the mode is cross or isolated.")]
    [InlineData("deposit 5 6", "--then deposit 5 6: '6' is too much.")]
    [InlineData("take -5 from BNBUSDT", "--then take -5 from BNBUSDT: the amount is negative.")]
    [InlineData("tiers nowhere", "nowhere: there is no such file, and no tiers come by that name.")]
    [InlineData("tiers classic", "other tiers for 1 symbols: There are no tiers for BNBUSDT.")]
    public async Task A_change_that_is_none_is_told(string change, string message)
    {
        var told = await RunAsync([.. Held, "--then", change]);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {message}", Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The balance of the cross wallet is missing.", "--position", "BTCUSDT long 1 @ 5 2x")]
    [InlineData("There is nothing to preview.", "--wallet", "5")]
    [InlineData("--position BTCUSDT up 1 @ 5 2x: the side is missing.", "--wallet", "5", "--position",
        "BTCUSDT up 1 @ 5 2x")]
    [InlineData("--position BTCUSDT long 1 @ 5 2x soon: 'soon' is too much.", "--wallet", "5", "--position",
        "BTCUSDT long 1 @ 5 2x soon")]
    [InlineData("BTCUSDT: The entry price is 0.", "--wallet", "5", "--position", "BTCUSDT long 1 @ 0 2x")]
    [InlineData(
        "BTCUSDT is given twice.", "--wallet", "5", "--position", "BTCUSDT long 1 @ 5 2x", "--position",
        "BTCUSDT long 2 @ 5 2x")]
    [InlineData("BTCUSDT: mark price, leverage and mode hold for both", "--wallet", "5", "--position",
        "BTCUSDT long 1 @ 5 2x", "--position", "BTCUSDT short 2 @ 5 3x")]
    [InlineData("--wallet: wallet much: this is no number.", "--wallet", "much")]
    public async Task An_account_that_is_none_is_told(string message, params string[] words)
    {
        var told = await RunAsync([.. Preview, .. words]);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {message}", told.Errors[0], StringComparison.Ordinal);
    }
}
