using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Fees;

/// <summary>What one payer is charged, before a market's own share.</summary>
/// <remarks>Source: dYdX v4-chain, fee tiers keeper.</remarks>
/// <param name="Taker">The tier's fee for takers.</param>
/// <param name="Maker">The tier's fee for makers; negative is a rebate.</param>
/// <param name="Discount">Share of a positive fee that the stake takes off.</param>
public readonly record struct FeeRates(Ppm Taker, Ppm Maker, Ppm Discount)
{
    /// <summary>
    /// What is charged in a market: its share of the fee, truncated toward zero, and of what is left above
    /// zero the part that is not discounted, truncated.
    /// </summary>
    /// <param name="isTaker">Whether as a taker.</param>
    /// <param name="marketCharge">Share that the market charges.</param>
    public Ppm Of(bool isTaker, Ppm marketCharge)
    {
        var charged = Part(isTaker ? Taker : Maker, marketCharge.Value);
        return charged.Value <= 0 ? charged : Part(charged, Ppm.One - Discount.Value);
    }

    private static Ppm Part(Ppm fee, long ppm) => new((long)((Int128)fee.Value * ppm / Ppm.One));
}
