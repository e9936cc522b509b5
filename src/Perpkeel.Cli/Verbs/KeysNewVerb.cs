using System.CommandLine;
using System.Text;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel keys dydx new</c>: a new key in a file that only its owner reads.</summary>
internal static class KeysNewVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var network = new Option<string>("--network")
        {
            Description = "The network that the key is for; it is refused on others",
            HelpName = "NETWORK",
            DefaultValueFactory = _ => "testnet",
        };
        var file = new Option<string?>("--key-file")
        {
            Description = "The file to write; one that is there is not overwritten",
            HelpName = "FILE",
        };
        var show = new Option<bool>("--show") { Description = "Show the words, once" };
        var command = new Command("new", "Make a key") { network, file, show };
        command.SetAction(parsed =>
        {
            if (!NodeSettings.Parse(parsed.GetValue(network)!).TryGet(out var settings, out var error))
            {
                surroundings.Complain([error.Message]);
                return ExitCode.Usage;
            }

            return Make(settings.Network, parsed.GetValue(file), parsed.GetValue(show), surroundings);
        });
        return command;
    }

    private static int Make(DydxNetwork network, string? file, bool show, Surroundings surroundings)
    {
        if (file is null && !show)
        {
            surroundings.Complain(
                ["Nothing would be left of the key: name a --key-file, or --show the words."]);
            return ExitCode.Usage;
        }

        using var curve = Secp256k1.Open();
        using var mnemonic = Mnemonic.Create();
        if (!KeyPair.FromMnemonic(mnemonic, 0, curve).TryGet(out var key, out var fault))
        {
            surroundings.Complain([fault.Message]);
            return ExitCode.Failed;
        }

        using var wiped = key;
        if (file is not null && Write(file, KeyText.Write(mnemonic, network)) is { } wrong)
        {
            surroundings.Complain([wrong]);
            return ExitCode.Failed;
        }

        surroundings.Out.WriteLine($"address: {key.Address}");
        surroundings.Out.WriteLine($"public key: {key.PublicKey.ToBase64()}");
        surroundings.Out.WriteLine($"network: {network.ChainId}");
        if (file is not null) surroundings.Out.WriteLine($"written to: {file}");
        if (show) surroundings.Out.WriteLine($"words: {mnemonic.Reveal()}");
        return ExitCode.Ok;
    }

    private static string? Write(string file, string text)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(file, options);
            stream.Write(Encoding.UTF8.GetBytes(text));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{file}: {error.Message} A key is never written over.";
        }
    }
}
