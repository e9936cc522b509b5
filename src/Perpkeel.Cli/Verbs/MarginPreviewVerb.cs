using System.CommandLine;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin preview</c>: an account before and after some changes.</summary>
internal sealed class MarginPreviewVerb
{
    private readonly Option<string?> _account = new("--account")
    {
        Description = "File with lines wallet, open-orders, position and then, written as the options below",
        HelpName = "FILE",
    };

    private readonly Option<string?> _wallet = new("--wallet")
    {
        Description = "Balance of the cross wallet, without unrealised profit",
        HelpName = "AMOUNT",
    };

    private readonly Option<string?> _openOrders = new("--open-orders")
    {
        Description = "Initial margin that open orders hold [default: 0]",
        HelpName = "AMOUNT",
    };

    private readonly Option<string[]> _position = new("--position")
    {
        Description = "One position, e.g. \"BTCUSDT long 4 @ 50000 20x\"; then mark 51000, and cross or "
            + "isolated 10000",
        HelpName = "TEXT",
    };

    private readonly Option<string[]> _then = new("--then")
    {
        Description = "One change, in order: buy|sell 2 BTCUSDT @ 50000 [10x] [fee 5] [reduce-only], price "
            + "BTCUSDT 48000, price all -10%, deposit|withdraw 500, add 500 to BTCUSDT, take 500 from "
            + "BTCUSDT, leverage BTCUSDT 10x, mode BTCUSDT isolated, tiers FILE",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _tiers = MarginOptions.Tiers();

    private readonly Option<bool> _json = MarginOptions.Json();

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new MarginPreviewVerb();
        var command = new Command("preview", "Show an account before and after changes, and what binds")
        {
            verb._account, verb._wallet, verb._openOrders, verb._position, verb._then, verb._tiers,
            verb._json,
        };
        command.SetAction(parsed => verb.Run(parsed, surroundings));
        return command;
    }

    private int Run(ParseResult parsed, Surroundings surroundings)
    {
        var lines = new AccountLines
        {
            Wallet = One(_wallet, parsed),
            OpenOrders = One(_openOrders, parsed),
            Positions = Many(_position, parsed),
            Changes = Many(_then, parsed),
        };
        if (parsed.GetValue(_account) is { } file)
        {
            if (!AccountLines.Read(file).TryGet(out var read, out var wrong))
            {
                surroundings.Complain(wrong);
                return ExitCode.Usage;
            }

            lines = lines.After(read);
        }

        return new PreviewCommand(surroundings)
            .Execute(lines, parsed.GetValue(_tiers), parsed.GetValue(_json));
    }

    private static AccountLine? One(Option<string?> option, ParseResult parsed) =>
        parsed.GetValue(option) is { } text ? new AccountLine(option.Name, text) : null;

    private static AccountLine[] Many(Option<string[]> option, ParseResult parsed) =>
        [.. (parsed.GetValue(option) ?? []).Select(text => new AccountLine(option.Name, text))];
}
