using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>Makes a market of what a candle file tells, and of what has to be assumed.</summary>
internal static class ReplayMarkets
{
    // dYdX's usual exponents, from its mainnet genesis. They leave nine decimals to tick and step together.
    private const int UsualConversionExponent = -9;
    private const int UsualStepDigits = 6;
    private const int QuoteDigits = 6;

    private const long UnknownInitialPpm = 200_000;

    /// <summary>Whether its margin stands in the table; otherwise it is that of an unknown asset.</summary>
    public static bool IsKnown(string baseAsset) => MarginOf(baseAsset).InitialPpm < UnknownInitialPpm;

    /// <summary>A market whose tick and step are exactly so many decimals.</summary>
    /// <remarks>
    /// Step = 10^s quanta of 10^AR, hence AR = -s - v for v decimals of size. Tick = subticks * 10^(QCE - 6 -
    /// AR), hence subticks = 10^(6 - QCE - s - v - p) for p decimals of price. Where that would not be whole,
    /// s is made smaller, and at the very end QCE by one.
    /// </remarks>
    public static Market Create(int index, MarketName name, int priceDecimals, int volumeDecimals)
    {
        var room = QuoteDigits - UsualConversionExponent - priceDecimals - volumeDecimals;
        var stepDigits = Math.Clamp(room, 0, UsualStepDigits);
        var conversionExponent = UsualConversionExponent + Math.Min(0, room);
        var subtickDigits = Math.Max(0, room) - stepDigits;
        var (initialPpm, maintenancePpm) = MarginOf(name.BaseAsset);
        return new Market
        {
            Id = new MarketId(name.Market),
            Index = index,
            BaseAsset = name.BaseAsset,
            AtomicResolution = -stepDigits - volumeDecimals,
            QuantumConversionExponent = conversionExponent,
            StepBaseQuantums = (long)Rounding.PowerOfTen(stepDigits),
            SubticksPerTick = (long)Rounding.PowerOfTen(subtickDigits),
            OracleExponent = -priceDecimals - 3,
            InitialMarginPpm = new Ppm(initialPpm),
            MaintenanceFractionPpm = new Ppm(maintenancePpm),
        };
    }

    private static (long InitialPpm, long MaintenancePpm) MarginOf(string baseAsset) => baseAsset switch
    {
        "BTC" or "ETH" => (50_000, 600_000),
        "SOL" or "XRP" or "BNB" or "ADA" or "DOGE" or "LINK" or "AVAX" or "LTC" => (100_000, 500_000),
        _ => (UnknownInitialPpm, 500_000),
    };
}
