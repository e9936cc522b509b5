using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Accounts;

/// <summary>
/// How far an account is geared and how far it is from liquidation, as known at one instant.
/// </summary>
public sealed record LeverageInfo
{
    /// <summary>Below so many times the maintenance margin an account is in danger.</summary>
    public const decimal DangerMultiple = 1.25m;

    /// <summary>Below so many times the maintenance margin an account deserves a warning.</summary>
    public const decimal WarningMultiple = 2m;

    /// <summary>Greatest leverage allowed.</summary>
    public required Leverage Max { get; init; }

    /// <summary>Leverage in use: notional over equity.</summary>
    public required Leverage Current { get; init; }

    /// <summary>Equity over the notional of all positions; negative when the equity is.</summary>
    public required decimal MarginRatio { get; init; }

    /// <summary>Required maintenance margin over the same notional; zero without positions.</summary>
    public required decimal MaintenanceMarginRatio { get; init; }

    /// <summary>When this was true.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// Whether the venue liquidates already when margin and maintenance margin are equal, as exchanges with
    /// tiers do; on the chain equal is not liquidatable yet.
    /// </summary>
    public bool IsLiquidatedWhenEqual { get; init; }

    /// <summary>
    /// Leverage left: max - current. Negative when more is in use than allowed; never clamped.
    /// </summary>
    public decimal Available => Max.Value - Current.Value;

    /// <summary>
    /// How the margin stands to the maintenance margin. Without a maintenance margin there is no position and
    /// nothing to liquidate. What equal means is told by <see cref="IsLiquidatedWhenEqual"/>.
    /// </summary>
    /// <remarks>
    /// Sources: dYdX v4-chain, liquidatable when maintenance &gt; 0 and maintenance &gt; equity; exchanges
    /// with tiers, when the margin ratio maintenance / equity reaches 100 %.
    /// </remarks>
    public MarginHealth Health =>
        MaintenanceMarginRatio <= 0m ? MarginHealth.Healthy
        : MarginRatio < MaintenanceMarginRatio ? MarginHealth.Liquidatable
        : IsLiquidatedWhenEqual && MarginRatio == MaintenanceMarginRatio ? MarginHealth.Liquidatable
        : MarginRatio < DangerMultiple * MaintenanceMarginRatio ? MarginHealth.Danger
        : MarginRatio < WarningMultiple * MaintenanceMarginRatio ? MarginHealth.Warning
        : MarginHealth.Healthy;

    /// <summary>Whether the margin is at least twice the maintenance margin, or nothing is open.</summary>
    public bool IsHealthy => Health == MarginHealth.Healthy;

    /// <summary>Whether the venue may liquidate now.</summary>
    public bool IsLiquidatable => Health == MarginHealth.Liquidatable;
}
