using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Timing;
using Force = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.TimeInForce;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// A short-term order takes the place of another under the same id, so that never both are filled. Its size
/// is the whole, what the first one filled included.
/// </summary>
public static class Replacements
{
    /// <summary>The message that puts the new order in the place of the old one.</summary>
    /// <param name="old">The order that rests.</param>
    /// <param name="replacement">
    /// The new one: same id, side, time in force and reduce-only, and a later good-til-block. With an equal
    /// one it would be left to the orders' hashes which of them stays.
    /// </param>
    /// <param name="height">The last block. An order that has ended is not replaced but placed anew.</param>
    public static Result<MsgPlaceOrder, OrderError> Of(
        PreparedOrder old, PreparedOrder replacement, uint height)
    {
        ArgumentNullException.ThrowIfNull(old);
        return old.Key.Kind == DydxOrderKind.ShortTerm && BlockWindow.IsOver(old.GoodTilBlock, height)
            ? OrderError.Replacement(
                $"The order ended at block {old.GoodTilBlock} and the last one is {height}. Look up what of "
                + "it was filled; then place a new one under a new id.")
            : Of(old, replacement);
    }

    /// <summary>The same, where it is known that the old order has not ended.</summary>
    public static Result<MsgPlaceOrder, OrderError> Of(PreparedOrder old, PreparedOrder replacement)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(replacement);
        if (old.Key != replacement.Key)
        {
            return OrderError.Replacement("A replacement has the id of its order.");
        }

        if (old.Key.Kind != DydxOrderKind.ShortTerm)
        {
            return OrderError.Replacement(
                "Orders that are stored on the chain cannot be replaced: cancel, wait until that is in a "
                + "block, then place under a new id.");
        }

        if (old.Proto.TimeInForce == Force.Ioc)
        {
            return OrderError.Replacement(
                "An immediate-or-cancel order does not rest, so there is nothing to replace.");
        }

        if (replacement.GoodTilBlock <= old.GoodTilBlock)
        {
            return OrderError.Replacement(
                $"A replacement ends after its order: {replacement.GoodTilBlock} is not after "
                + $"{old.GoodTilBlock}.");
        }

        var (one, two) = (old.Proto, replacement.Proto);
        return one.Side == two.Side && one.TimeInForce == two.TimeInForce && one.ReduceOnly == two.ReduceOnly
            ? replacement.ToMessage()
            : OrderError.Replacement("Side, time in force and reduce-only stay as they are.");
    }
}
