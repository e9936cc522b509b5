namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// The hourly rate that a book's premium leads to: of each second the best bid over the oracle, or the best
/// ask under it; the hour's mean, for eight hours, and the base rate.
/// </summary>
/// <remarks>
/// dYdX votes by the price of an impact notional, which the best level of these books nearly always holds.
/// </remarks>
internal sealed class FundingMean
{
    private const double BaseRate = 0.0000125;
    private const double WidestRate = 0.001;
    private const double HoursOfPremium = 8;

    private double _sum;
    private int _count;

    /// <summary>Takes one more second, all three prices in the same unit.</summary>
    public void Add(double bid, double ask, double oracle)
    {
        if (bid > oracle) _sum += (bid / oracle) - 1;
        else if (ask < oracle) _sum += (ask / oracle) - 1;
        _count++;
    }

    /// <summary>The hourly rate of the seconds since the last call, in billionths.</summary>
    public long Take()
    {
        var rate = BaseRate + (_sum / Math.Max(1, _count) / HoursOfPremium);
        (_sum, _count) = (0, 0);
        return (long)Math.Floor(Math.Clamp(rate, -WidestRate, WidestRate) * 1_000_000_000);
    }
}
