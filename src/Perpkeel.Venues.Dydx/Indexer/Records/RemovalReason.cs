namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Why an order was removed; the wire puts <c>ORDER_REMOVAL_REASON_</c> before it.</summary>
public enum RemovalReason
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Its end came.</summary>
    Expired,

    /// <summary>Called back.</summary>
    UserCanceled,

    /// <summary>Not enough collateral.</summary>
    Undercollateralized,

    /// <summary>The chain failed.</summary>
    InternalError,

    /// <summary>It would have met an order of its own.</summary>
    SelfTradeError,

    /// <summary>It would have taken.</summary>
    PostOnlyWouldCrossMakerOrder,

    /// <summary>Its rest was dropped.</summary>
    ImmediateOrCancelWouldRestOnBook,

    /// <summary>It could not be filled at once; spelt as on the wire.</summary>
    FokOrderCouldNotBeFullyFulled,

    /// <summary>There was nothing to reduce.</summary>
    ReduceOnlyResize,

    /// <summary>The Indexer saw its block pass.</summary>
    IndexerExpired,

    /// <summary>Another took its place.</summary>
    Replaced,

    /// <summary>Filled.</summary>
    FullyFilled,

    /// <summary>More stored orders than the equity allows.</summary>
    EquityTier,

    /// <summary>The market ended.</summary>
    FinalSettlement,

    /// <summary>Its subaccount holds another market.</summary>
    ViolatesIsolatedSubaccountConstraints,
}
