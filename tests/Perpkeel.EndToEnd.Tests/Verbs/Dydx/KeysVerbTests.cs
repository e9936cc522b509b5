using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

[Trait("Req", "USR-4")]
public sealed class KeysVerbTests
{
    private const string PublicKey = "Ak9OKtmcNNYLm6YoPJQxqEGK+GcyEpYfl6d7Y3f80Fti";

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
    [InlineData("MsgRemoveAuthenticator", "rotate", "17", PublicKey)]
    public async Task An_owner_permits_and_takes_back(string message, params string[] arguments)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "owner.key");
        await RunAsync("keys", "dydx", "new", "--key-file", file);

        var told = await RunAsync(["keys", "dydx", .. arguments, "--key-file", file, .. Offline]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains(message, told.Out, StringComparison.Ordinal);
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
