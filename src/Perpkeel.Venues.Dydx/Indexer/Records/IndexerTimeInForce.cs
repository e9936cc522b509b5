namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What becomes of the rest of an order; post-only is a mark of its own.</summary>
public enum IndexerTimeInForce
{
    /// <summary>Rests.</summary>
    Gtt = 0,

    /// <summary>All or nothing.</summary>
    Fok,

    /// <summary>Is dropped.</summary>
    Ioc,
}
