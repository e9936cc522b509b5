namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The kind of an order, as the Indexer names it.</summary>
public enum IndexerOrderType
{
    /// <summary>At a price or better.</summary>
    Limit = 0,

    /// <summary>At once.</summary>
    Market,

    /// <summary>A limit once the price went against it.</summary>
    StopLimit,

    /// <summary>At once, when the price went against it.</summary>
    StopMarket,

    /// <summary>A stop that follows.</summary>
    TrailingStop,

    /// <summary>A limit once the price went its way.</summary>
    TakeProfit,

    /// <summary>At once, when the price went its way.</summary>
    TakeProfitMarket,

    /// <summary>In pieces over time.</summary>
    Twap,

    /// <summary>A piece of one over time.</summary>
    TwapSuborder,
}
