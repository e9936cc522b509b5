namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// A multiplier of variance that wanders around 1 and returns to it: high values stay high for a while, which
/// is what makes volatility cluster.
/// </summary>
/// <remarks>
/// v' = v + k (1 - v) + s v n with n bell-shaped. Its stationary variance is s² / (2k - s²), from which s
/// follows.
/// </remarks>
internal sealed class VarianceFactor
{
    private const double Least = 0.05;
    private const double Most = 4;

    private readonly SeededRandom _random;
    private readonly double _pull;
    private readonly double _noise;

    /// <summary>Starts at 1.</summary>
    /// <param name="random">Where its chance comes from.</param>
    /// <param name="memorySeconds">How long a deviation lasts: then 1/e of it is left.</param>
    /// <param name="variance">Its stationary variance.</param>
    public VarianceFactor(SeededRandom random, double memorySeconds, double variance)
    {
        _random = random;
        _pull = 1 / memorySeconds;
        _noise = Math.Sqrt(2 * _pull * variance / (1 + variance));
    }

    /// <summary>The multiplier now.</summary>
    public double Value { get; private set; } = 1;

    /// <summary>Moves it on by one second.</summary>
    public void Step() =>
        Value = Math.Clamp(
            Value + (_pull * (1 - Value)) + (_noise * Value * _random.NextBell()), Least, Most);

    /// <summary>Lifts it at once: what has just jumped stays restless.</summary>
    public void Raise(double by) => Value = Math.Clamp(Value + by, Least, Most);
}
