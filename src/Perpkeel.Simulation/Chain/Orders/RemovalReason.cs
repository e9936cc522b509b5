namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>Why an order ended; the words are the chain's where it has one.</summary>
internal enum RemovalReason
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>All of it was filled.</summary>
    FullyFilled,

    /// <summary>Its sender cancelled it.</summary>
    UserCanceled,

    /// <summary>Its good-til block or time is over.</summary>
    Expired,

    /// <summary>Another order of its id took its place.</summary>
    Replaced,

    /// <summary>What an immediate-or-cancel order did not fill is dropped.</summary>
    ImmediateOrCancelWouldRestOnBook,

    /// <summary>The same for a conditional order that had triggered.</summary>
    ConditionalIocWouldRestOnBook,

    /// <summary>It would have taken.</summary>
    PostOnlyWouldCross,

    /// <summary>Its subaccount could not carry it.</summary>
    Undercollateralized,

    /// <summary>It may only reduce, and there was nothing to reduce.</summary>
    InvalidReduceOnly,

    /// <summary>It was cut down to the position.</summary>
    ReduceOnlyResize,

    /// <summary>It met an order of its own subaccount.</summary>
    InvalidSelfTrade,

    /// <summary>It would have put an isolated market beside another.</summary>
    ViolatesIsolatedSubaccountConstraints,

    /// <summary>The rule under which it was signed is gone.</summary>
    PermissionedKeyExpired,

    /// <summary>Its market is wound up.</summary>
    FinalSettlement,

    /// <summary>The market has no price, or a pool could not pay.</summary>
    InternalError,

    /// <summary>The node that kept it in memory started anew.</summary>
    NodeRestarted,

    /// <summary>A leg of the TWAP was refused.</summary>
    TwapLegRefused,
}
