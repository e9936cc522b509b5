using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

[Trait("Req", "USR-4")]
public sealed class KeysVerbTests
{
    private const string PublicKey = "Ak9OKtmcNNYLm6YoPJQxqEGK+GcyEpYfl6d7Y3f80Fti";

    private const string OtherKey = "A0iQ+HpUfJGcgcH7iiEzY9VwCYWCTwg5LsTjc/q1XwSc";

    private static readonly string[] Offline =
        ["--dry-run", "--account-number", "42", "--nonce", "1777896000000", "--gas", "180000"];

    [Fact]
    public async Task A_new_key_is_in_a_file_of_its_owner_and_nowhere_else()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "trading.key");

        var told = await RunAsync("keys", "dydx", "new", "--key-file", file);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains("network: dydx-testnet-4", told.Out, StringComparison.Ordinal);
        var words = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))
            .Single(line => line.StartsWith("mnemonic: ", StringComparison.Ordinal))["mnemonic: ".Length..];
        Assert.Equal(24, words.Split(' ').Length);
        Assert.DoesNotContain(words, told.Out, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        var used = await RunAsync(["dydx", "withdraw", "5", "--key-file", file, .. Offline]);
        Assert.Equal((ExitCode.Ok, ""), (used.Code, used.Error));
        var address = told.Lines[0]["address: ".Length..];
        Assert.Contains($"signer: {address}", used.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(words, used.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_never_written_over()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "trading.key");
        await RunAsync("keys", "dydx", "new", "--key-file", file);
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var told = await RunAsync("keys", "dydx", "new", "--key-file", file);

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_words_are_shown_only_when_that_is_asked()
    {
        Assert.Equal(ExitCode.Usage, (await RunAsync("keys", "dydx", "new")).Code);

        var told = await RunAsync("keys", "dydx", "new", "--show");

        Assert.Equal(25, told.Lines[^1].Split(' ').Length);
    }

    [Theory]
    [InlineData("MsgAddAuthenticator", "authorize", PublicKey, "--clob-pair", "0")]
    [InlineData("MsgRemoveAuthenticator", "remove", "17")]
    public async Task An_owner_permits_and_takes_back(string message, params string[] arguments)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "owner.key");
        await RunAsync("keys", "dydx", "new", "--key-file", file);

        var told = await RunAsync(["keys", "dydx", .. arguments, "--key-file", file, .. Offline]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains(message, told.Out, StringComparison.Ordinal);
    }

    /// <summary>Nothing but the key changes where nothing else is told.</summary>
    [Fact]
    public async Task A_rotated_rule_keeps_subaccounts_and_markets_of_the_old_one()
    {
        var live = new LiveChain();
        var first = await live.SignAsync(
            "keys", "dydx", "authorize", PublicKey, "--subaccount", "0", "--subaccount", "128",
            "--clob-pair", "5");
        Assert.Equal((ExitCode.Ok, ""), (first.Code, first.Error));

        var rotated = await live.SignAsync("keys", "dydx", "rotate", "0", OtherKey);

        Assert.Equal((ExitCode.Ok, ""), (rotated.Code, rotated.Error));
        Assert.Contains("The new rule:", rotated.Out, StringComparison.Ordinal);
        var list = await live.RunAsync("keys", "dydx", "list", LiveChain.Address);
        Assert.DoesNotContain("rule 0:", list.Out, StringComparison.Ordinal);
        Assert.Contains("rule 1:", list.Out, StringComparison.Ordinal);
        Assert.Contains("only for subaccount 0, 128\n", list.Out, StringComparison.Ordinal);
        Assert.Contains("only in clob pair 5\n", list.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Ok, (await live.RunAsync("keys", "dydx", "verify", LiveChain.Address, OtherKey)).Code);
        var old = await live.RunAsync("keys", "dydx", "verify", LiveChain.Address, PublicKey);
        Assert.Equal(ExitCode.Failed, old.Code);
    }

    [Fact]
    public async Task A_rotated_rule_takes_other_markets_where_they_are_told()
    {
        var live = new LiveChain();
        await live.SignAsync("keys", "dydx", "authorize", PublicKey, "--clob-pair", "5");

        var told = await live.SignAsync(
            "keys", "dydx", "rotate", "0", OtherKey, "--clob-pair", "7", "--dry-run");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains("orders and cancels only in clob pair 7\n", told.Out, StringComparison.Ordinal);
        Assert.Contains("orders and cancels only for subaccount 0\n", told.Out, StringComparison.Ordinal);
        Assert.Contains("MsgRemoveAuthenticator", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_is_not_there_is_not_rotated()
    {
        var live = new LiveChain();

        var told = await live.SignAsync("keys", "dydx", "rotate", "17", OtherKey);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("has no rule 17", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, live.Node.Broadcasts);
    }

    [Fact]
    public async Task A_list_needs_a_network_and_says_so()
    {
        var world = World() with { OpenExchange = () => new Unreachable() };

        var told = await RunAsync(
            world, "keys", "dydx", "list", "dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz");

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains("Check the network", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_no_key_is_told()
    {
        var told = await RunAsync(
            "keys", "dydx", "verify", "dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz", "nonsense");

        Assert.Contains("A public key is 33 bytes", told.Error, StringComparison.Ordinal);
    }
}
