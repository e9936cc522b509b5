namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What became of an order, as the Indexer saw it.</summary>
public enum OrderStatus
{
    /// <summary>Rests, or is stored on the chain.</summary>
    Open = 0,

    /// <summary>Filled to its end.</summary>
    Filled,

    /// <summary>Over without being filled to its end.</summary>
    Canceled,

    /// <summary>One node saw it; no block tells yet.</summary>
    BestEffortOpened,

    /// <summary>One node dropped it. Not final: it may be filled until its block is past.</summary>
    BestEffortCanceled,

    /// <summary>Waits for its trigger.</summary>
    Untriggered,

    /// <summary>The Indexer could not place it.</summary>
    Error,
}
