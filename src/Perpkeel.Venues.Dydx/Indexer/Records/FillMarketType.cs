namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The kind of market of a fill.</summary>
public enum FillMarketType
{
    /// <summary>Perpetual.</summary>
    Perpetual = 0,

    /// <summary>Spot.</summary>
    Spot,
}
