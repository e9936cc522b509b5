using System.Globalization;
using System.Text.Json.Nodes;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Cli.Dydx.Reading;

/// <summary>Tells a market as it happens: best prices when they change, trades, blocks and faults.</summary>
internal sealed class Watching(
    Surroundings surroundings, IndexerSocket socket, BookSubscription book, TradesSubscription trades,
    bool isJson)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);

    private readonly Teller _teller = new(surroundings, isJson);
    private BookTop _last;
    private StreamFault? _fault;

    /// <summary>Goes on for a while, or until it is told to stop.</summary>
    public async Task RunAsync(BookPatrol patrol, TimeSpan most, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(most, surroundings.Wall);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        var running = socket.RunAsync(stop.Token);
        var checking = patrol.RunAsync([book], CheckEvery, stop.Token);
        var looking = LookAsync(stop.Token);
        try
        {
            await await Task.WhenAny(running, checking, looking);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end that was asked for, in time or by hand.
        }
        finally
        {
            await stop.CancelAsync();
        }

        await Task.WhenAll(Ended(running), Ended(checking), Ended(looking));
        var figures = socket.Figures;
        _teller.Tell(
            "end",
            new JsonObject
            {
                ["frames"] = figures.Frames,
                ["updates"] = figures.Updates,
                ["connections"] = figures.Connections,
                ["restarts"] = book.Restarts + trades.Restarts,
            },
            string.Create(
                CultureInfo.InvariantCulture,
                $"{figures.Frames} frames with {figures.Updates} updates over {figures.Connections} "
                + $"connections; {book.Restarts + trades.Restarts} restarts of subscriptions"));
    }

    private static async Task Ended(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(LookEvery, surroundings.Wall, cancellation);
            if (book.LastFault is { } fault && !ReferenceEquals(fault, _fault)) Tell(fault);
            while (trades.Trades.TryRead(out var trade)) Tell(trade);
            var top = book.Book.Top(surroundings.Wall.GetUtcNow(), StaleAfter);
            if (IsSame(top, _last)) continue;
            _last = top;
            Tell(top);
        }
    }

    private static bool IsSame(in BookTop left, in BookTop right) =>
        left.Bid == right.Bid && left.Ask == right.Ask && left.Quality.Grade == right.Quality.Grade;

    private void Tell(in BookTop top)
    {
        var (bid, ask) = (top.Bid.Price.Value * book.TickSize, top.Ask.Price.Value * book.TickSize);
        var (bought, sold) = (top.Bid.Size.Value * book.StepSize, top.Ask.Size.Value * book.StepSize);
        var grade = top.Quality.Grade.ToString().ToUpperInvariant();
        _teller.Tell(
            "book",
            new JsonObject
            {
                ["time"] = Time(surroundings.Wall.GetUtcNow()),
                ["market"] = book.Id,
                ["bid"] = bid,
                ["bidSize"] = bought,
                ["ask"] = ask,
                ["askSize"] = sold,
                ["quality"] = grade,
                ["block"] = socket.Height,
            },
            $"{Time(surroundings.Wall.GetUtcNow())} {book.Id} bid {Decimals.Text(bid)} x "
            + $"{Decimals.Text(bought)}  ask {Decimals.Text(ask)} x {Decimals.Text(sold)}  {grade}");
    }

    private void Tell(in StreamTrade trade) => _teller.Tell(
        "trade",
        new JsonObject
        {
            ["time"] = Time(trade.At),
            ["market"] = trades.Id,
            ["taker"] = trade.Taker.ToString().ToUpperInvariant(),
            ["price"] = trade.Price,
            ["size"] = trade.Size,
            ["afterGap"] = trade.AfterGap,
        },
        $"{Time(trade.At)} {trades.Id} {trade.Taker.ToString().ToUpperInvariant()} "
        + $"{Decimals.Text(trade.Size)} at {Decimals.Text(trade.Price)}");

    private void Tell(StreamFault fault)
    {
        _fault = fault;
        _teller.Tell(
            "fault",
            new JsonObject { ["code"] = fault.Code, ["message"] = fault.Message },
            $"{Time(surroundings.Wall.GetUtcNow())} {fault}");
    }

    private static string Time(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
