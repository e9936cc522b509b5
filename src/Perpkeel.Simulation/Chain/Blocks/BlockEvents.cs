using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What kind of fill one side had; the words are the Indexer's.</summary>
internal enum FillKind
{
    /// <summary>Of an order.</summary>
    Limit = 0,

    /// <summary>Of a position that was liquidated through the book.</summary>
    Liquidated,

    /// <summary>Of an order that met a liquidation.</summary>
    Liquidation,

    /// <summary>Of a position that was closed against another, since nobody took it.</summary>
    Deleveraged,

    /// <summary>Of the other position.</summary>
    Offsetting,
}

/// <summary>How a transaction of the block ended.</summary>
/// <param name="Tx">The transaction.</param>
/// <param name="Result">What became of it.</param>
internal readonly record struct TxDone(ChainTx Tx, TxResult Result);

/// <summary>One side of a fill.</summary>
internal readonly record struct FillLeg
{
    /// <summary>Whose.</summary>
    public required SubaccountKey Subaccount { get; init; }

    /// <summary>What kind of fill it is for this side.</summary>
    public required FillKind Kind { get; init; }

    /// <summary>Of which order; null where there is none.</summary>
    public ChainOrderId? Order { get; init; }

    /// <summary>
    /// What was charged in quote quantums; of a liquidated side what the insurance fund got.
    /// </summary>
    public Int128 Fee { get; init; }

    /// <summary>What its builder got.</summary>
    public Int128 BuilderFee { get; init; }

    /// <summary>What was filled of the order altogether, in base quantums.</summary>
    public long TotalFilled { get; init; }

    /// <summary>Funding that was paid on the way; negative was owed.</summary>
    public Int128 Funding { get; init; }
}

/// <summary>A fill that is final with its block.</summary>
/// <param name="Market">Index of the market.</param>
/// <param name="Side">The taker's side; in a deleveraging that of the account that was closed.</param>
/// <param name="Quantums">How much, in base quantums.</param>
/// <param name="Subticks">At which price; 0 in a deleveraging, whose price is on no grid.</param>
/// <param name="Quote">
/// What it was worth, in quote quantums: what the buyer paid; negative only in a deleveraging at a price
/// below zero.
/// </param>
/// <param name="Taker">The side that came, was liquidated or deleveraged.</param>
/// <param name="Maker">The side that rested or offsets.</param>
internal sealed record ChainFill(
    int Market, Side Side, long Quantums, long Subticks, Int128 Quote, FillLeg Taker, FillLeg Maker);

/// <summary>What happened to an order.</summary>
internal enum OrderChange
{
    /// <summary>A stateful order is in the chain's state.</summary>
    Opened = 0,

    /// <summary>A conditional order's condition is met.</summary>
    Triggered,

    /// <summary>All of an order was filled.</summary>
    Filled,

    /// <summary>A stateful order has left the chain's state without being filled.</summary>
    Removed,
}

/// <summary>Something that happened to an order, final with its block.</summary>
/// <param name="Order">The order.</param>
/// <param name="Change">What happened.</param>
/// <param name="Reason">Why it was removed.</param>
/// <param name="TotalFilled">What was filled of it so far, in base quantums.</param>
internal readonly record struct OrderUpdate(
    ChainOrder Order, OrderChange Change, RemovalReason Reason, long TotalFilled);

/// <summary>A subaccount as the block leaves it, because something in it has changed.</summary>
/// <param name="Subaccount">Whose.</param>
/// <param name="Usdc">USDC in quote quantums, settled up to its positions' funding indices.</param>
/// <param name="Positions">Its positions in order of their markets.</param>
internal sealed record SubaccountUpdate(
    SubaccountKey Subaccount, Int128 Usdc, IReadOnlyList<HeldPosition> Positions);

/// <summary>USDC that was moved.</summary>
/// <param name="From">The sending subaccount; null for a wallet.</param>
/// <param name="To">The receiving subaccount; null for a wallet.</param>
/// <param name="Wallet">Index of the wallet's owner; -1 between subaccounts.</param>
/// <param name="Quantums">Quote quantums.</param>
internal readonly record struct TransferDone(
    SubaccountKey? From, SubaccountKey? To, int Wallet, long Quantums);

/// <summary>A new oracle price.</summary>
/// <param name="Market">Index of the market.</param>
/// <param name="Price">The oracle's integer.</param>
internal readonly record struct OracleMove(int Market, long Price);

/// <summary>An hour's funding.</summary>
/// <param name="Market">Index of the market.</param>
/// <param name="RatePpm">The rate for eight hours.</param>
/// <param name="FundingIndex">Where the index is now.</param>
/// <param name="OraclePrice">The oracle's integer at the time.</param>
internal readonly record struct FundingMove(
    int Market, Ppm RatePpm, Int128 FundingIndex, long OraclePrice);

/// <summary>A new open interest.</summary>
/// <param name="Market">Index of the market.</param>
/// <param name="Quantums">Sum of the long positions in base quantums.</param>
internal readonly record struct OpenInterestMove(int Market, long Quantums);
