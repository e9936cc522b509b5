namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// The money behind subaccounts that answer for each other, and the insurance fund beside it. All cross
/// markets share one; each isolated market has its own.
/// </summary>
internal sealed class CollateralPool
{
    /// <summary>USDC of its subaccounts in quote quantums, as the bank holds it; never negative.</summary>
    public Int128 Balance { get; internal set; }

    /// <summary>USDC of its insurance fund in quote quantums; never negative.</summary>
    public Int128 Insurance { get; internal set; }

    /// <summary>
    /// Funding that rounding left in the pool and that no subaccount owns, in millionths of a quantum.
    /// </summary>
    public Int128 DustPpm { get; internal set; }

    /// <summary>
    /// The last block at which one of its subaccounts was worth less than nothing; null for none.
    /// </summary>
    public uint? NegativeSeenAt { get; internal set; }
}
