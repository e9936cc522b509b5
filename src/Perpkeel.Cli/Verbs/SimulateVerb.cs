using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Cli.Simulating;
using Perpkeel.Rehearsal.Plans;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel simulate</c>: the whole system in virtual time, with faults, from a seed.</summary>
internal sealed class SimulateVerb
{
    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "One seed [default: 1]",
        HelpName = "N",
    };

    private readonly Option<string?> _seeds = new("--seeds")
    {
        Description = "All seeds from one to another, e.g. 1..200",
        HelpName = "A..B",
    };

    private readonly Option<string?> _hours = new("--hours")
    {
        Description = "Hours of trading with faults, in the simulation's own time [default: 24]",
        HelpName = "N",
    };

    private readonly Option<string?> _markets = new("--markets")
    {
        Description = "Markets, 1 to 6 [default: 2]",
        HelpName = "N",
    };

    private readonly Option<string?> _accounts = new("--accounts")
    {
        Description = "Accounts in the one process, each of its own user [default: 2]",
        HelpName = "N",
    };

    private readonly Option<string?> _strategies = new("--strategies")
    {
        Description = "Strategies of each account: the sniper, and others that send webhooks [default: 2]",
        HelpName = "N",
    };

    private readonly Option<string?> _alone = new("--alone")
    {
        Description = "Only this one of the accounts, from 0; the others are as if they had never been",
        HelpName = "N",
    };

    private readonly Option<string?> _faults = new("--faults")
    {
        Description = "What goes wrong: all, none, or names with chances, e.g. halt=0.5,kill,tx-dropped "
            + "[default: all]",
        HelpName = "LIST",
    };

    private readonly Option<string?> _crash = new("--crash")
    {
        Description = "The chance of an hour, 0 to 1, of each fault of the machine",
        HelpName = "P",
    };

    private readonly Option<bool> _shrink = new("--shrink")
    {
        Description = "Find a smaller simulation that breaks the same invariant",
    };

    private readonly Option<bool> _twice = new("--twice")
    {
        Description = "Live through each seed twice; it has to come out the same",
    };

    private readonly Option<bool> _apart = new("--apart")
    {
        Description = "Live through each user alone as well; the facts have to be the same",
    };

    private readonly Option<bool> _untilBroken = new("--until-broken")
    {
        Description = "Begin no further seed after one that broke an invariant",
    };

    private readonly Option<bool> _trace = new("--trace")
    {
        Description = "Tell every fact, message and fault of one seed",
    };

    private readonly Option<string?> _jobs = new("--jobs")
    {
        Description = "Seeds at one time, each on a thread of its own [default: 1]",
        HelpName = "N",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write the report to a file: Markdown for .md, JSON otherwise",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = new("--json") { Description = "The report as one JSON object" };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new SimulateVerb();
        var command = new Command(
            "simulate", "Live through the whole system in virtual time, with faults, and check it throughout")
        {
            verb._seed, verb._seeds, verb._hours, verb._markets, verb._accounts, verb._strategies,
            verb._alone, verb._faults, verb._crash, verb._shrink, verb._twice, verb._apart,
            verb._untilBroken, verb._trace, verb._jobs, verb._report, verb._json,
        };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(verb.Run(parsed, surroundings, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, Surroundings surroundings, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        var (first, last) = Seeds(parsed, wrong);
        var accounts = Number(parsed, _accounts, 2, RehearsalPlan.MostAccounts, wrong);
        var plan = new RehearsalPlan
        {
            Seed = first,
            Hours = Number(parsed, _hours, 24, RehearsalPlan.MostHours, wrong),
            Markets = Number(parsed, _markets, 2, RehearsalPlan.MostMarkets, wrong),
            Accounts = accounts,
            Strategies = Number(parsed, _strategies, 2, RehearsalPlan.MostStrategies, wrong),
            Alone = parsed.GetValue(_alone) is null
                ? null
                : Number(parsed, _alone, 0, accounts - 1, wrong, least: 0),
            Faults = Faults(parsed, wrong),
        };
        var options = new SimulateOptions
        {
            Plan = plan,
            Last = last,
            Jobs = Number(parsed, _jobs, 1, 64, wrong),
            IsShrunk = parsed.GetValue(_shrink),
            IsTwice = parsed.GetValue(_twice),
            IsApart = parsed.GetValue(_apart),
            EndsWhenBroken = parsed.GetValue(_untilBroken),
            IsTraced = parsed.GetValue(_trace),
            Report = parsed.GetValue(_report),
            Json = parsed.GetValue(_json),
        };
        if (options.IsTraced && first != last) wrong.Add("--trace goes with one seed: give --seed N.");
        if (options.IsTraced && (options.IsTwice || options.IsApart || options.Json))
        {
            wrong.Add("--trace tells one life: leave out --twice, --apart and --json.");
        }

        if (options.IsApart && plan.Alone is not null)
        {
            wrong.Add("--apart compares all accounts: leave out --alone.");
        }

        if (wrong.Count == 0) return new SimulateCommand(options, surroundings).Execute(cancellation);
        surroundings.Complain(wrong);
        return ExitCode.Usage;
    }

    private (ulong First, ulong Last) Seeds(ParseResult parsed, List<string> wrong)
    {
        var (one, many) = (parsed.GetValue(_seed), parsed.GetValue(_seeds));
        if (one is not null && many is not null) wrong.Add("--seed and --seeds: give one of them.");
        var text = many ?? one ?? "1";
        var parts = many is null ? [text, text] : text.Split("..");
        if (parts.Length == 2 && IsSeed(parts[0], out var first) && IsSeed(parts[1], out var last)
            && last >= first)
        {
            return (first, last);
        }

        wrong.Add(many is null
            ? $"--seed {text}: a seed is a whole number, 0 or more."
            : $"--seeds {text}: write two whole numbers, the smaller one first: 1..200.");
        return (0, 0);
    }

    private static bool IsSeed(string text, out ulong seed) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);

    private static int Number(
        ParseResult parsed, Option<string?> option, int usual, int most, List<string> wrong, int least = 1)
    {
        if (parsed.GetValue(option) is not { } text) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        wrong.Add($"{option.Name} {text}: a whole number from {least} to {most} is expected.");
        return usual;
    }

    private RehearsalFaults Faults(ParseResult parsed, List<string> wrong)
    {
        var text = parsed.GetValue(_faults) ?? "all";
        if (!RehearsalFaults.Parse(text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            .TryGet(out var faults, out var why))
        {
            wrong.Add($"--faults {why}");
            return RehearsalFaults.None;
        }

        if (parsed.GetValue(_crash) is not { } crash) return faults;
        if (decimal.TryParse(
            crash, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var chance)
            && chance is >= 0m and <= 1m)
        {
            return faults.WithCrashes(chance);
        }

        wrong.Add($"--crash {crash}: the chance is a number from 0 to 1, e.g. 0.2.");
        return faults;
    }
}
