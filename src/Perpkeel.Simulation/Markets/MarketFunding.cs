using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets;

/// <summary>From hourly rates to the premiums that lead to them.</summary>
public static class MarketFunding
{
    private const int HoursOfPremium = 8;

    /// <summary>
    /// What the chain always adds to the mean premium, for eight hours: 0.01 %, dYdX's interest rate. A venue
    /// that turns premiums into rates has to add as much, or the rates are others.
    /// </summary>
    public static Ppm Default { get; } = new(100);

    /// <summary>
    /// The premium, for eight hours, at which every vote leads to this hourly rate, to the nearest millionth.
    /// </summary>
    public static Ppm PremiumOf(decimal hourlyRate) =>
        new((long)decimal.Round(hourlyRate * HoursOfPremium * Ppm.One) - Default.Value);
}
