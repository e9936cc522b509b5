using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>What a change is held against.</summary>
public enum ConstraintKind
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>What is available covers initial margin, open loss and fee.</summary>
    AvailableBalance,

    /// <summary>The leverage is no more than the tier of the notional allows.</summary>
    TierLeverage,

    /// <summary>The notional is no more than the leverage allows.</summary>
    LeverageNotional,

    /// <summary>The notional lies within the table.</summary>
    LastCap,

    /// <summary>The margin balance exceeds the maintenance margin.</summary>
    Maintenance,

    /// <summary>What leaves the cross wallet may leave it.</summary>
    Withdrawable,

    /// <summary>What leaves an isolated wallet is not needed there.</summary>
    IsolatedRemoval,
}

/// <summary>One limit, and how much room there is to it.</summary>
/// <param name="Kind">Which limit.</param>
/// <param name="Of">What it is about: a symbol, a position, or the cross wallet.</param>
/// <param name="Value">What is held against the limit; in the asset, or a leverage.</param>
/// <param name="Limit">The limit, in the same unit.</param>
/// <param name="IsRefusal">Whether the change is refused when the limit does not hold.</param>
public sealed record MarginConstraint(
    ConstraintKind Kind, string Of, decimal Value, decimal Limit, bool IsRefusal)
{
    /// <summary>The cross wallet, where a limit is about no position alone.</summary>
    public const string CrossWallet = "cross wallet";

    /// <summary>The change that it belongs to, from 1 in the order of the list.</summary>
    public int Change { get; init; }

    /// <summary>A stable name for scripts.</summary>
    public string Code => Kind switch
    {
        ConstraintKind.AvailableBalance => "available-balance",
        ConstraintKind.TierLeverage => "tier-leverage",
        ConstraintKind.LeverageNotional => "leverage-notional",
        ConstraintKind.LastCap => "last-cap",
        ConstraintKind.Maintenance => "maintenance",
        ConstraintKind.Withdrawable => "withdrawable",
        ConstraintKind.IsolatedRemoval => "isolated-removal",
        _ => "none",
    };

    /// <summary>
    /// Whether it holds. A maintenance margin must stay below the balance: equal is liquidated.
    /// </summary>
    public bool IsSatisfied => Kind == ConstraintKind.Maintenance ? Value < Limit : Value <= Limit;

    /// <summary>Room that is left, in the unit of the limit; negative when it does not hold.</summary>
    public decimal Headroom => Limit - Value;

    /// <summary>
    /// Share of the limit that is used, 1 at the limit; null for something held against a limit of nothing.
    /// </summary>
    public decimal? Used =>
        Value <= 0m ? 0m : Limit <= 0m ? null : MarginCalculator.Quotient(Value, Limit);
}
