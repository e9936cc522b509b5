using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>The fee of a fill in the chain's integers.</summary>
/// <remarks>
/// Source: dYdX v4-chain, clob keeper: rounded toward plus infinity, so that a fee rounds up and a rebate
/// rounds toward zero.
/// </remarks>
public static class TradingFee
{
    /// <summary>What is charged on a fill's value; negative is a rebate.</summary>
    public static QuoteQuantums Of(QuoteQuantums fillValue, Ppm rate) =>
        new(Rounding.CeilingDivide(fillValue.Value * rate.Value, Ppm.One));
}
