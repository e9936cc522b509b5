using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>What one position is worth and what it must be backed with, in the chain's integers.</summary>
/// <remarks>
/// Source: dYdX v4-chain, perpetuals keeper: value = quantums * price * 10^(exponent + atomic resolution +
/// 6), truncated toward zero; the initial margin is rounded up; the maintenance margin is the rounded-up
/// fraction of the rounded-up <em>base</em> initial margin. Open interest and chosen leverage move the
/// initial margin only.
/// </remarks>
/// <param name="Value">Signed worth at the oracle price.</param>
/// <param name="Notional">Worth without its sign.</param>
/// <param name="Initial">Initial margin requirement.</param>
/// <param name="Maintenance">Maintenance margin requirement.</param>
public readonly record struct PositionMargin(
    QuoteQuantums Value, QuoteQuantums Notional, QuoteQuantums Initial, QuoteQuantums Maintenance)
{
    private const int QuoteDecimals = 6;

    /// <summary>The margin of a position at an integer oracle price.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="quantums">Its signed size.</param>
    /// <param name="oraclePrice">The oracle's integer price.</param>
    public static PositionMargin Of(Market market, BaseQuantums quantums, long oraclePrice)
    {
        var notional = Worth(market, quantums.Abs().Value, oraclePrice);
        var initial = Rounding.CeilingDivide(notional * market.InitialMarginPpm.Value, Ppm.One);
        var maintenance = Rounding.CeilingDivide(initial * market.MaintenanceFractionPpm.Value, Ppm.One);
        return new(
            new(quantums.Value < 0 ? -notional : notional), new(notional), new(initial), new(maintenance));
    }

    /// <summary>The same with another initial margin fraction: maintenance stays with the base.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="quantums">Its signed size.</param>
    /// <param name="oraclePrice">The oracle's integer price.</param>
    /// <param name="effectiveInitialMargin">
    /// The fraction that open interest and chosen leverage make, from <see cref="LiquidityTier"/>.
    /// </param>
    public static PositionMargin Of(
        Market market, BaseQuantums quantums, long oraclePrice, Ppm effectiveInitialMargin)
    {
        var margin = Of(market, quantums, oraclePrice);
        var initial = Rounding.CeilingDivide(margin.Notional.Value * effectiveInitialMargin.Value, Ppm.One);
        return margin with { Initial = new(initial) };
    }

    /// <summary>The same without a bound: what the position adds to its account.</summary>
    public SubaccountRisk ToRisk() => new(Value.Value, Initial.Value, Maintenance.Value);

    /// <summary>A base amount's worth in quote quantums, truncated toward zero.</summary>
    public static Int128 Worth(Market market, Int128 quantums, long oraclePrice)
    {
        var exponent = WorthExponent(market);
        var product = quantums * oraclePrice;
        return exponent >= 0
            ? product * Rounding.PowerOfTen(exponent)
            : product / Rounding.PowerOfTen(-exponent);
    }

    /// <summary>
    /// Power of ten that turns base quantums times the oracle's integer price into quote quantums.
    /// </summary>
    internal static int WorthExponent(Market market) =>
        market.OracleExponent + market.AtomicResolution + QuoteDecimals;
}
