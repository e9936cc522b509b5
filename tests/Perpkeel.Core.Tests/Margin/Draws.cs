using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin;

/// <summary>Numbers from a seed: the same on every machine (SplitMix64).</summary>
internal sealed class Draws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to a bound, which is left out.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number from a least to a most, both possible.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A number from a lower to an upper bound, which is left out.</summary>
    public long Within(long least, long bound) => least + (long)(Next() % (ulong)(bound - least));

    public bool Coin() => Below(2) == 0;

    /// <summary>Whether one of so many comes up.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    public T Of<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    public T AnyOf<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>A decimal above zero with so many digits, of which so many are behind the point.</summary>
    public decimal Digits(int digits, int places)
    {
        var value = (decimal)Between(1, 9);
        for (var i = 1; i < digits; i++) value = (value * 10m) + Below(10);
        return value * Decimals.PowerOfTen(-places);
    }

    /// <summary>Up to so many digits, with so many of them behind the point; never zero.</summary>
    public decimal UpToDigits(int digits, int places) =>
        Within(1, (long)Decimals.PowerOfTen(digits)) * Decimals.PowerOfTen(-places);

    /// <summary>Any decimal at all.</summary>
    public decimal Any()
    {
        var bits = unchecked((int)Next());
        return new decimal(
            bits, unchecked((int)Next()), OneIn(4) ? unchecked((int)Next()) : 0, OneIn(2),
            (byte)Within(0, 29));
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E37_79B9_7F4A_7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
