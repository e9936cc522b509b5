using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>An oracle price as a fraction in subticks.</summary>
/// <param name="Numerator">Not negative.</param>
/// <param name="Denominator">Positive.</param>
internal readonly record struct OracleSubticks(Int128 Numerator, Int128 Denominator)
{
    private const int QuoteDecimals = 6;

    /// <summary>The price of a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="price">The oracle's integer.</param>
    public static OracleSubticks Of(Market market, long price)
    {
        var exponent = market.OracleExponent + market.AtomicResolution + QuoteDecimals
            - market.QuantumConversionExponent;
        return exponent >= 0
            ? new(price * Rounding.PowerOfTen(exponent), 1)
            : new(price, Rounding.PowerOfTen(-exponent));
    }

    /// <summary>The price with so many millionths added; rounded down.</summary>
    public Int128 Floor(long addedPpm) =>
        Rounding.FloorDivide(Numerator * (Ppm.One + addedPpm), Denominator * Ppm.One);

    /// <summary>The price with so many millionths added; rounded up.</summary>
    public Int128 Ceiling(long addedPpm) =>
        Rounding.CeilingDivide(Numerator * (Ppm.One + addedPpm), Denominator * Ppm.One);
}
