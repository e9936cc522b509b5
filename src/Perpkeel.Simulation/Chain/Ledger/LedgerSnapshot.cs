namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// Some accounts, all wallets and all pools as they are, so that moves of money can be taken back. Matches
/// in between cannot.
/// </summary>
internal sealed class LedgerSnapshot
{
    private readonly LedgerState _state;
    private readonly List<(LedgerAccount Account, LedgerAccount Copy)> _accounts = [];
    private readonly (Int128 Balance, Int128 Dust)[] _pools;
    private readonly Int128[] _wallets;

    /// <summary>Remembers these accounts; those that are not known have nothing to be remembered.</summary>
    public LedgerSnapshot(LedgerState state, IEnumerable<int> accounts)
    {
        _state = state;
        foreach (var account in accounts)
        {
            _accounts.Add((state.Accounts[account], state.Accounts[account].Copy()));
        }

        _pools = [.. state.Pools.Select(pool => (pool.Balance, pool.DustPpm))];
        _wallets = [.. Enumerable.Range(0, state.Accounts.Owners).Select(state.Accounts.Wallet)];
    }

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        foreach (var (account, copy) in _accounts) account.Assume(copy);
        for (var pool = 0; pool < _pools.Length; pool++)
        {
            (_state.Pools[pool].Balance, _state.Pools[pool].DustPpm) = _pools[pool];
        }

        for (var owner = 0; owner < _wallets.Length; owner++)
        {
            _state.Accounts.Pay(owner, _wallets[owner] - _state.Accounts.Wallet(owner));
        }
    }
}
