namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// Shocks with fat tails by mixing, and rare jumps; both symmetric, so that neither way is favoured.
/// </summary>
internal static class FatTails
{
    private const double WildShare = 1 / 40d;
    private const double WildScale = 3;

    // Two jumps a day for each stream that jumps, each of 3 to 5.5 usual minutes' standard deviations.
    private const double JumpsPerSecond = 2 / 86_400d;
    private const double LeastJump = 3;
    private const double JumpSpan = 2.5;

    private static readonly double Norm =
        1 / Math.Sqrt(1 + (WildShare * ((WildScale * WildScale) - 1)));

    /// <summary>A shock of mean 0 and variance 1.</summary>
    public static double Next(SeededRandom random)
    {
        var scale = random.NextUnit() < WildShare ? WildScale * Norm : Norm;
        return scale * random.NextBell();
    }

    /// <summary>Nearly always zero; else the size of a jump, up or down alike.</summary>
    public static double NextJump(SeededRandom random)
    {
        if (random.NextUnit() >= JumpsPerSecond) return 0;
        var size = LeastJump + (JumpSpan * random.NextUnit());
        return random.NextUnit() < 0.5 ? -size : size;
    }
}
