using System.Numerics;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Instruments;

/// <summary>
/// The margin rules of a market as the chain keeps them, in unbounded integers: parts per million and quote
/// quantums. Governance may change every figure.
/// </summary>
/// <remarks>Source: dYdX v4-chain, perpetuals, liquidity tiers.</remarks>
public sealed record LiquidityTier
{
    /// <summary>Base initial margin fraction.</summary>
    public required Ppm InitialMarginPpm { get; init; }

    /// <summary>Maintenance margin as a fraction of the base initial margin.</summary>
    public required Ppm MaintenanceFractionPpm { get; init; }

    /// <summary>Notional of open interest up to which the initial margin is the base one.</summary>
    public QuoteQuantums OpenInterestLowerCap { get; init; }

    /// <summary>
    /// Notional of open interest from which the initial margin is the whole notional; zero turns the growth
    /// off.
    /// </summary>
    public QuoteQuantums OpenInterestUpperCap { get; init; }

    /// <summary>Notional with which the book is probed for the funding premium.</summary>
    public QuoteQuantums ImpactNotional { get; init; }

    /// <summary>Maintenance margin fraction, rounded down.</summary>
    public Ppm MaintenanceMarginPpm =>
        new((long)((Int128)InitialMarginPpm.Value * MaintenanceFractionPpm.Value / Ppm.One));

    /// <summary>
    /// The initial margin fraction at an open interest: the base up to the lower cap, all of it from the
    /// upper cap, and between them on a straight line, rounded down.
    /// </summary>
    /// <param name="openInterestNotional">Worth of the open interest in quote quantums.</param>
    public Ppm AdjustedInitialMarginPpm(BigInteger openInterestNotional)
    {
        if (OpenInterestUpperCap <= QuoteQuantums.Zero || openInterestNotional <= OpenInterestLowerCap.Value)
        {
            return InitialMarginPpm;
        }

        if (openInterestNotional >= OpenInterestUpperCap.Value) return new(Ppm.One);

        BigInteger over = openInterestNotional - OpenInterestLowerCap.Value;
        BigInteger width = (OpenInterestUpperCap - OpenInterestLowerCap).Value;
        var grown = (Ppm.One - InitialMarginPpm.Value) * over / width;
        return new(InitialMarginPpm.Value + (long)grown);
    }

    /// <summary>The same in 128 bits.</summary>
    /// <param name="openInterestNotional">Worth of the open interest.</param>
    public Ppm AdjustedInitialMarginPpm(QuoteQuantums openInterestNotional)
    {
        if (OpenInterestUpperCap <= QuoteQuantums.Zero || openInterestNotional <= OpenInterestLowerCap)
        {
            return InitialMarginPpm;
        }

        if (openInterestNotional >= OpenInterestUpperCap) return new(Ppm.One);

        var over = (openInterestNotional - OpenInterestLowerCap).Value;
        var width = (OpenInterestUpperCap - OpenInterestLowerCap).Value;
        return new(InitialMarginPpm.Value + (long)((Ppm.One - InitialMarginPpm.Value) * over / width));
    }

    /// <summary>
    /// The initial margin fraction that counts: the adjusted one, or the account's own where that is greater.
    /// </summary>
    /// <param name="openInterestNotional">Worth of the open interest in quote quantums.</param>
    /// <param name="custom">The fraction that the account has chosen; null for none.</param>
    public Ppm EffectiveInitialMarginPpm(BigInteger openInterestNotional, Ppm? custom)
    {
        var adjusted = AdjustedInitialMarginPpm(openInterestNotional);
        return custom is { } chosen && chosen.Value > adjusted.Value ? chosen : adjusted;
    }

    /// <summary>Initial margin of a notional at a fraction, rounded up.</summary>
    public static BigInteger InitialMargin(BigInteger notional, Ppm fraction) =>
        Rounding.CeilingDivide(notional * fraction.Value, Ppm.One);

    /// <summary>
    /// Maintenance margin of a notional: the rounded-up fraction of the rounded-up <em>base</em> margin.
    /// Neither open interest nor chosen leverage moves it.
    /// </summary>
    public BigInteger MaintenanceMargin(BigInteger notional) => Rounding.CeilingDivide(
        InitialMargin(notional, InitialMarginPpm) * MaintenanceFractionPpm.Value, Ppm.One);
}
