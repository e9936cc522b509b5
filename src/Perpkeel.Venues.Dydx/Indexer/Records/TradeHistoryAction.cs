namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What a trade did to its position.</summary>
public enum TradeHistoryAction
{
    /// <summary>Opened it.</summary>
    Open = 0,

    /// <summary>Added.</summary>
    Extend,

    /// <summary>Took away.</summary>
    PartialClose,

    /// <summary>Closed it.</summary>
    Close,

    /// <summary>Liquidated some.</summary>
    LiquidationPartialClose,

    /// <summary>Liquidated all.</summary>
    LiquidationClose,
}
