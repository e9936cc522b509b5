using Perpkeel.Core.Margin.Dydx.Subaccounts;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>How a match ended.</summary>
internal enum MatchEnd
{
    /// <summary>Nothing was tried.</summary>
    None = 0,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>The taker, the maker or both may not; the results say who and why.</summary>
    Refused,

    /// <summary>The market has no oracle price.</summary>
    NoOraclePrice,

    /// <summary>A collateral pool has not got what it would have to pay out.</summary>
    PoolCannotPay,

    /// <summary>The fill would not close any of the liquidated position, or more than there is.</summary>
    NotAClose,

    /// <summary>The liquidated account needs no maintenance margin, so it has no bankruptcy price.</summary>
    NoMaintenance,

    /// <summary>The position was liquidated in this block already.</summary>
    AlreadyLiquidated,

    /// <summary>The account would be liquidated for more than a block allows.</summary>
    NotionalLimit,

    /// <summary>The account would cost the insurance fund more than a block allows.</summary>
    InsuranceLossLimit,

    /// <summary>The insurance fund has not got what it would have to pay: deleveraging comes next.</summary>
    InsuranceFundShort,
}

/// <summary>What became of a match, with its money; all zero when it was not done.</summary>
internal readonly record struct MatchOutcome
{
    /// <summary>How it ended.</summary>
    public required MatchEnd End { get; init; }

    /// <summary>What the chain says of the taker; only where a side was refused, or it was done.</summary>
    public UpdateResult Taker { get; init; }

    /// <summary>What the chain says of the maker; only where a side was refused, or it was done.</summary>
    public UpdateResult Maker { get; init; }

    /// <summary>Worth of the fill in quote quantums, without a sign.</summary>
    public Int128 Quote { get; init; }

    /// <summary>What the taker was charged; for a liquidation what the insurance fund got.</summary>
    public Int128 TakerFee { get; init; }

    /// <summary>What the maker was charged; negative is a rebate.</summary>
    public Int128 MakerFee { get; init; }

    /// <summary>What the taker's builder got.</summary>
    public Int128 TakerBuilderFee { get; init; }

    /// <summary>What the maker's builder got.</summary>
    public Int128 MakerBuilderFee { get; init; }

    /// <summary>What the insurance fund got for a liquidation; negative is what it paid.</summary>
    public Int128 InsuranceDelta { get; init; }

    /// <summary>How the open interest moved, in base quantums.</summary>
    public long OpenInterestDelta { get; init; }

    /// <summary>Funding that the taker was paid on the way; negative was owed.</summary>
    public Int128 TakerFunding { get; init; }

    /// <summary>Funding that the maker was paid on the way; negative was owed.</summary>
    public Int128 MakerFunding { get; init; }

    /// <summary>Whether it was done.</summary>
    public bool IsDone => End == MatchEnd.Done;

    /// <summary>Whether the maker may not: it leaves the book.</summary>
    public bool IsMakerRefused => End == MatchEnd.Refused && Maker != UpdateResult.Success;

    /// <summary>Whether the taker may not, or nothing else can be done with it: it ends.</summary>
    public bool IsTakerRefused => !IsDone && (End != MatchEnd.Refused || Taker != UpdateResult.Success);
}
