using System.Numerics;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Liquidations;

/// <summary>
/// The worst price at which a liquidated position is offered, as an exact fraction in quote quantums per
/// base quantum.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, liquidations keeper: (PNNV - ABR * SMMR * PMMR) / PS with
/// ABR = clamp(BA * (1 - TNC / TMMR), 0, 1), over the whole position.
/// </remarks>
/// <param name="Numerator">Numerator; not reduced.</param>
/// <param name="Denominator">Denominator; positive.</param>
public readonly record struct FillablePrice(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The price of a position that is not empty, in an account that needs maintenance.</summary>
    /// <param name="quantums">The signed position.</param>
    /// <param name="position">What the position adds to the account.</param>
    /// <param name="account">The whole account.</param>
    /// <param name="adjustment">How fast the price leaves the oracle as collateral falls.</param>
    /// <param name="spread">How far it may lie from the oracle, in maintenance margins.</param>
    public static FillablePrice Of(
        BigInteger quantums, in SubaccountRisk position, in SubaccountRisk account, Ppm adjustment, Ppm spread)
    {
        // ABR in millionths of the maintenance.
        var whole = account.Maintenance * Ppm.One;
        var shortfall = (account.Maintenance - account.NetCollateral) * adjustment.Value;
        shortfall = BigInteger.Max(0, BigInteger.Min(shortfall, whole));

        var numerator = (position.NetCollateral * Ppm.One * whole)
            - (shortfall * spread.Value * position.Maintenance);
        var denominator = quantums * whole * Ppm.One;
        return denominator.Sign < 0 ? new(-numerator, -denominator) : new(numerator, denominator);
    }

    /// <summary>
    /// The price in subticks, on the grid: up for a long that is sold and down for a short that is bought
    /// back, not below one tick and not beyond the last tick in 64 bits.
    /// </summary>
    /// <param name="isLong">Whether the position is long.</param>
    /// <param name="quantumConversionExponent">Exponent of quantums times subticks.</param>
    /// <param name="subticksPerTick">Subticks in one tick.</param>
    public BigInteger ToSubticks(bool isLong, int quantumConversionExponent, BigInteger subticksPerTick)
    {
        var (numerator, denominator) = (Numerator, Denominator * subticksPerTick);
        if (quantumConversionExponent < 0) numerator *= BigInteger.Pow(10, -quantumConversionExponent);
        else denominator *= BigInteger.Pow(10, quantumConversionExponent);

        var ticks = isLong
            ? Rounding.CeilingDivide(numerator, denominator)
            : Rounding.FloorDivide(numerator, denominator);
        var last = BigInteger.Divide(ulong.MaxValue, subticksPerTick);
        return BigInteger.Max(1, BigInteger.Min(ticks, last)) * subticksPerTick;
    }
}
