using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>Codes of the order book up to 999, and those of liquidations.</summary>
internal static class BookErrors
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<ChainError> Rows { get; } =
    [
        ChainErrorTable.Row(
            ChainCodes.Clob, 2, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The order is not in this node's book.",
            "Look the order up: other nodes may have it."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 3, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The order has no side.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 4, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The order has no quantums.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 5, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A short-term order has no good-til-block.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 6, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The order has no subticks.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 7, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "This id was cancelled up to this good-til-block or a later one.",
            "Look up the fills of this id: the order may have been there before it was cancelled."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 8, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The clob pair does not exist.",
            "Refresh the markets."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 9, ChainOutcome.DoneAlready, ChainOutcome.DoneAlready,
            "A cancel up to this good-til-block or a later one is known already.",
            "Nothing: it stands."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 10, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The good-til-block lies in the past.",
            "Refresh the height; check fills; then the same id with a new good-til-block."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 11, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The good-til-block lies too far ahead.",
            "Refresh the height, or lower the offset."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 12, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "Size, price or trigger is off the market's grid, or a TWAP has wrong measures.",
            "Refresh the market's configuration and quantise again."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 18, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "A fill does not divide by the step.",
            "Nothing: internal to the chain."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 20, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The replacement does not outlive the order, or changes its side, time in force or "
            + "reduce-only.",
            "Look the order up: an order under this id rests, and it may be this very one. A replacement "
            + "has a greater good-til-block and changes price and size only."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 24, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The order under this id is filled.",
            "Look up the fills of this id: they may be of this very order."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 29, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The cancel ends before the order does.",
            "Send the order's own good-til-block-time."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 30, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The order is being processed again.",
            "Nothing: internal to the chain."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 32, ChainOutcome.DoneAlready, ChainOutcome.DoneAlready,
            "A cancel of this stateful order is pending.",
            "Nothing: it stands."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 34, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The market's status forbids this.",
            "Stop trading this market."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 42, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The time in force cannot be handled here.",
            "Nothing: internal to the chain."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 43, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The time in force cannot be handled here.",
            "Nothing: internal to the chain."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 44, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The time in force is unknown.",
            "The order was built wrongly: report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 45, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The batch cancel is malformed: empty, above 100 ids, or with an id or market twice.",
            "Split it."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 46, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "None of the cancels of the batch succeeded.",
            "Reconcile the orders."),
        ChainErrorTable.RowToRetry(
            ChainCodes.Clob, 47, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "This node has just started and has no book yet.",
            "Try the next block, or another node."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 48, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A deprecated field is set: the chain takes no fill-or-kill.",
            "Use immediate-or-cancel."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 49, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The placement of the TWAP was not found.",
            "Nothing: internal to the chain."),
        ChainErrorTable.Row(
            ChainCodes.Clob, 50, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The builder code is invalid.",
            "Give an address and 1 to 10,000 ppm."),
        .. Enumerable.Range(1000, 23).Select(code => ChainErrorTable.Row(
            ChainCodes.Clob, (uint)code, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "Internal to liquidations.",
            "Nothing: no order of a client causes this.")),
    ];
}
