using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Fees;

/// <summary>For a time a market charges only a part of its fees.</summary>
/// <remarks>Source: dYdX v4-chain, fee tiers, fee discount of a market.</remarks>
/// <param name="Start">First instant at which it holds.</param>
/// <param name="End">First instant at which it does not hold any more.</param>
/// <param name="Charge">Share of the fee that is charged.</param>
public readonly record struct MarketCharge(DateTimeOffset Start, DateTimeOffset End, Ppm Charge)
{
    /// <summary>Share that is charged at a block's time; all of it outside the window or without one.</summary>
    public static Ppm At(MarketCharge? window, DateTimeOffset blockTime) =>
        window is { } charge && charge.Start <= blockTime && blockTime < charge.End
            ? charge.Charge
            : new Ppm(Ppm.One);
}
