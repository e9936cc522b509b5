using System.CommandLine;
using System.Globalization;
using System.Text;
using Perpkeel.Cli.Dydx.Reading;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx record</c>: the stream's raw frames into a file, as they came.</summary>
internal sealed class DydxRecordVerb(Surroundings surroundings)
{
    /// <summary>Records do not need a grid: every price is kept as it came.</summary>
    private const decimal Fine = 0.000000001m;

    private readonly IndexerRun _run = new(surroundings);

    private readonly Argument<string[]> _markets = new("MARKET")
    {
        Description = "Markets whose books and trades are recorded; that of all markets always is",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "The file; it must not be there yet",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _for = new("--for")
    {
        Description = "How long, e.g. 30s, 5m, 2h",
        HelpName = "TIME",
        Required = true,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxRecordVerb(surroundings);
        var command = new Command(
            "record", "Write the stream's frames as they come: time, connection and frame, a line each")
        {
            verb._markets, verb._to, verb._for,
        };
        verb._run.Options.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetValue(_to)!;
        if (!IndexerOptions.Span("--for", parsed.GetValue(_for)!).TryGet(out var most, out var bad))
        {
            return _run.Usage(bad);
        }

        if (!_run.Options.Settings(parsed).TryGet(out var settings, out var wrong)) return _run.Usage(wrong);
        if (File.Exists(file)) return _run.Usage(UserError.Of($"--to {file}: it is there already."));
        var writing = new Lock();
        await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        var socket = new IndexerSocket(
            settings.Stream, new StreamSettings(), surroundings.OpenDialer(), surroundings.Wall,
            (connection, at, frame) =>
            {
                lock (writing) Write(stream, connection, at, frame);
            });
        socket.Add(new MarketsSubscription(isBatched: false));
        foreach (var market in parsed.GetValue(_markets)!.Distinct(StringComparer.Ordinal))
        {
            socket.Add(new BookSubscription(new MarketId(market), Fine, Fine, isBatched: false));
            socket.Add(new TradesSubscription(new MarketId(market), Fine, Fine, isBatched: false));
        }

        using var time = new CancellationTokenSource(most, surroundings.Wall);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            await socket.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end that was asked for, in time or by hand.
        }

        var figures = socket.Figures;
        surroundings.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{figures.Frames} frames, {figures.Bytes} bytes, over {figures.Connections} connections: "
            + $"{file}"));
        return figures.Frames > 0 ? ExitCode.Ok : Nothing(socket);
    }

    private int Nothing(IndexerSocket socket)
    {
        surroundings.Complain(
            socket.LastFaults.Where(fault => fault is not null).Select(fault => fault!.ToString())
                .DefaultIfEmpty("Nothing was heard.").Distinct(StringComparer.Ordinal));
        return ExitCode.Failed;
    }

    /// <summary>Line ends within JSON are white space.</summary>
    private static void Write(FileStream stream, int connection, DateTimeOffset at, ReadOnlySpan<byte> frame)
    {
        stream.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\t{connection}\t")));
        var line = frame.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        stream.Write(line);
        stream.WriteByte((byte)'\n');
    }
}
