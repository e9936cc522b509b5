namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>What the chain says of one update of a subaccount.</summary>
/// <remarks>Source: dYdX v4-chain, subaccounts; the names are the chain's.</remarks>
public enum UpdateResult
{
    /// <summary>Not looked at.</summary>
    None = 0,

    /// <summary>Allowed.</summary>
    Success,

    /// <summary>The account covered its initial margin and would not any more.</summary>
    NewlyUndercollateralized,

    /// <summary>The account did not cover its initial margin, and its risk would rise.</summary>
    StillUndercollateralized,

    /// <summary>Nothing may leave while the chain or a pool is being watched.</summary>
    WithdrawalsAndTransfersBlocked,

    /// <summary>An isolated position would stand beside another.</summary>
    ViolatesIsolatedSubaccountConstraints,
}
