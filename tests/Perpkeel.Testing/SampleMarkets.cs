using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Testing;

/// <summary>Markets for tests, with parameters like those of the real ones.</summary>
public static class SampleMarkets
{
    /// <summary>Tick 1, step 0.0001, initial margin 5 %, maintenance 3 %.</summary>
    public static Market Btc { get; } = new()
    {
        Id = new MarketId("BTC-USD"),
        Index = 0,
        BaseAsset = "BTC",
        AtomicResolution = -10,
        QuantumConversionExponent = -9,
        StepBaseQuantums = 1_000_000,
        SubticksPerTick = 100_000,
        OracleExponent = -5,
        InitialMarginPpm = new Ppm(50_000),
        MaintenanceFractionPpm = new Ppm(600_000),
    };

    /// <summary>Tick 0.1, step 0.001, initial margin 5 %, maintenance 3 %.</summary>
    public static Market Eth { get; } = Btc with
    {
        Id = new MarketId("ETH-USD"),
        Index = 1,
        BaseAsset = "ETH",
        AtomicResolution = -9,
        OracleExponent = -6,
    };

    /// <summary>Tick 0.01, step 0.1, initial margin 10 %, maintenance 5 %.</summary>
    public static Market Sol { get; } = Btc with
    {
        Id = new MarketId("SOL-USD"),
        Index = 2,
        BaseAsset = "SOL",
        AtomicResolution = -7,
        SubticksPerTick = 1_000_000,
        OracleExponent = -8,
        InitialMarginPpm = new Ppm(100_000),
        MaintenanceFractionPpm = new Ppm(500_000),
    };

    /// <summary>The three of them.</summary>
    public static IReadOnlyList<Market> All { get; } = [Btc, Eth, Sol];

    /// <summary>So many markets like ETH, under the names M00-USD, M01-USD and so on.</summary>
    public static IReadOnlyList<Market> Numbered(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => Eth with
        {
            Id = new MarketId($"M{index:00}-USD"),
            Index = index,
            BaseAsset = $"M{index:00}",
        }),
    ];
}
