namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Whether a position is there.</summary>
public enum PositionStatus
{
    /// <summary>It is.</summary>
    Open = 0,

    /// <summary>It was.</summary>
    Closed,

    /// <summary>It was taken away.</summary>
    Liquidated,
}
