namespace Perpkeel.EndToEnd.Tests;

/// <summary>Numbers from a seed: the same on every machine (SplitMix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to a bound, which is left out.</summary>
    public int Below(int bound)
    {
        unchecked
        {
            _state += 0x9E37_79B9_7F4A_7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
        }
    }
}
