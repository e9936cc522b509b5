using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>Who built an order, and what that costs its owner on top of trading fees.</summary>
/// <param name="Address">Where the fee goes.</param>
/// <param name="Fee">Of each fill: 1 to 10,000 ppm.</param>
public sealed record BuilderCode(DydxAddress Address, Ppm Fee)
{
    /// <summary>The highest fee: 1 %.</summary>
    public const uint HighestFeePpm = 10_000;
}
