using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>
/// A perpetual market as the Indexer tells it. Rates and fractions are of one; funding is for one hour.
/// </summary>
public sealed record IndexerMarket
{
    /// <summary>Its number in the order book.</summary>
    public required uint ClobPairId { get; init; }

    /// <summary>Its name, e.g. <c>BTC-USD</c>.</summary>
    public required string Ticker { get; init; }

    /// <summary>What it lets in.</summary>
    public required Named<IndexerMarketStatus> Status { get; init; }

    /// <summary>The mark of every position, in USDC; null before the first one.</summary>
    public decimal? OraclePrice { get; init; }

    /// <summary>Change of the oracle price in a day, in USDC.</summary>
    public decimal? PriceChange24H { get; init; }

    /// <summary>Traded in a day, in USDC.</summary>
    public decimal? Volume24H { get; init; }

    /// <summary>Trades in a day.</summary>
    public int? Trades24H { get; init; }

    /// <summary>The predicted rate for one hour.</summary>
    public decimal? NextFundingRate { get; init; }

    /// <summary>The base one.</summary>
    public decimal? InitialMarginFraction { get; init; }

    /// <summary>The maintenance one.</summary>
    public decimal? MaintenanceMarginFraction { get; init; }

    /// <summary>In base units, from stored positions; lags.</summary>
    public decimal? OpenInterest { get; init; }

    /// <summary>In base units, from the chain's events; lags.</summary>
    public decimal? BaseOpenInterest { get; init; }

    /// <summary>Exponent of the base quantum.</summary>
    public required int AtomicResolution { get; init; }

    /// <summary>Exponent that turns quantums times subticks into quote quantums.</summary>
    public required int QuantumConversionExponent { get; init; }

    /// <summary>Prices are multiples of it, as told.</summary>
    public decimal? TickSize { get; init; }

    /// <summary>Sizes are multiples of it, as told.</summary>
    public decimal? StepSize { get; init; }

    /// <summary>Base quantums in a step.</summary>
    public required long StepBaseQuantums { get; init; }

    /// <summary>Subticks in a tick.</summary>
    public required long SubticksPerTick { get; init; }

    /// <summary>Whether it shares its collateral; null where not told.</summary>
    public Named<IndexerMarketType>? MarketType { get; init; }

    /// <summary>In USDC; zero turns growing margin off.</summary>
    public decimal? OpenInterestLowerCap { get; init; }

    /// <summary>In USDC; zero turns growing margin off.</summary>
    public decimal? OpenInterestUpperCap { get; init; }

    /// <summary>Added to every hour's rate.</summary>
    public decimal? DefaultFundingRate1H { get; init; }

    /// <summary>Old deployments only.</summary>
    public string? BaseAsset { get; init; }

    internal static IndexerMarket Read(Fields f) => new()
    {
        ClobPairId = f.UInt("clobPairId"),
        Ticker = f.Text("ticker"),
        Status = f.Named<IndexerMarketStatus>("status"),
        OraclePrice = f.NotNegativeOr("oraclePrice"),
        PriceChange24H = f.DecimalOr("priceChange24H"),
        Volume24H = f.DecimalOr("volume24H"),
        Trades24H = f.IntOr("trades24H"),
        NextFundingRate = f.DecimalOr("nextFundingRate"),
        InitialMarginFraction = f.DecimalOr("initialMarginFraction"),
        MaintenanceMarginFraction = f.DecimalOr("maintenanceMarginFraction"),
        OpenInterest = f.DecimalOr("openInterest"),
        BaseOpenInterest = f.DecimalOr("baseOpenInterest"),
        AtomicResolution = f.Int("atomicResolution"),
        QuantumConversionExponent = f.Int("quantumConversionExponent"),
        TickSize = f.DecimalOr("tickSize"),
        StepSize = f.DecimalOr("stepSize"),
        StepBaseQuantums = f.Whole("stepBaseQuantums"),
        SubticksPerTick = f.Whole("subticksPerTick"),
        MarketType = f.NamedOr<IndexerMarketType>("marketType"),
        OpenInterestLowerCap = f.DecimalOr("openInterestLowerCap"),
        OpenInterestUpperCap = f.DecimalOr("openInterestUpperCap"),
        DefaultFundingRate1H = f.DecimalOr("defaultFundingRate1H"),
        BaseAsset = f.TextOr("baseAsset"),
    };
}
