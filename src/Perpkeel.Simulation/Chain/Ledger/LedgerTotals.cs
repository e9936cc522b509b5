using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>Where all money is, in quote quantums, and funding in millionths of them.</summary>
/// <param name="Wallets">In wallets, builders' included.</param>
/// <param name="Subaccounts">USDC of subaccounts, funding not settled.</param>
/// <param name="Insurance">In insurance funds.</param>
/// <param name="Fees">Collected fees.</param>
/// <param name="UnsettledPpm">Funding that accounts have not been paid or charged yet.</param>
/// <param name="DustPpm">Funding that rounding left to nobody.</param>
internal readonly record struct LedgerTotals(
    Int128 Wallets, Int128 Subaccounts, Int128 Insurance, Int128 Fees, Int128 UnsettledPpm, Int128 DustPpm)
{
    /// <summary>
    /// All of it in millionths of a quote quantum: only money from outside changes it, and nothing else,
    /// not even by one.
    /// </summary>
    public Int128 SumPpm =>
        ((Wallets + Subaccounts + Insurance + Fees) * Ppm.One) + UnsettledPpm + DustPpm;

    /// <summary>Adds everything up.</summary>
    public static LedgerTotals Of(LedgerState state)
    {
        Int128 wallets = 0;
        for (var owner = 0; owner < state.Accounts.Owners; owner++) wallets += state.Accounts.Wallet(owner);
        Int128 usdc = 0;
        Int128 unsettled = 0;
        for (var account = 0; account < state.Accounts.Count; account++)
        {
            usdc += state.Accounts[account].Usdc;
            unsettled += state.UnsettledPpm(state.Accounts[account]);
        }

        Int128 insurance = 0;
        Int128 dust = 0;
        foreach (var pool in state.Pools)
        {
            insurance += pool.Insurance;
            dust += pool.DustPpm;
        }

        return new(wallets, usdc, insurance, state.FeeCollector, unsettled, dust);
    }
}
