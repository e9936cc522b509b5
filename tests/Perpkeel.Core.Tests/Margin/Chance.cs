using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin;

/// <summary>Numbers from a seed: the same on every machine (SplitMix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E37_79B9_7F4A_7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from a lower to an upper bound, which is left out.</summary>
    public long Between(long least, long bound) => least + (long)(Next() % (ulong)(bound - least));

    /// <summary>Whether one of so many comes up.</summary>
    public bool OneIn(int count) => Between(0, count) == 0;

    /// <summary>One of several.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[(int)Between(0, choices.Length)];

    /// <summary>Up to so many digits, with so many of them behind the point; never zero.</summary>
    public decimal Digits(int digits, int places)
    {
        var bound = (long)Decimals.PowerOfTen(digits);
        return Between(1, bound) * Decimals.PowerOfTen(-places);
    }

    /// <summary>Any decimal at all.</summary>
    public decimal Any()
    {
        var bits = unchecked((int)Next());
        return new decimal(
            bits, unchecked((int)Next()), OneIn(4) ? unchecked((int)Next()) : 0, OneIn(2),
            (byte)Between(0, 29));
    }
}
