namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Who took.</summary>
public enum Liquidity
{
    /// <summary>This side.</summary>
    Taker = 0,

    /// <summary>The other side.</summary>
    Maker,
}
