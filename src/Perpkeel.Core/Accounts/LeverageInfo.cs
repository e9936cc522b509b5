using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Accounts;

/// <summary>
/// How far an account is geared and how far it is from liquidation, as known at one instant: its cross
/// positions together, and each isolated position for itself.
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

    /// <summary>
    /// Equity over the notional of all positions; negative when the equity is, and zero without positions.
    /// </summary>
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

    /// <summary>Positions that stand alone, each with its own leverage; none on most accounts.</summary>
    public ImmutableArray<IsolatedLeverage> Isolated { get; init; } = [];

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

    /// <summary>The worst health of all: that of the cross positions or of an isolated one.</summary>
    public MarginHealth WorstHealth => Isolated.Aggregate(
        Health, (worst, position) =>
            position.Leverage.Health > worst ? position.Leverage.Health : worst);

    /// <summary>The leverage of one pool of collateral.</summary>
    /// <param name="pool">What it has and needs.</param>
    /// <param name="limit">Our own limit: what the venue allows beyond it does not count.</param>
    /// <param name="asOf">When this was so.</param>
    public static LeverageInfo Of(in PoolFigures pool, Leverage limit, DateTimeOffset asOf)
    {
        var isFlat = pool.Notional <= Usd.Zero;
        return new LeverageInfo
        {
            Max = pool.AtVenue is { } allowed ? Leverage.Min(allowed, limit) : limit,
            Current = pool.Current,
            MarginRatio = isFlat ? 0m : pool.Equity.Value / pool.Notional.Value,
            MaintenanceMarginRatio = isFlat ? 0m : pool.Maintenance.Value / pool.Notional.Value,
            AsOf = asOf,
        };
    }
}

/// <summary>The leverage of a position that stands alone.</summary>
/// <param name="Market">Its market.</param>
/// <param name="Leverage">Its leverage, with the collateral that was put beside it.</param>
public sealed record IsolatedLeverage(MarketId Market, LeverageInfo Leverage);
