namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// How far the book leans away from the oracle: about two basis points, one way for hours or days, so that
/// longs or shorts pay for as long. The sum of a part that lasts a day and a half and one of three hours.
/// </summary>
/// <remarks>
/// Both are v' = v - k v + s n with n bell-shaped; the stationary variance is s² / (2k - k²).
/// </remarks>
internal sealed class PremiumPath
{
    private const double SlowPull = 1 / 129_600d;
    private const double FastPull = 1 / 10_800d;
    private const double SlowLean = 0.00015;
    private const double FastLean = 0.00012;

    private static readonly double SlowNoise = SlowLean * Math.Sqrt(2 * SlowPull);
    private static readonly double FastNoise = FastLean * Math.Sqrt(2 * FastPull);

    private readonly SeededRandom _random;
    private readonly double _scale;
    private double _slow;
    private double _fast;

    /// <summary>
    /// Takes a stream of chance that is nobody else's; the lean is there from the beginning.
    /// </summary>
    public PremiumPath(MarketModel model, SeededRandom random)
    {
        _random = random;
        _scale = model.Lean;
        _slow = SlowLean * random.NextBell();
        _fast = FastLean * random.NextBell();
    }

    /// <summary>The book's middle over the oracle, less one.</summary>
    public double Value => _scale * (_slow + _fast);

    /// <summary>Moves it on by one second.</summary>
    public void Step()
    {
        _slow += (SlowNoise * _random.NextBell()) - (SlowPull * _slow);
        _fast += (FastNoise * _random.NextBell()) - (FastPull * _fast);
    }
}
