namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What a market lets in, as the Indexer names it.</summary>
public enum IndexerMarketStatus
{
    /// <summary>Everything.</summary>
    Active = 0,

    /// <summary>Nothing.</summary>
    Paused,

    /// <summary>Cancels.</summary>
    CancelOnly,

    /// <summary>Orders that only make.</summary>
    PostOnly,

    /// <summary>Short-term orders that only make.</summary>
    Initializing,

    /// <summary>Nothing: it ends.</summary>
    FinalSettlement,
}
