using System.Numerics;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Core.Margin.Dydx.FundingRates;

/// <summary>What rests in a book at one price, as the chain counts it.</summary>
/// <param name="Side">Whether it buys or sells.</param>
/// <param name="Quantums">Base quantums that are left of it.</param>
/// <param name="Subticks">Its price.</param>
public readonly record struct BookOrder(Side Side, BigInteger Quantums, BigInteger Subticks);
