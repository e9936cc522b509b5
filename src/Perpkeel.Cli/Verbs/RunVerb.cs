using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel run</c>: market data in, protected paper trades out.</summary>
internal sealed class RunVerb
{
    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "A CSV file of candles, or a folder of them, instead of the synthetic market",
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
            verb._replay, verb._funding, verb._speed, verb._duration, verb._seed, verb._config, verb._set,
            verb._data, verb._noDashboard, verb._json,
        };
        command.SetAction(
            (parsed, cancellation) => Task.FromResult(verb.Run(parsed, surroundings, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, Surroundings surroundings, CancellationToken cancellation)
    {
        if (!ConfigLoader.Load(parsed.GetValue(_config), surroundings.Environment, Overrides(parsed))
            .TryGet(out var config, out var findings))
        {
            foreach (var finding in findings.All) surroundings.Error.WriteLine($"error: {finding}");
            return ExitCode.Usage;
        }

        var duration = parsed.GetValue(_duration);
        if (!Span(duration).TryGet(out var span, out var wrong))
        {
            surroundings.Error.WriteLine($"error: {wrong}");
            return ExitCode.Usage;
        }

        var isJson = parsed.GetValue(_json);
        var options = new RunOptions
        {
            Config = config,
            Replay = parsed.GetValue(_replay),
            Funding = parsed.GetValue(_funding),
            Data = parsed.GetValue(_data),
            Duration = duration is null ? null : span,
            Json = isJson,
            Dashboard = config.Run.Dashboard && surroundings.HasTerminal && !isJson
                && !parsed.GetValue(_noDashboard),
        };
        return new RunCommand(options, surroundings).Execute(cancellation);
    }

    /// <summary>Flags are settings under another name; a setting of its own comes last and wins.</summary>
    private List<string> Overrides(ParseResult parsed)
    {
        var overrides = new List<string>();
        if (parsed.GetValue(_seed) is { } seed) overrides.Add($"run.seed={seed}");
        if (parsed.GetValue(_speed) is { } speed) overrides.Add($"run.speed={speed}");
        overrides.AddRange(parsed.GetValue(_set) ?? []);
        return overrides;
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
            ? TimeSpan.FromSeconds((double)count * seconds)
            : $"--duration {text}: a whole number and a unit were expected: 90s, 30m, 12h or 7d.";
    }
}
