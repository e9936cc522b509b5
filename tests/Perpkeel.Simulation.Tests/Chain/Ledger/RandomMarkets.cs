using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

/// <summary>Markets with rules drawn by lot, in the ranges of the venue's own.</summary>
internal static class RandomMarkets
{
    private const long Usd = QuoteQuantums.PerUsd;

    private static readonly (long Initial, long Fraction)[] Tiers =
        [(20_000, 600_000), (50_000, 600_000), (100_000, 500_000), (200_000, 500_000), (1_000_000, 200_000)];

    /// <summary>From 0 up to, without, a count.</summary>
    public static int Below(this SeededRandom chance, int count) =>
        (int)(chance.NextBits() % (ulong)count);

    /// <summary>From one number to another, both included.</summary>
    public static long Between(this SeededRandom chance, long least, long most) =>
        least + (long)(chance.NextBits() % ((ulong)(most - least) + 1));

    /// <summary>A market whose price is between about 0.001 and 100,000 USD, and such a price.</summary>
    public static (Market Market, long Price) Draw(SeededRandom chance, int index, bool isIsolated)
    {
        var magnitude = chance.Below(9) - 3;
        var (initial, fraction) = Tiers[chance.Below(Tiers.Length)];
        var lower = chance.Below(3) == 0 ? 0 : chance.Between(1_000_000, 40_000_000) * Usd;
        var market = new Market
        {
            Id = new MarketId($"M{index:00}-USD"),
            Index = index,
            BaseAsset = $"M{index:00}",
            AtomicResolution = -6 - magnitude,
            QuantumConversionExponent = -9,
            StepBaseQuantums = 1_000_000,
            SubticksPerTick = 100_000,
            OracleExponent = magnitude - 9,
            InitialMarginPpm = new Ppm(initial),
            MaintenanceFractionPpm = new Ppm(fraction),
            OpenInterestLowerCap = new QuoteQuantums(lower),
            OpenInterestUpperCap = new QuoteQuantums(lower == 0 ? 0 : lower * chance.Between(2, 4)),
            ImpactNotional = new QuoteQuantums(10_000 * Usd),
            MarketType = isIsolated ? MarketType.Isolated : MarketType.Cross,
        };
        return (market, chance.Between(1_000_000_000, 9_999_999_999));
    }
}
