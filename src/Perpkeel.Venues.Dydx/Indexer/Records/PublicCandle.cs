using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>A bar. The latest one may still grow.</summary>
public sealed record PublicCandle
{
    /// <summary>Its beginning.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The market.</summary>
    public required string Ticker { get; init; }

    /// <summary>How long it is.</summary>
    public required Named<CandleResolution> Resolution { get; init; }

    /// <summary>Lowest price.</summary>
    public required decimal Low { get; init; }

    /// <summary>Highest price.</summary>
    public required decimal High { get; init; }

    /// <summary>First price.</summary>
    public required decimal Open { get; init; }

    /// <summary>Last price.</summary>
    public required decimal Close { get; init; }

    /// <summary>Traded, in base units.</summary>
    public required decimal BaseTokenVolume { get; init; }

    /// <summary>Traded, in USDC.</summary>
    public required decimal UsdVolume { get; init; }

    /// <summary>How often.</summary>
    public required int Trades { get; init; }

    /// <summary>In base units.</summary>
    public decimal? StartingOpenInterest { get; init; }

    /// <summary>Middle of the book at its beginning; not in the stream.</summary>
    public decimal? OrderbookMidPriceOpen { get; init; }

    /// <summary>Middle of the book at its end; not in the stream.</summary>
    public decimal? OrderbookMidPriceClose { get; init; }

    /// <summary>Not in the stream.</summary>
    public string? Id { get; init; }

    internal static PublicCandle Read(Fields f) => Read(f, null);

    /// <summary>Old servers leave the length of a stream's candle out: the subscription knows it.</summary>
    internal static PublicCandle Read(Fields f, Named<CandleResolution>? resolution) => new()
    {
        StartedAt = f.Time("startedAt"),
        Ticker = f.Text("ticker"),
        Resolution = f.NamedOr<CandleResolution>("resolution") ?? resolution
            ?? f.Named<CandleResolution>("resolution"),
        Low = f.NotNegative("low"),
        High = f.NotNegative("high"),
        Open = f.NotNegative("open"),
        Close = f.NotNegative("close"),
        BaseTokenVolume = f.Decimal("baseTokenVolume"),
        UsdVolume = f.Decimal("usdVolume"),
        Trades = f.Int("trades"),
        StartingOpenInterest = f.DecimalOr("startingOpenInterest"),
        OrderbookMidPriceOpen = f.DecimalOr("orderbookMidPriceOpen"),
        OrderbookMidPriceClose = f.DecimalOr("orderbookMidPriceClose"),
        Id = f.TextOr("id"),
    };
}
