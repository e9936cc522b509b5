namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The side of an order, a trade or a fill.</summary>
public enum OrderSide
{
    /// <summary>Buys.</summary>
    Buy = 0,

    /// <summary>Sells.</summary>
    Sell,
}
