namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>What may be done in a market; the numbers are the chain's.</summary>
/// <remarks>Only three of them are in use on the chain of today.</remarks>
internal enum ClobPairStatus
{
    /// <summary>Not set.</summary>
    Unspecified = 0,

    /// <summary>Everything.</summary>
    Active = 1,

    /// <summary>Nothing; not in use.</summary>
    Paused = 2,

    /// <summary>Only cancels; not in use.</summary>
    CancelOnly = 3,

    /// <summary>Only orders that never take; not in use.</summary>
    PostOnly = 4,

    /// <summary>Only short-term orders that never take, on their own side of the oracle.</summary>
    Initializing = 5,

    /// <summary>Nothing; positions are closed against each other.</summary>
    FinalSettlement = 6,
}
