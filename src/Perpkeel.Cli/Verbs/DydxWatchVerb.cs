using System.CommandLine;
using Perpkeel.Cli.Dydx.Reading;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel dydx watch</c>: best prices, trades and what the stream goes through, as it happens.
/// </summary>
internal sealed class DydxWatchVerb(Surroundings surroundings)
{
    private readonly IndexerRun _run = new(surroundings);
    private readonly Argument<string> _market = new("MARKET") { Description = "E.g. BTC-USD" };

    private readonly Option<string?> _for = new("--for")
    {
        Description = "How long, e.g. 30s, 5m, 2h [default: until it is stopped]",
        HelpName = "TIME",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxWatchVerb(surroundings);
        var command = new Command("watch", "Show best prices and trades of a market as they happen")
        {
            verb._market, verb._for,
        };
        verb._run.Options.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var most = Timeout.InfiniteTimeSpan;
        if (parsed.GetValue(_for) is { } text)
        {
            if (!IndexerOptions.Span("--for", text).TryGet(out most, out var bad)) return _run.Usage(bad);
        }

        if (!_run.Options.Settings(parsed).TryGet(out var settings, out var wrong)) return _run.Usage(wrong);
        var exchange = surroundings.OpenExchange();
        using var closed = exchange as IDisposable;
        var client = new IndexerClient(settings, exchange, surroundings.Wall);
        var asked = await client.Markets.OneAsync(new MarketId(parsed.GetValue(_market)!), cancellation);
        if (!asked.TryGet(out var market, out var error)) return _run.Fail(error);
        if (market is not { TickSize: > 0m and var tick, StepSize: > 0m and var step })
        {
            return _run.Usage(UserError.Of($"{market.Ticker} has no grid of prices and sizes yet."));
        }

        var id = new MarketId(market.Ticker);
        var socket = new IndexerSocket(
            settings.Stream, new StreamSettings(), surroundings.OpenDialer(), surroundings.Wall, tap: null);
        var book = new BookSubscription(id, tick, step, isBatched: false);
        var trades = new TradesSubscription(id, tick, step, isBatched: false);
        socket.Add(book);
        socket.Add(trades);
        var watching = new Watching(surroundings, socket, book, trades, _run.Options.IsJson(parsed));
        await watching.RunAsync(
            new BookPatrol(client, socket, surroundings.Wall), most, cancellation);
        return ExitCode.Ok;
    }
}
