namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>What a group of updates is for.</summary>
/// <remarks>Source: dYdX v4-chain, subaccounts; the names are the chain's.</remarks>
public enum UpdateType
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Asked before an order is placed; nothing is changed.</summary>
    CollatCheck,

    /// <summary>A deposit into a subaccount.</summary>
    Deposit,

    /// <summary>Two sides of a fill; moves the open interest.</summary>
    Match,

    /// <summary>Between subaccounts.</summary>
    Transfer,

    /// <summary>Out of a subaccount.</summary>
    Withdrawal,
}
