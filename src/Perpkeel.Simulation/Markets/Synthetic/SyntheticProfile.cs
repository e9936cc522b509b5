using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// What a synthetic market looks like: its instrument, where it starts and how lively it is.
/// </summary>
internal sealed record SyntheticProfile
{
    private const int ConversionExponent = -9;
    private const long StepQuantums = 1_000_000;
    private const double MinutesPerDay = 1_440;

    /// <summary>The instrument.</summary>
    public required Market Market { get; init; }

    /// <summary>Its price 24 hours before second 0, in USD.</summary>
    public required double StartPrice { get; init; }

    /// <summary>Standard deviation of its return over a usual minute.</summary>
    public required double MinuteVolatility { get; init; }

    /// <summary>
    /// Share of the returns that all markets have in common, as a correlation with it: 0..1.
    /// </summary>
    public required double Loading { get; init; }

    /// <summary>Trades in a usual second.</summary>
    public required double TradesPerSecond { get; init; }

    /// <summary>What a usual trade is worth, in USD; a level of the book holds a multiple.</summary>
    public required double TradeUsd { get; init; }

    /// <summary>The six markets in the order of their indices.</summary>
    /// <remarks>
    /// Grids: dYdX v4-chain, mainnet genesis. Margins: its large-cap and mid-cap tiers. How lively they are
    /// and how much they move together follows recorded minutes; docs/markets.md sets both side by side.
    /// </remarks>
    public static IReadOnlyList<SyntheticProfile> All() =>
    [
        Of(0, "BTC", -10, 100_000, tickExponent: 0, 104_000, dailyPercent: 2.15, 0.95, 1.6, 2_400),
        Of(1, "ETH", -9, 100_000, tickExponent: -1, 2_600, dailyPercent: 4.2, 0.95, 1.3, 1_700),
        Of(2, "SOL", -7, 1_000_000, tickExponent: -2, 155, dailyPercent: 4.2, 0.92, 0.9, 1_000),
        Of(3, "XRP", -5, 1_000_000, tickExponent: -4, 2.25, dailyPercent: 3.8, 0.90, 0.6, 800),
        Of(4, "DOGE", -4, 1_000_000, tickExponent: -5, 0.19, dailyPercent: 4.4, 0.91, 0.6, 700),
        Of(5, "LINK", -6, 1_000_000, tickExponent: -3, 14.2, dailyPercent: 4.4, 0.91, 0.5, 600),
    ];

    private static SyntheticProfile Of(
        int index, string baseAsset, int resolution, long subticksPerTick, int tickExponent,
        double startPrice, double dailyPercent, double loading, double tradesPerSecond, double tradeUsd)
    {
        var isMajor = baseAsset is "BTC" or "ETH";
        return new SyntheticProfile
        {
            Market = new Market
            {
                Id = new MarketId(baseAsset + "-USD"),
                Index = index,
                BaseAsset = baseAsset,
                AtomicResolution = resolution,
                QuantumConversionExponent = ConversionExponent,
                StepBaseQuantums = StepQuantums,
                SubticksPerTick = subticksPerTick,
                OracleExponent = tickExponent - 3,
                InitialMarginPpm = new Ppm(isMajor ? 50_000 : 100_000),
                MaintenanceFractionPpm = new Ppm(isMajor ? 600_000 : 500_000),
            },
            StartPrice = startPrice,
            MinuteVolatility = dailyPercent / 100 / Math.Sqrt(MinutesPerDay),
            Loading = loading,
            TradesPerSecond = tradesPerSecond,
            TradeUsd = tradeUsd,
        };
    }
}
