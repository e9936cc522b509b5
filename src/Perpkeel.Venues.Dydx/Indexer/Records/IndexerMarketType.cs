namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Whether a market shares its collateral.</summary>
public enum IndexerMarketType
{
    /// <summary>It does.</summary>
    Cross = 0,

    /// <summary>It has a pool of its own.</summary>
    Isolated,
}
