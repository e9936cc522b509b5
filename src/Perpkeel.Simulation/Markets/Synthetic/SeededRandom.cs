namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// Chance from a seed: the same numbers on every platform and in every run. Streams that are forked under
/// different names do not influence each other, however much is drawn from one of them.
/// </summary>
/// <remarks>
/// xoshiro256++ by Blackman and Vigna, its state filled by SplitMix64 as they recommend; both are in the
/// public domain. Not for secrets.
/// </remarks>
public sealed class SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const double UnitOf53Bits = 1d / (1UL << 53);

    // The sum of four uniform 16-bit numbers has this mean and, up to 2^-32, this standard deviation.
    private const double BellMean = 4 * 65_535 / 2d;
    private static readonly double BellScale = Math.Sqrt(3d) / 65_536d;

    private readonly ulong _seed;
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Takes any seed; neighbouring seeds give unrelated numbers.</summary>
    public SeededRandom(ulong seed)
    {
        _seed = seed;
        _a = Mix(unchecked(seed + GoldenGamma));
        _b = Mix(unchecked(seed + (2 * GoldenGamma)));
        _c = Mix(unchecked(seed + (3 * GoldenGamma)));
        _d = Mix(unchecked(seed + (4 * GoldenGamma)));
    }

    /// <summary>
    /// A stream of its own; it depends on this seed and the name, not on what was drawn so far.
    /// </summary>
    public SeededRandom Fork(ulong stream) => new(Mix(_seed ^ Mix(unchecked((stream + 1) * GoldenGamma))));

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_a + _d, 23) + _a;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>Uniform from 0, inclusive, to 1, exclusive.</summary>
    public double NextUnit() => (NextBits() >> 11) * UnitOf53Bits;

    /// <summary>
    /// Bell-shaped with mean 0 and variance 1, within 3.47 on either side: the sum of four uniform numbers,
    /// so that neither logarithm nor cosine, which differ between platforms, is needed. Its thin tails do not
    /// matter where many are added up.
    /// </summary>
    public double NextBell()
    {
        var bits = NextBits();
        var sum = (long)(bits & 0xFFFF) + (long)((bits >> 16) & 0xFFFF)
            + (long)((bits >> 32) & 0xFFFF) + (long)(bits >> 48);
        return (sum - BellMean) * BellScale;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
