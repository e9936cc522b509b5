using System.Numerics;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>The venue's documented fees; governance may change every figure.</summary>
/// <remarks>
/// Source: dYdX documentation, trading fees. Shares of volume come on top of the greatest one.
/// </remarks>
internal static class DocumentedFees
{
    private const long MillionUsd = 1_000_000L * QuoteQuantums.PerUsd;

    /// <summary>The tiers by volume of thirty days.</summary>
    public static FeeSchedule Schedule { get; } = new()
    {
        Tiers =
        [
            Tier("1", 0, 500, 100),
            Tier("2", 1, 450, 100),
            Tier("3", 5, 400, 50),
            Tier("4", 25, 350, 0),
            Tier("5", 125, 300, 0),
            Tier("6", 125, 250, -50) with { TotalVolumeShareRequirement = new Ppm(5_000) },
            Maker("7", 10_000, -70),
            Maker("8", 20_000, -90),
            Maker("9", 40_000, -110),
        ],
    };

    /// <summary>The same fees for everybody, whatever is traded.</summary>
    public static FeeSchedule Flat(Ppm taker, Ppm maker) => new()
    {
        Tiers = [Tier("1", 0, taker.Value, maker.Value)],
    };

    private static FeeTier Tier(string name, long millions, long taker, long maker) => new()
    {
        Name = name,
        AbsoluteVolumeRequirement = (BigInteger)millions * MillionUsd,
        TakerFee = new Ppm(taker),
        MakerFee = new Ppm(maker),
    };

    private static FeeTier Maker(string name, long share, long maker) => Tier(name, 125, 250, maker) with
    {
        TotalVolumeShareRequirement = new Ppm(5_000),
        MakerVolumeShareRequirement = new Ppm(share),
    };
}
