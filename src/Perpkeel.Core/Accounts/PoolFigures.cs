using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Accounts;

/// <summary>What one pool of collateral has and needs.</summary>
/// <param name="Equity">Collateral plus the signed worth of its positions; may be negative.</param>
/// <param name="Notional">Worth of its positions without their signs.</param>
/// <param name="Initial">Initial margin that the venue requires for them.</param>
/// <param name="Maintenance">Maintenance margin that the venue requires for them.</param>
public readonly record struct PoolFigures(Usd Equity, Usd Notional, Usd Initial, Usd Maintenance)
{
    /// <summary>The least equity that is more than nothing: one quote quantum.</summary>
    /// <remarks>Source: dYdX v4-chain counts USDC in millionths.</remarks>
    public static Usd LeastEquity { get; } = new(1m / QuoteQuantums.PerUsd);

    /// <summary>
    /// Leverage in use: notional over equity. Where there is a position and no equity it has no number; then
    /// it is that with the least equity there can be, and so far above any limit.
    /// </summary>
    public Leverage Current => Notional <= Usd.Zero
        ? default
        : new(Notional.Value / Usd.Max(Equity, LeastEquity).Value);

    /// <summary>
    /// The leverage at which nothing of the pool would be free: notional over initial margin. It falls below
    /// <see cref="Current"/> exactly when the equity falls below the initial margin. Null without a position.
    /// </summary>
    public Leverage? AtVenue => Notional > Usd.Zero && Initial > Usd.Zero
        ? new Leverage(Notional.Value / Initial.Value)
        : null;
}
