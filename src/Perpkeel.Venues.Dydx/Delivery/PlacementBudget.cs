using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>
/// What the chain permits an owner to place: so many in a block and in a hundred, and so many open as the
/// equity allows. Placements wait for their block here. Safe to share between threads.
/// </summary>
internal sealed class PlacementBudget(NodeClient client, PlacementSchedule schedule, OwnOrders own)
{
    /// <summary>Times that placements are booked anew because their block had passed.</summary>
    private const int MostRounds = 1_000;

    /// <summary>Sends stored orders when there is room for them, or says why there is none.</summary>
    /// <param name="messages">At least one of them places an order.</param>
    /// <param name="room">What their subaccount has.</param>
    /// <param name="send">
    /// Sends if the function that it is given still says yes right before that; null where it does not.
    /// </param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Result<Sent, SendError>> SpendAsync(
        IReadOnlyList<IMessage> messages, StatefulRoom room,
        Func<Func<bool>, Task<Result<Sent, SendError>?>> send, CancellationToken cancellation)
    {
        using var placing = own.Begin(messages);
        for (var round = 0; round < MostRounds; round++)
        {
            var booked = await BookAsync(placing, room, cancellation);
            if (!booked.TryGet(out var slot, out var full)) return new SendError.NotNow(full);
            if (await SpendAsync(slot, placing, send, cancellation) is { } result) return result;
        }

        return new SendError.NotNow(TimingError.BookedOut(PlacementSchedule.Horizon));
    }

    /// <summary>Null where the slot's block had passed before they could be sent.</summary>
    private async Task<Result<Sent, SendError>?> SpendAsync(
        PlacementSlot slot, OwnOrders.Placing placing,
        Func<Func<bool>, Task<Result<Sent, SendError>?>> send, CancellationToken cancellation)
    {
        var isSpent = false;
        try
        {
            if (await WaitAsync(slot.Block - 1, cancellation) is { } silent)
            {
                return new SendError.NotNow(silent);
            }

            // Several blocks may have come at once: then those that waited for each of them wake together,
            // and would all go into the next one.
            if (await send(() => client.Clock.Last!.Height < slot.Block) is not { } result) return null;
            isSpent = result.TryGet(out var sent, out var error) || !NeverLeft(error);
            if (sent is not null) placing.Keep(sent);
            else if (error is SendError.Broadcast { Outcome: not ChainOutcome.NotDone } lost)
            {
                placing.Keep(lost.Sent);
            }

            return result;
        }
        finally
        {
            if (!isSpent) schedule.Release(slot);
        }
    }

    /// <summary>Why no block comes, or null when it has come.</summary>
    private async Task<TimingError?> WaitAsync(uint height, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = client.Clock.WaitForAsync(height, stop.Token);
        try
        {
            while (!waiting.IsCompleted)
            {
                var now = client.Time.GetUtcNow();
                if (!client.Clock.Now(now).TryGet(out _, out var silent)) return silent;
                var left = client.Clock.Heard!.Value.At + BlockClock.MostSilence - now;
                await Task.WhenAny(
                    waiting, Task.Delay(left + TimeSpan.FromMilliseconds(1), client.Time, stop.Token));
            }

            await waiting;
            return null;
        }
        finally
        {
            End(stop);
        }
    }

    /// <summary>Here and now, and not on a thread of the pool.</summary>
    private static void End(CancellationTokenSource stop) => stop.Cancel();

    private async Task<Result<PlacementSlot, TimingError>> BookAsync(
        OwnOrders.Placing placing, StatefulRoom room, CancellationToken cancellation)
    {
        var booked = Book(placing, room);
        if (booked.TryGet(out _, out var full) || full.OnChain != ChainCodes.EquityTier) return booked;

        // Some of those that were counted may be filled or ended by now: the chain knows.
        await own.RefreshAsync(placing.Subaccount, cancellation);
        return Book(placing, room);
    }

    private static bool NeverLeft(SendError error) =>
        error is not SendError.Broadcast { Fault: not BroadcastError.NotSent };

    /// <summary>The clock is read each time: while something was asked, blocks came.</summary>
    private Result<PlacementSlot, TimingError> Book(OwnOrders.Placing placing, StatefulRoom room) =>
        client.Clock.Now(client.Time.GetUtcNow()).TryGet(out var block, out var silent)
            ? schedule.Book(
                block.Height, placing.Count,
                room with { OpenOrders = room.OpenOrders + placing.CountOthers() })
            : silent;
}
