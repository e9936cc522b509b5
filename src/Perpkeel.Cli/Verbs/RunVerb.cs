using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel run</c>: market data in, protected paper trades out.</summary>
internal sealed class RunVerb
{
    private const int MostDays = 3_650;

    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "Recorded candles, or books and trades: a CSV file or a folder of them",
        HelpName = "PATH",
    };

    private readonly Option<string?> _funding = new("--funding")
    {
        Description = "A folder of CSV files of funding rates, by base asset; goes with --replay",
        HelpName = "DIR",
    };

    private readonly Option<string?> _speed = new("--speed")
    {
        Description = "Seconds of market time in a second, e.g. 1, 60, 100; or max [default: 60]",
        HelpName = "N|max",
    };

    private readonly Option<string?> _duration = new("--duration")
    {
        Description = "Market time to run for, e.g. 90s, 30m, 12h, 7d [default: no end]",
        HelpName = "TIME",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "Seed of the synthetic market [default: 7]",
        HelpName = "N",
    };

    private readonly Option<string?> _marketModel = new("--market-model")
    {
        Description = "How the synthetic market behaves: "
            + string.Join("; ", MarketModels.All.Select(model => $"{model.Name} ({model.Words})"))
            + " [default: usual]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "Configuration file; see config/perpkeel.yaml for every key",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "One setting, e.g. --set risk.leverage=3; goes before file and environment",
        HelpName = "KEY=VALUE",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder of the journals; started again with the same one, a run continues "
            + "[default: .perpkeel/<market>]",
        HelpName = "DIR",
    };

    private readonly ModelOptions _models = new();

    private readonly Option<bool> _halted = new("--halted")
    {
        Description = "Take no new risk until `perpkeel resume`; protection goes on",
    };

    private readonly Option<bool> _noDashboard = new("--no-dashboard")
    {
        Description = "Log lines and a summary instead of the dashboard",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "The summary as one JSON object on the last line; implies --no-dashboard",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new RunVerb();
        var command = new Command("run", "Trade a paper account: market data in, protected paper trades out")
        {
            verb._replay, verb._funding, verb._speed, verb._duration, verb._seed, verb._marketModel,
            verb._models.Fill, verb._models.Latency, verb._models.Fault, verb._config, verb._set, verb._data,
            verb._halted, verb._noDashboard, verb._json,
        };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(verb.Run(parsed, surroundings, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, Surroundings surroundings, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        if (!ConfigLoader.Load(
            parsed.GetValue(_config), surroundings.Environment, parsed.GetValue(_set) ?? [], Flags(parsed))
            .TryGet(out var config, out var findings))
        {
            wrong.AddRange(findings.All.Select(finding => finding.ToString()));
        }

        var duration = parsed.GetValue(_duration);
        if (!Span(duration).TryGet(out var span, out var badSpan)) wrong.Add(badSpan);
        if (parsed.GetValue(_marketModel) is { } model && parsed.GetValue(_replay) is not null)
        {
            wrong.Add(
                $"--market-model {model}: a recording has no model. Leave it out, or leave out --replay.");
        }

        if (parsed.GetValue(_funding) is { } funding && parsed.GetValue(_replay) is null)
        {
            wrong.Add($"--funding {funding}: it goes with --replay. Name the candles, or leave it out.");
        }

        var models = _models.Read(parsed, wrong);
        if (config is null || wrong.Count > 0)
        {
            surroundings.Complain(wrong);
            return ExitCode.Usage;
        }

        var isJson = parsed.GetValue(_json);
        var options = new RunOptions
        {
            Config = config,
            Replay = parsed.GetValue(_replay),
            Funding = parsed.GetValue(_funding),
            Data = parsed.GetValue(_data),
            Models = models,
            Duration = duration is null ? null : span,
            Json = isJson,
            IsHalted = parsed.GetValue(_halted),
            Dashboard = config.Run.Dashboard && surroundings.HasTerminal && !isJson
                && !parsed.GetValue(_noDashboard),
        };
        return new RunCommand(options, surroundings).Execute(cancellation);
    }

    /// <summary>Flags that are settings under another name.</summary>
    private List<NamedFlag> Flags(ParseResult parsed)
    {
        var flags = new List<NamedFlag>();
        if (parsed.GetValue(_seed) is { } seed) flags.Add(new NamedFlag("--seed", "run.seed", seed));
        if (parsed.GetValue(_marketModel) is { } model)
        {
            flags.Add(new NamedFlag("--market-model", "run.marketModel", model));
        }

        if (parsed.GetValue(_speed) is { } speed) flags.Add(new NamedFlag("--speed", "run.speed", speed));
        return flags;
    }

    private static Result<TimeSpan, string> Span(string? text)
    {
        if (text is null) return TimeSpan.Zero;
        var unit = text.Length == 0 ? ' ' : text[^1];
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        return seconds > 0
            && int.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var count)
            && count > 0
            && (long)count * seconds <= MostDays * 86_400L
            ? TimeSpan.FromSeconds((double)count * seconds)
            : $"--duration {text}: this is no time. Write a whole number and a unit, at most {MostDays}d: "
                + "90s, 30m, 12h or 7d.";
    }
}
