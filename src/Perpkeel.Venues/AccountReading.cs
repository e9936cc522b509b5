using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues;

/// <summary>An account as its venue tells it, at one instant.</summary>
public sealed record AccountReading
{
    /// <summary>Whose it is.</summary>
    public required AccountId Account { get; init; }

    /// <summary>
    /// Where its money lies: at most one cross pool, and a pool of its own for each isolated position.
    /// </summary>
    public required ImmutableArray<MarginPool> Pools { get; init; }

    /// <summary>The venue's time at which this was so: that of its last block or of its answer.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Who told it, in words.</summary>
    public required string Source { get; init; }

    /// <summary>The block at which it was so; 0 for a venue without blocks.</summary>
    public long Height { get; init; }

    /// <summary>
    /// Whether the venue liquidates already when margin and maintenance margin are equal; the chain does not.
    /// </summary>
    public bool IsLiquidatedWhenEqual { get; init; }

    /// <summary>
    /// All of it. An isolated pool that has lost more than was put into it counts as nothing: its debt is
    /// not paid from the other pools.
    /// </summary>
    public Usd Equity => Sum(pool => pool.Mode == MarginMode.Isolated
        ? Usd.Max(pool.Equity, Usd.Zero)
        : pool.Equity);

    /// <summary>
    /// What new orders may use: that of the cross pool. Negative when the pool lacks margin; never clamped.
    /// </summary>
    public Usd FreeCollateral => Sum(pool =>
        pool.Mode == MarginMode.Cross ? pool.FreeCollateral : Usd.Zero);

    /// <summary>Initial margin required, over all pools.</summary>
    public Usd InitialMargin => Sum(pool => pool.InitialMargin);

    /// <summary>Maintenance margin required, over all pools.</summary>
    public Usd MaintenanceMargin => Sum(pool => pool.MaintenanceMargin);

    /// <summary>The positions of all pools.</summary>
    public IEnumerable<VenuePosition> Positions => Pools.SelectMany(pool => pool.Positions);

    private Usd Sum(Func<MarginPool, Usd> amount) =>
        Pools.Aggregate(Usd.Zero, (sum, pool) => sum + amount(pool));
}

/// <summary>Whether positions share their collateral.</summary>
public enum MarginMode
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>All positions of the pool back each other.</summary>
    Cross,

    /// <summary>The pool's position stands alone and can lose no more than lies in its pool.</summary>
    Isolated,
}

/// <summary>Collateral with the positions that it backs: on dYdX a subaccount.</summary>
public sealed record MarginPool
{
    /// <summary>Whether it is shared.</summary>
    public required MarginMode Mode { get; init; }

    /// <summary>The venue's number for it: on dYdX that of the subaccount.</summary>
    public int Number { get; init; }

    /// <summary>Collateral plus the signed worth of its positions; may be negative.</summary>
    public required Usd Equity { get; init; }

    /// <summary>
    /// What the venue lets new orders in it use; negative when it lacks margin, and never clamped.
    /// </summary>
    public required Usd FreeCollateral { get; init; }

    /// <summary>Initial margin that its positions require.</summary>
    public required Usd InitialMargin { get; init; }

    /// <summary>Maintenance margin that its positions require.</summary>
    public required Usd MaintenanceMargin { get; init; }

    /// <summary>Its positions.</summary>
    public ImmutableArray<VenuePosition> Positions { get; init; } = [];

    /// <summary>Worth of all its positions without their signs.</summary>
    public Usd Notional => Positions.Aggregate(Usd.Zero, (sum, position) => sum + position.Notional);
}

/// <summary>A position as its venue tells it.</summary>
public sealed record VenuePosition
{
    /// <summary>Its market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Signed size; not zero.</summary>
    public required Size Size { get; init; }

    /// <summary>Average price of what opened it.</summary>
    public required Price EntryPrice { get; init; }

    /// <summary>The price at which the venue values it.</summary>
    public required Price OraclePrice { get; init; }

    /// <summary>
    /// The share of its worth that is required to open it: with open interest and chosen leverage.
    /// </summary>
    public required decimal InitialFraction { get; init; }

    /// <summary>Its worth without its sign.</summary>
    public Usd Notional => (OraclePrice * Size).Abs();
}
