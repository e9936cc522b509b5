using Perpkeel.Cli.Running;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

/// <summary>What is typed is either meant by the order or refused, never passed over.</summary>
[Trait("Req", "VEN-1")]
public sealed class FlagTests
{
    private static readonly string[] Offline =
    [
        "--dry-run", "--account-number", "42", "--nonce", "1777896000000", "--steps",
        "0,-10,-9,1000000,100000", "--height", "99989",
    ];

    private readonly LiveChain _live = new();

    [Theory]
    [InlineData("leave --market out", "--market", "--stop", "45000", "--days", "1")]
    [InlineData("leave --market out", "--market", "--take-profit", "45000", "--days", "1")]
    [InlineData("leave --days out", "--market", "--price", "50000", "--days", "1")]
    [InlineData("leave --tif out", "--market", "--price", "50000", "--tif", "gtt")]
    [InlineData("leave --tif out", "--market", "--price", "50000", "--tif", "post-only")]
    [InlineData("leave --tif out", "--stop", "45000", "--days", "1", "--tif", "post-only")]
    [InlineData("give one of the two", "--price", "50000", "--days", "1", "--blocks", "4")]
    [InlineData("--slippage belongs to", "--price", "50000", "--slippage", "1%")]
    [InlineData("--slippage belongs to", "--stop", "45000", "--price", "44000", "--days", "1", "--slippage",
        "1%")]
    [InlineData("Leave --days out", "--price", "50000", "--days", "1", "--tif", "ioc")]
    [InlineData("--twap needs --days", "--twap", "600", "--every", "60", "--price", "50000")]
    [InlineData("belong together", "--twap", "600", "--days", "1", "--price", "50000")]
    [InlineData("belong together", "--every", "60", "--price", "50000")]
    [InlineData("--tolerance belongs to --twap", "--tolerance", "1%", "--price", "50000")]
    [InlineData("give one of the two", "--twap", "600", "--every", "60", "--days", "1", "--price", "50000",
        "--tolerance", "1%")]
    [InlineData("name the worst price", "--twap", "600", "--every", "60", "--days", "1")]
    [InlineData("an order of its own", "--twap", "600", "--every", "60", "--days", "1", "--market")]
    [InlineData("rests nowhere", "--twap", "600", "--every", "60", "--days", "1", "--price", "5", "--tif",
        "ioc")]
    [InlineData("more than 90 days ahead", "--price", "50000", "--days", "60000")]
    [InlineData("more than 90 days ahead", "--price", "50000", "--days", "4294967295")]
    [InlineData("--days 0: ", "--price", "50000", "--days", "0")]
    [InlineData("Lower the offset", "--price", "50000", "--blocks", "41")]
    [InlineData("Lower the offset", "--price", "50000", "--blocks", "4294967295")]
    [InlineData("is not after the last one", "--price", "50000", "--blocks", "0")]
    [InlineData("--open-orders counts for", "--price", "50000", "--open-orders", "3")]
    [InlineData("is not negative", "--price", "50000", "--days", "1", "--open-orders", "-100")]
    [InlineData("Name the account with --owner", "--price", "50000", "--authenticator", "7")]
    [InlineData("give 0 to 999,999 ppm", "--market", "--price", "50000", "--slippage", "100%")]
    [InlineData("give one above zero", "--price", "-1")]
    public async Task Options_that_do_not_belong_together_are_refused(string words, params string[] options)
    {
        var told = await _live.SignAsync(
            ["dydx", "place", "BTC-USD", "sell", "0.001", .. options, .. Offline]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(words, Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--market", "--price", "50000", "--tif", "ioc", "--slippage", "1%", "--blocks", "40")]
    [InlineData("--stop", "45000", "--days", "90", "--slippage", "1%", "--tif", "ioc")]
    [InlineData("--price", "50000", "--tif", "ioc")]
    [InlineData("--twap", "600", "--every", "60", "--days", "1", "--price", "50000")]
    public async Task Options_that_belong_together_are_taken(params string[] options)
    {
        var told = await _live.SignAsync(
            ["dydx", "place", "BTC-USD", "sell", "0.01", .. options, .. Offline]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
    }

    /// <summary>Wrong steps or a wrong height would make another order than was meant.</summary>
    [Theory]
    [InlineData("--steps", "0,-10,-9,1000000,100000")]
    [InlineData("--height", "1000")]
    [InlineData("--account-number", "42")]
    [InlineData("--nonce", "1777896000000")]
    [InlineData("--gas", "1")]
    public async Task What_only_a_dry_run_takes_is_refused_in_a_real_send(string option, string value)
    {
        var told = await _live.SignAsync(
            "dydx", "place", "BTC-USD", "buy", "0.001", "--price", "50000", option, value);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains($"{option}: only a --dry-run takes", told.Error, StringComparison.Ordinal);
        Assert.Empty(_live.Node.Asked);
    }

    [Theory]
    [InlineData("transfer", "5", "--to", "1", "--gas", "1")]
    [InlineData("cancel", "BTC-USD", "7", "--good-til-block", "1012", "--steps", "0,-10,-9,1000000,100000")]
    [InlineData("leverage", "0=5", "--nonce", "1")]
    public async Task The_same_goes_for_the_other_verbs(params string[] arguments)
    {
        var told = await _live.SignAsync(["dydx", .. arguments]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("only a --dry-run takes", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one or the other", "cancel", "BTC-USD", "7", "--good-til-block", "9", "--kind",
        "conditional")]
    [InlineData("one or the other", "cancel", "BTC-USD", "7", "--good-til-block", "9",
        "--good-til-time", "9")]
    [InlineData("write a market, =", "batch-cancel", "BTC-USD", "--good-til-block", "9")]
    [InlineData("'x' is no client id", "batch-cancel", "0=1,x", "--good-til-block", "9")]
    [InlineData("names each market once", "batch-cancel", "0=1", "0=2", "--good-til-block", "9")]
    [InlineData("A leverage is 1 to", "leverage", "0=0.5")]
    [InlineData("named twice", "leverage", "0=5", "0=6")]
    [InlineData("no market 'NONE-USD'", "leverage", "NONE-USD=5")]
    [InlineData("no market 'NONE-USD'", "place", "NONE-USD", "buy", "1", "--price", "5")]
    [InlineData("The market is FinalSettlement", "place", "NEW-USD", "buy", "100000", "--price", "5")]
    [InlineData("fill-or-kill", "replace", "BTC-USD", "7", "buy", "1", "--price", "5", "--good-til-block",
        "1009", "--tif", "fok")]
    [InlineData("does not rest", "replace", "BTC-USD", "7", "buy", "1", "--price", "5", "--good-til-block",
        "1009", "--tif", "ioc")]
    public async Task What_cannot_be_is_told(string words, params string[] arguments)
    {
        var told = await _live.SignAsync(["dydx", .. arguments]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _live.Node.Broadcasts);
    }
}
