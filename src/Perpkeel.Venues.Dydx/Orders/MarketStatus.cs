namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>What a market lets in.</summary>
public enum MarketStatus
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Everything.</summary>
    Active = 1,

    /// <summary>Nothing.</summary>
    Paused = 2,

    /// <summary>Cancels only.</summary>
    CancelOnly = 3,

    /// <summary>Orders that only make.</summary>
    PostOnly = 4,

    /// <summary>Short-term orders that only make, not beyond the oracle price.</summary>
    Initializing = 5,

    /// <summary>Nothing: the market ends.</summary>
    FinalSettlement = 6,
}
