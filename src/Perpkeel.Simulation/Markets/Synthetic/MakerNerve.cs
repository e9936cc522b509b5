namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// Which share of the makers is there. They leave within seconds when the market grows livelier than suits
/// them, all but a few when there is news, and come back over minutes.
/// </summary>
internal sealed class MakerNerve(MarketModel model)
{
    private const double Fewest = 0.1;
    private const double AfterNews = 0.15;
    private const double LeavingPerSecond = 0.3;
    private const double ComingPerSecond = 1 / 240d;

    /// <summary>From a tenth to all of them.</summary>
    public double Share { get; private set; } = 1;

    /// <summary>Moves it on by one second.</summary>
    public void Step(double liveliness, bool hasNews)
    {
        var staying = Math.Clamp(model.Comfort / liveliness, Fewest, 1);
        Share += (staying - Share) * (staying < Share ? LeavingPerSecond : ComingPerSecond);
        if (hasNews) Share = Math.Min(Share, AfterNews);
    }
}
