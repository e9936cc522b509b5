namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// Shocks with fat tails by mixing, and rare jumps; both symmetric, so that neither way is favoured.
/// </summary>
internal static class FatTails
{
    private const double WildShare = 1 / 40d;
    private const double WildScale = 3;
    private const double SecondsPerDay = 86_400;

    // A jump is 3 to 5.5 usual minutes' standard deviations; news moves 8 to 30 of them.
    private const double LeastJump = 3;
    private const double JumpSpan = 2.5;
    private const double LeastNews = 8;
    private const double NewsSpan = 22;

    private static readonly double Norm =
        1 / Math.Sqrt(1 + (WildShare * ((WildScale * WildScale) - 1)));

    /// <summary>A shock of mean 0 and variance 1.</summary>
    public static double Next(SeededRandom random)
    {
        var scale = random.NextUnit() < WildShare ? WildScale * Norm : Norm;
        return scale * random.NextBell();
    }

    /// <summary>Nearly always zero; else the size of a jump, up or down alike.</summary>
    public static double NextJump(SeededRandom random, double perDay) =>
        random.NextUnit() >= perDay / SecondsPerDay ? 0 : Signed(random, LeastJump, JumpSpan);

    /// <summary>
    /// Nearly always zero; else how far news moves, up or down alike, small more often than large.
    /// </summary>
    public static double NextNews(SeededRandom random, double perDay)
    {
        if (random.NextUnit() >= perDay / SecondsPerDay) return 0;
        var share = random.NextUnit();
        return Signed(random, LeastNews, NewsSpan * share * share);
    }

    private static double Signed(SeededRandom random, double least, double span)
    {
        var size = least + (span * random.NextUnit());
        return random.NextUnit() < 0.5 ? -size : size;
    }
}
