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
    /// <summary>Sends stored orders when there is room for them, or says why there is none.</summary>
    public async Task<Result<Sent, SendError>> SpendAsync(
        IReadOnlyList<IMessage> messages, StatefulRoom room, Func<Task<Result<Sent, SendError>>> send,
        CancellationToken cancellation)
    {
        if (!client.Clock.Now(client.Time.GetUtcNow()).TryGet(out var block, out var silent))
        {
            return new SendError.NotNow(silent);
        }

        using var placing = own.Begin(messages);
        var booked = Book(block.Height, placing, room);
        if (!booked.TryGet(out _, out var full) && full.OnChain == ChainCodes.EquityTier)
        {
            // Some of those that were counted may be filled or ended by now: the chain knows.
            await own.RefreshAsync(placing.Subaccount, cancellation);
            booked = Book(block.Height, placing, room);
        }

        if (!booked.TryGet(out var slot, out full)) return new SendError.NotNow(full);
        try
        {
            await client.Clock.WaitForAsync(slot.Block - 1, cancellation);
        }
        catch (OperationCanceledException)
        {
            schedule.Release(slot);
            throw;
        }

        var result = await send();
        if (result.TryGet(out var sent, out var error)) placing.Keep(sent);
        else if (error is SendError.Broadcast { Outcome: not ChainOutcome.NotDone } lost)
        {
            placing.Keep(lost.Sent);
        }
        else if (NeverLeft(error))
        {
            schedule.Release(slot);
        }

        return result;
    }

    private static bool NeverLeft(SendError error) =>
        error is not SendError.Broadcast { Fault: not BroadcastError.NotSent };

    private Result<PlacementSlot, TimingError> Book(
        uint height, OwnOrders.Placing placing, StatefulRoom room) =>
        schedule.Book(
            height, placing.Count, room with { OpenOrders = room.OpenOrders + placing.CountOthers() });
}
