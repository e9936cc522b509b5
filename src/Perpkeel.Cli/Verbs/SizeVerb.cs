using System.CommandLine;
using Perpkeel.Cli.Accounts.Sizing;
using Perpkeel.Cli.Margin;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel size</c>: how large an entry would be, and which limit binds.</summary>
internal sealed class SizeVerb
{
    private readonly Option<string> _market = new("--market")
    {
        Description = "Which market, e.g. BTC-USD",
        HelpName = "MARKET",
        Required = true,
    };

    private readonly Option<string> _side = new("--side")
    {
        Description = "Whether to buy or to sell",
        HelpName = "buy|sell",
        Required = true,
    };

    private readonly Option<string> _stop = new("--stop")
    {
        Description = "Price of the stop",
        HelpName = "PRICE",
        Required = true,
    };

    private readonly Option<string?> _price = new("--price")
    {
        Description = "Price of the entry [default: what the market asks or bids]",
        HelpName = "PRICE",
    };

    private readonly Option<string?> _risk = new("--risk")
    {
        Description = "What the stop may cost, in percent of what is available "
            + "[default: the account's limit]",
        HelpName = "PERCENT",
    };

    private readonly Option<string?> _data = Folders.Option();

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object" };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new SizeVerb();
        var command = new Command(
            "size", "Say how large an entry would be, with every limit and the one that binds; sends nothing")
        {
            verb._market, verb._side, verb._stop, verb._price, verb._risk, verb._data, verb._json,
        };
        command.SetAction((parsed, cancellation) => verb.RunAsync(parsed, surroundings, cancellation));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, Surroundings surroundings, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        var side = SideOf(parsed.GetValue(_side)!, wrong);
        var stop = Positive("--stop", parsed.GetValue(_stop), wrong);
        var price = Positive("--price", parsed.GetValue(_price), wrong);
        var risk = Positive("--risk", parsed.GetValue(_risk)?.TrimEnd('%'), wrong);
        if (risk > 100m) wrong.Add("--risk: give a percentage of at most 100.");
        if (wrong.Count > 0)
        {
            surroundings.Complain(wrong);
            return Running.ExitCode.Usage;
        }

        var question = new SizeQuestion(parsed.GetValue(_market)!, side, stop!.Value, price, risk);
        return await new SizeCommand(surroundings)
            .ExecuteAsync(question, parsed.GetValue(_data), parsed.GetValue(_json), cancellation);
    }

    private static Side SideOf(string text, List<string> wrong)
    {
        if (text.Equals("buy", StringComparison.OrdinalIgnoreCase)) return Side.Buy;
        if (text.Equals("sell", StringComparison.OrdinalIgnoreCase)) return Side.Sell;
        wrong.Add($"--side {text}: write buy or sell.");
        return Side.None;
    }

    private static decimal? Positive(string name, string? text, List<string> wrong)
    {
        if (text is null) return null;
        if (Amounts.ReadPositive(name, text).TryGet(out var value, out var message)) return value;
        wrong.Add(message);
        return null;
    }
}
