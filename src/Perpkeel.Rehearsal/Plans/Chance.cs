using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Rehearsal.Plans;

/// <summary>Draws from a stream of chance, in the forms in which a rehearsal needs it.</summary>
internal sealed class Chance(SeededRandom random)
{
    private const int Million = 1_000_000;

    /// <summary>A stream of its own.</summary>
    public Chance Fork(ulong stream) => new(random.Fork(stream));

    /// <summary>The next 64 bits.</summary>
    public ulong Bits() => random.NextBits();

    /// <summary>From 0 up to, and without, a number.</summary>
    public int Below(int count) => (int)(random.NextBits() % (ulong)count);

    /// <summary>From a number up to, and with, another.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A time between two, to the millisecond.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMilliseconds(Below((int)(most - least).TotalMilliseconds + 1));

    /// <summary>Whether something of a chance in millionths happens.</summary>
    public bool Falls(int ppm) => Below(Million) < ppm;

    /// <summary>Whether something of a chance in per cent happens.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
