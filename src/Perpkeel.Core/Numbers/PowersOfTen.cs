using System.Collections.Immutable;

namespace Perpkeel.Core.Numbers;

/// <summary>Powers of ten up to what a decimal can have places.</summary>
internal static class PowersOfTen
{
    private static readonly ImmutableArray<double> Doubles =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29,
    ];

    private static readonly ImmutableArray<ulong> Small =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    ];

    /// <summary>A power up to 10^29, rounded once.</summary>
    public static double Estimate(int exponent) => Doubles[exponent];

    /// <summary>A power up to 10^28 in whole numbers.</summary>
    public static UInt128 Whole(int exponent) =>
        Math.BigMul(Small[exponent / 2], Small[exponent - (exponent / 2)]);
}
