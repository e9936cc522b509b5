using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>What rests at one price, in decimals.</summary>
/// <param name="Price">The price.</param>
/// <param name="Size">How much, positive.</param>
public readonly record struct DepthLevel(Price Price, Size Size);
