using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Executing;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel execute</c>: one signal through the whole path of a running account.</summary>
internal sealed class ExecuteVerb
{
    private const string Actions = "open|add|reduce|close|flip|amend";
    private const string Times = "gtt|post-only|ioc";

    private readonly Option<string> _market = Required("--market", "Which market, e.g. BTC-USD", "MARKET");

    private readonly Option<string?> _side = Text("--side", "Whether to buy or to sell", "buy|sell");

    private readonly Option<string> _action = new("--action")
    {
        Description = "What to do with the position in the market",
        HelpName = Actions,
        DefaultValueFactory = _ => "open",
    };

    private readonly Option<string?> _stop = Text(
        "--stop", "Oracle price of the stop, or its distance from the entry", "PRICE|PERCENT%");

    private readonly Option<string?> _target = Text(
        "--target", "Oracle price of the target [default: by risk.rewardRisk]", "PRICE");

    private readonly Option<string?> _size = Text(
        "--size", "How much, in base units [default: as much as the limits allow]", "SIZE");

    private readonly Option<string?> _limit = Text(
        "--limit", "Price at which the entry waits [default: it takes at the market]", "PRICE");

    private readonly Option<string> _time = new("--time")
    {
        Description = "How an entry with a limit waits",
        HelpName = Times,
        DefaultValueFactory = _ => "gtt",
    };

    private readonly Option<int?> _goodFor = new("--good-for")
    {
        Description = "Minutes that the entry rests at most",
        HelpName = "MINUTES",
    };

    private readonly Option<string?> _trail = Text(
        "--trail", "How far the stop follows the price", "PERCENT%");

    private readonly Option<int?> _hold = new("--hold")
    {
        Description = "Minutes after which the position is closed at the latest",
        HelpName = "MINUTES",
    };

    private readonly Option<string?> _id = Text(
        "--id", "Your own name for the signal; the same one again is not carried out again", "ID");

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would happen, with every step; send nothing",
    };

    private readonly Option<string?> _data = Folders.Option();

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object" };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new ExecuteVerb();
        var command = new Command(
            "execute", "Carry out one signal of a running account: sized, checked, placed once, protected")
        {
            verb._market, verb._side, verb._action, verb._stop, verb._target, verb._size, verb._limit,
            verb._time, verb._goodFor, verb._trail, verb._hold, verb._id, verb._dryRun, verb._data,
            verb._json,
        };
        command.SetAction((parsed, cancellation) => verb.RunAsync(parsed, surroundings, cancellation));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, Surroundings surroundings, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        var question = Read(parsed, surroundings, wrong);
        if (wrong.Count > 0)
        {
            surroundings.Complain(wrong);
            return ExitCode.Usage;
        }

        return await new ExecuteCommand(surroundings)
            .ExecuteAsync(question, parsed.GetValue(_data), parsed.GetValue(_json), cancellation);
    }

    private ExecuteQuestion Read(ParseResult parsed, Surroundings surroundings, List<string> wrong)
    {
        var stop = parsed.GetValue(_stop);
        var isDistance = stop?.EndsWith('%') == true;
        var stopValue = Positive("--stop", stop?.TrimEnd('%'), wrong);
        return new ExecuteQuestion
        {
            Id = parsed.GetValue(_id) ?? Named(surroundings.Wall),
            Market = parsed.GetValue(_market)!,
            Action = ActionOf(parsed.GetValue(_action)!, wrong),
            Side = SideOf(parsed.GetValue(_side), wrong),
            Size = Positive("--size", parsed.GetValue(_size), wrong),
            Stop = isDistance ? null : stopValue,
            StopDistance = isDistance ? stopValue / 100m : null,
            Target = Positive("--target", parsed.GetValue(_target), wrong),
            TrailBy = Positive("--trail", parsed.GetValue(_trail)?.TrimEnd('%'), wrong) / 100m,
            HoldMinutes = parsed.GetValue(_hold),
            Limit = Positive("--limit", parsed.GetValue(_limit), wrong),
            Time = TimeOf(parsed.GetValue(_time)!, wrong),
            GoodForMinutes = parsed.GetValue(_goodFor),
            IsDryRun = parsed.GetValue(_dryRun),
        };
    }

    /// <summary>A name that no other signal of this account has, unless two come within a tick.</summary>
    private static string Named(TimeProvider wall) =>
        "cli-" + wall.GetUtcNow().ToString("yyyyMMddTHHmmss.fffffff", CultureInfo.InvariantCulture);

    private static SignalAction ActionOf(string text, List<string> wrong)
    {
        if (Enum.TryParse<SignalAction>(text, ignoreCase: true, out var action)
            && action != SignalAction.None && !char.IsAsciiDigit(text[0]))
        {
            return action;
        }

        wrong.Add($"--action {text}: write one of {Actions}.");
        return SignalAction.None;
    }

    private static OrderTime TimeOf(string text, List<string> wrong)
    {
        switch (text)
        {
            case "gtt": return OrderTime.GoodTilTime;
            case "post-only": return OrderTime.PostOnly;
            case "ioc": return OrderTime.ImmediateOrCancel;
            default:
                wrong.Add($"--time {text}: write one of {Times}.");
                return OrderTime.GoodTilTime;
        }
    }

    private static Side SideOf(string? text, List<string> wrong)
    {
        if (text is null) return Side.None;
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

    private static Option<string> Required(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, Required = true };

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
