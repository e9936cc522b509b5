using System.Numerics;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// What the chain offers to the book of a position that cannot be carried: immediate or cancel.
/// </summary>
/// <param name="Account">Index of the subaccount.</param>
/// <param name="Market">Index of the market.</param>
/// <param name="Side">Sells a long, buys back a short.</param>
/// <param name="Quantums">How much, in base quantums.</param>
/// <param name="Subticks">The worst price, on the grid.</param>
/// <param name="Notional">Worth of that amount at the oracle, in quote quantums.</param>
/// <param name="IsPlaceable">
/// Whether it may go to the book; in a market in final settlement it may not and counts as not filled.
/// </param>
internal readonly record struct LiquidationOrder(
    int Account, int Market, Side Side, long Quantums, long Subticks, Int128 Notional, bool IsPlaceable);

/// <summary>How far a limit lies from the oracle, as a fraction; denominators are positive.</summary>
/// <param name="Numerator">Distance without a sign.</param>
/// <param name="Denominator">The oracle.</param>
internal readonly record struct OracleDistance(BigInteger Numerator, BigInteger Denominator)
    : IComparable<OracleDistance>
{
    /// <inheritdoc/>
    public int CompareTo(OracleDistance other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Whether the left one is smaller.</summary>
    public static bool operator <(OracleDistance left, OracleDistance right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is greater.</summary>
    public static bool operator >(OracleDistance left, OracleDistance right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is not greater.</summary>
    public static bool operator <=(OracleDistance left, OracleDistance right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is not smaller.</summary>
    public static bool operator >=(OracleDistance left, OracleDistance right) => left.CompareTo(right) >= 0;
}
