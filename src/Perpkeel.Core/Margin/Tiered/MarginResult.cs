using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>Whether and where a position is liquidated.</summary>
public enum LiquidationKind
{
    /// <summary>Not reckoned.</summary>
    None = 0,

    /// <summary>At one price.</summary>
    AtPrice,

    /// <summary>At no price: the collateral covers a long down to zero.</summary>
    Never,

    /// <summary>At every price: a short whose collateral is gone however far the price falls.</summary>
    Always,

    /// <summary>At a price with more digits than a decimal holds; in practice never.</summary>
    BeyondRange,
}

/// <summary>
/// Margin of one position, in the quote asset. Each figure is the exact value, rounded once to the nearest
/// decimal where a decimal cannot hold it.
/// </summary>
/// <remarks>
/// Requirements are rounded to the nearest as well, in the last of 28 digits: the figures are those of the
/// exchange, and rounding them up would be a difference to it. Up they are rounded where they are shown.
/// </remarks>
public readonly record struct MarginResult
{
    /// <summary>Size without its sign x mark price.</summary>
    public required decimal Notional { get; init; }

    /// <summary>The tier of the notional, from 1.</summary>
    public required int Tier { get; init; }

    /// <summary>
    /// Whether the notional lies beyond the table's last cap: margin goes on by the last tier, and no new
    /// order may be placed.
    /// </summary>
    public required bool IsBeyondLastCap { get; init; }

    /// <summary>That tier's maintenance margin rate.</summary>
    public required decimal Rate { get; init; }

    /// <summary>That tier's maintenance amount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Maintenance margin: notional x rate - amount.</summary>
    public required decimal Maintenance { get; init; }

    /// <summary>Initial margin at the mark price: notional / leverage.</summary>
    public required decimal Initial { get; init; }

    /// <summary>Unrealised profit: size x (mark - entry).</summary>
    public required decimal UnrealizedPnl { get; init; }

    /// <summary>Wallet + unrealised profit; for cross positions that of all of them.</summary>
    public required decimal MarginBalance { get; init; }

    /// <summary>
    /// Maintenance margin (for cross positions that of all of them) over margin balance; liquidated at 1.
    /// Null when the balance is zero or less: infinite; or so near to zero that no decimal holds the ratio.
    /// </summary>
    public required decimal? MarginRatio { get; init; }

    /// <summary>Maintenance margin of this and all other positions that the same money backs.</summary>
    public required decimal TotalMaintenance { get; init; }

    /// <summary>Whether there is a liquidation price.</summary>
    public required LiquidationKind Liquidation { get; init; }

    /// <summary>
    /// Mark price at which margin balance equals maintenance margin, other prices unchanged; null unless
    /// <see cref="Liquidation"/> is <see cref="LiquidationKind.AtPrice"/>.
    /// </summary>
    public required decimal? LiquidationPrice { get; init; }

    /// <summary>The tier of the notional at the liquidation price; 0 without one.</summary>
    public required int LiquidationTier { get; init; }

    /// <summary>
    /// Price at which the margin balance is zero; negative when no price does it to a long, or nothing is
    /// left to a short; null when it has more digits than a decimal holds.
    /// </summary>
    public required decimal? BankruptcyPrice { get; init; }

    /// <summary>Greatest leverage that the notional's tier allows.</summary>
    public required Leverage MaxLeverage { get; init; }

    /// <summary>Largest notional that the chosen leverage allows; 0 when none does.</summary>
    public required decimal MaxNotional { get; init; }

    /// <summary>Whether the margin balance no longer exceeds the maintenance margin.</summary>
    /// <remarks>
    /// Source: the exchange liquidates when the margin ratio reaches 100 %. Compared as the figures stand
    /// here: where rounding has made them equal, that is equal, never the other way.
    /// </remarks>
    public bool IsLiquidatable => TotalMaintenance >= MarginBalance;
}
