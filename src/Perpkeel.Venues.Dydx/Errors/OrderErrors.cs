using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>Codes of the order book from 2000.</summary>
internal static class OrderErrors
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<ChainError> Rows { get; } =
    [
        ChainErrorTable.Row(
            ChainCodes.Clob, 2000, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A fill-or-kill order could not be filled.",
            "Nothing: the chain no longer takes this kind."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 2001, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "Reduce-only, but there is no position on the other side.",
            "Nothing: the position is closed already, or is in another subaccount."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 2002, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "Reduce-only, but the fill would turn the position around.",
            "Nothing: the position is smaller than the order."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 2003, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "Post-only, but the order would take.",
            "Price it anew."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 2004, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "An immediate-or-cancel order under this id has filled in part.",
            "Look up the fills of this id: they may be of this very order."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 2005, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "An isolated market cannot share a subaccount with other positions.",
            "Use a subaccount of its own."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3000, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The flags are those of no kind of order.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3001, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A stateful order has no good-til-block-time.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3002, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A long-term order cannot be immediate-or-cancel.",
            "Send it as a short-term order."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3003, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The good-til-block-time lies in the past.",
            "Give Unix seconds ahead of the block's time."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3004, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The good-til-block-time is more than 95 days ahead.",
            "Give Unix seconds, not milliseconds, at most 90 days ahead."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3005, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "A stateful order under this id exists.",
            "Look the order up: it may be this very one."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3006, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The stateful order to cancel does not exist.",
            "Look the order and its fills up. Where the outcome of its placement is not known, it may still "
            + "come until the nonce of that is over; then cancel again."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3007, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The collateral is too small for the order.",
            "Add collateral or send less."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3008, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "This id was cancelled in this block.",
            "Look up the fills of this id: the order may have been there before it was cancelled."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3009, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "This id was removed in this block.",
            "Look up the fills of this id: the order may have been there before it was removed."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3010, ChainOutcome.DoneAlready, ChainOutcome.DoneAlready,
            "The stateful order to cancel was removed already.",
            "Treat it as gone and reconcile its fills."),
        .. Enumerable.Range(4000, 9).Select(code => ChainErrorTable.Row(
            ChainCodes.Clob, (uint)code, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "Internal to block proposals.",
            "Nothing: no order of a client causes this.")),
        ChainErrorTable.RowToRetry(
            ChainCodes.Clob, 5001, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "Too many orders or cancels of this owner in these blocks.",
            "Wait for a later block; two stateful placements a block and twenty in a hundred are the "
            + "usual limits."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 6000, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A condition is missing or stands where none may.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 6001, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A trigger is missing or stands where none may.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 6002, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The conditional order has not triggered.",
            "The order was built wrongly: report this as a fault of the client."),
        .. Enumerable.Range(9000, 3).Select(code => ChainErrorTable.Row(
            ChainCodes.Clob, (uint)code, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "Not implemented.",
            "Nothing: the chain cannot do this.")),
        ChainErrorTable.Row(
            ChainCodes.Clob, 9003, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "Reduce-only needs immediate-or-cancel.",
            "Change the time in force, or drop reduce-only."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 10001, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The subaccount has as many open stateful orders as its equity allows.",
            "Cancel some, add collateral, or use short-term orders."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 11000, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The order router is no valid address.",
            "Correct or leave out the router."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 11001, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The address of the leverage update is invalid.",
            "Check the subaccount."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 11002, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The leverage update is invalid.",
            "Give 1 to 1,000,000 ppm for each market once."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 11003, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The leverage is above the market's maximum.",
            "Give a larger initial margin fraction."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 11004, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The initial margin is zero.",
            "Give a larger initial margin fraction."),
    ];
}
