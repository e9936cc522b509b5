namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// What moves all synthetic markets at once: a shock, a jump now and then, news, and how
/// restless the day is.
/// </summary>
internal sealed class CommonFactor
{
    private const int SecondsPerDay = 86_400;
    private const int QuietestSecond = 4 * 3_600;
    private const double QuietestVariance = 0.35;
    private const double LiveliestVariance = 1.65;

    // After news for all the common variance is at its highest for a minute or two.
    private const double NewsRaise = 3;

    private readonly MarketModel _model;
    private readonly SeededRandom _random;
    private readonly VarianceFactor _slow;
    private readonly VarianceFactor _fast;

    /// <summary>Takes a stream of chance that is nobody else's.</summary>
    public CommonFactor(MarketModel model, SeededRandom random)
    {
        _model = model;
        _random = random;
        _slow = new VarianceFactor(random.Fork(1), memorySeconds: 43_200, variance: 0.9);
        _fast = new VarianceFactor(random.Fork(2), memorySeconds: 60, variance: 0.6);
    }

    /// <summary>The common part of this second's return, with variance 1.</summary>
    public double Shock { get; private set; }

    /// <summary>The common jump in usual minutes' standard deviations; nearly always zero.</summary>
    public double Jump { get; private set; }

    /// <summary>
    /// How far news moves all markets, in usual minutes' standard deviations; nearly always zero.
    /// </summary>
    public double News { get; private set; }

    /// <summary>Multiplier of every market's variance.</summary>
    public double Variance { get; private set; }

    /// <summary>Moves it on to a second of the day, counted from midnight UTC.</summary>
    public void Step(int secondOfDay)
    {
        _slow.Step();
        _fast.Step();
        Shock = FatTails.Next(_random);
        Jump = FatTails.NextJump(_random, _model.JumpsPerDay);
        News = FatTails.NextNews(_random, _model.CommonNewsPerDay);
        if (News != 0) _fast.Raise(NewsRaise);
        Variance = _slow.Value * _fast.Value * Rhythm(secondOfDay);
    }

    /// <summary>
    /// Quietest at 04:00, liveliest at 16:00, straight lines between them, and 1 on average.
    /// </summary>
    private static double Rhythm(int secondOfDay)
    {
        const double half = SecondsPerDay / 2d;
        var since = (secondOfDay - QuietestSecond + SecondsPerDay) % SecondsPerDay;
        var share = since < half ? since / half : (SecondsPerDay - since) / half;
        return QuietestVariance + ((LiveliestVariance - QuietestVariance) * share);
    }
}
