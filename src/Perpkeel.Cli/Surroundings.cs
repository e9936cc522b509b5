using Perpkeel.Cli.Dydx;
using Perpkeel.Dashboard.Terminal;
using Perpkeel.Venues.Http;
using Perpkeel.Venues.Sockets;
using Spectre.Console;

namespace Perpkeel.Cli;

/// <summary>What the command takes from the world, so that tests can give it another one.</summary>
internal sealed record Surroundings
{
    /// <summary>The real world.</summary>
    public static Surroundings Real() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        AskSecret = SecretPrompt.Ask,
        OpenExchange = () => new HttpClientExchange(TimeProvider.System),
        Wall = TimeProvider.System,
        HasTerminal = !Console.IsOutputRedirected,
        Terminal = () => AnsiConsole.Console,
        Environment = System.Environment.GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(
                entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty,
                StringComparer.Ordinal),
    };

    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where a key may be piped in.</summary>
    public required TextReader In { get; init; }

    /// <summary>Asks for a secret without showing it; null where no terminal is there to ask at.</summary>
    public required Func<string, char[]?> AskSecret { get; init; }

    /// <summary>Opens the way to a venue.</summary>
    public required Func<IHttpExchange> OpenExchange { get; init; }

    /// <summary>Opens the way to a venue's stream.</summary>
    public Func<IFrameDialer> OpenDialer { get; init; } = () => new WebSocketDialer();

    /// <summary>The wall clock, for pace and measurement only.</summary>
    public required TimeProvider Wall { get; init; }

    /// <summary>Whether somebody looks at a terminal.</summary>
    public required bool HasTerminal { get; init; }

    /// <summary>The terminal, asked for only where somebody looks at one.</summary>
    public required Func<IAnsiConsole> Terminal { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Opens the dashboard; null where no terminal can show it.</summary>
    public LiveDashboard? OpenDashboard() =>
        HasTerminal && Terminal() is var terminal && LiveDashboard.IsSupported(terminal)
            ? new LiveDashboard(terminal)
            : null;

    /// <summary>Tells a result.</summary>
    public void Tell(string line) => Out.WriteLine(line);

    /// <summary>Tells what is wrong, a line each.</summary>
    public void Complain(IEnumerable<string> lines)
    {
        foreach (var line in lines) Error.WriteLine($"error: {line.ReplaceLineEndings(" ")}");
    }
}
