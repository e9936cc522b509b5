namespace Perpkeel.Core.Accounts;

/// <summary>How far an account is from liquidation, from unknown to worst.</summary>
public enum MarginHealth
{
    /// <summary>Not looked at.</summary>
    Unknown = 0,

    /// <summary>At least twice the maintenance margin, or nothing is open.</summary>
    Healthy,

    /// <summary>Less than twice the maintenance margin.</summary>
    Warning,

    /// <summary>Less than 1.25 times the maintenance margin.</summary>
    Danger,

    /// <summary>
    /// Less than the maintenance margin, or where the venue takes that for enough equal to it: the venue may
    /// liquidate.
    /// </summary>
    Liquidatable,
}
