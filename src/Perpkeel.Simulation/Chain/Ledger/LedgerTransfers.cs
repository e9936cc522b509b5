using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// Moves USDC between wallets and subaccounts, and keeps the leverage that accounts choose.
/// </summary>
/// <remarks>Source: dYdX v4-chain, sending and subaccounts. All of a message is done or none of it.</remarks>
internal sealed class LedgerTransfers(LedgerState state, PairUpdates pairs)
{
    /// <summary>From a wallet into a subaccount, which comes to be with its first deposit.</summary>
    public TxResult Deposit(int from, SubaccountKey to, long quantums)
    {
        if (Fault(from, to, quantums) is { } fault) return fault;
        var wallet = state.Accounts.Wallet(from);
        if (wallet < quantums) return LedgerRefusals.InsufficientFunds(wallet, quantums);
        var result = Transition(state.Accounts.Find(to), quantums);
        if (result != UpdateResult.Success) return LedgerRefusals.UpdateFailed(result);

        state.Accounts.Pay(from, -quantums);
        var account = Receive(to, quantums);
        state.Pools[state.PoolOf(account)].Balance += quantums;
        return TxResult.Ok;
    }

    /// <summary>From a subaccount into a wallet.</summary>
    public TxResult Withdraw(SubaccountKey from, int to, long quantums)
    {
        if (Fault(to, from, quantums) is { } fault) return fault;
        var index = state.Accounts.Find(from);
        var result = IsBlocked(PoolOf(index))
            ? UpdateResult.WithdrawalsAndTransfersBlocked
            : Transition(index, -quantums);
        if (result != UpdateResult.Success) return LedgerRefusals.UpdateFailed(result);

        var pool = state.Pools[PoolOf(index)];
        if (pool.Balance < quantums) return LedgerRefusals.InsufficientFunds(pool.Balance, quantums);
        Send(index, quantums);
        pool.Balance -= quantums;
        state.Accounts.Pay(to, quantums);
        return TxResult.Ok;
    }

    /// <summary>From a subaccount to another, which comes to be with it.</summary>
    public TxResult Transfer(SubaccountKey from, SubaccountKey to, long quantums)
    {
        if (Fault(to.Owner, from, quantums) is { } fault) return fault;
        if (IsNumberTooHigh(to)) return LedgerRefusals.NumberTooHigh(to);
        if (from == to) return LedgerRefusals.SenderIsRecipient(from);
        var (sender, recipient) = (state.Accounts.Find(from), state.Accounts.Find(to));
        var (source, target) = (PoolOf(sender), PoolOf(recipient));
        var result = IsBlocked(source) || IsBlocked(target)
            ? UpdateResult.WithdrawalsAndTransfersBlocked
            : Transition(sender, -quantums);
        if (result == UpdateResult.Success) result = Transition(recipient, quantums);
        if (result != UpdateResult.Success) return LedgerRefusals.UpdateFailed(result);

        var held = state.Pools[source].Balance;
        if (source != target && held < quantums) return LedgerRefusals.InsufficientFunds(held, quantums);
        Send(sender, quantums);
        _ = Receive(to, quantums);
        state.Pools[source].Balance -= quantums;
        state.Pools[target].Balance += quantums;
        return TxResult.Ok;
    }

    /// <summary>Keeps initial margin fractions that an account chooses, all of them or none.</summary>
    /// <param name="key">The subaccount.</param>
    /// <param name="entries">Fractions in ppm by clob pair; a clob pair has the number of its market.</param>
    public TxResult UpdateLeverage(
        SubaccountKey key, IReadOnlyList<(int ClobPair, uint CustomImfPpm)> entries)
    {
        if (IsOwnerUnknown(key.Owner)) return LedgerRefusals.InvalidAddress(key.Owner);
        if (IsNumberTooHigh(key)) return LedgerRefusals.NumberTooHigh(key);
        if (FaultOf(entries) is { } fault) return fault;
        var index = state.Accounts.Find(key);
        if (index >= 0 && !state.Accounts[index].Positions.IsEmpty)
        {
            var risk = RiskWith(state.Accounts[index], entries);
            if (!risk.IsInitiallyCollateralized)
            {
                return LedgerRefusals.LeverageViolatesMargin(risk.Initial.Value, risk.NetCollateral.Value);
            }
        }

        var account = state.Accounts[state.Accounts.Open(key)];
        foreach (var (pair, fraction) in entries) account.Choose(pair, new Ppm(fraction));
        return TxResult.Ok;
    }

    /// <summary>
    /// The first block at which a pool's withdrawals and transfers pass again; null when they do.
    /// </summary>
    public uint? BlockedUntil(int pool)
    {
        var negative = state.Pools[pool].NegativeSeenAt + state.Parameters.WithdrawalBlocks;
        var outage = state.OutageSeenAt + state.Parameters.WithdrawalBlocks;
        var until = Math.Max(negative ?? 0, outage ?? 0);
        return state.Height < until ? until : null;
    }

    private bool IsBlocked(int pool) => BlockedUntil(pool) is not null;

    private bool IsOwnerUnknown(int owner) => owner < 0 || owner >= state.Accounts.Owners;

    private static bool IsNumberTooHigh(SubaccountKey key) =>
        key.Number is < 0 or > LedgerAccounts.MostNumber;

    private int PoolOf(int account) =>
        account < 0 ? LedgerState.CrossPool : state.PoolOf(state.Accounts[account]);

    private TxResult? Fault(int owner, SubaccountKey key, long quantums)
    {
        if (quantums <= 0) return LedgerRefusals.InvalidAmount(quantums);
        if (IsOwnerUnknown(owner)) return LedgerRefusals.InvalidAddress(owner);
        if (IsOwnerUnknown(key.Owner)) return LedgerRefusals.InvalidAddress(key.Owner);
        return IsNumberTooHigh(key) ? LedgerRefusals.NumberTooHigh(key) : null;
    }

    private TxResult? FaultOf(IReadOnlyList<(int ClobPair, uint CustomImfPpm)> entries)
    {
        if (entries.Count == 0) return LedgerRefusals.InvalidLeverage("no leverage is named");
        if (entries.DistinctBy(entry => entry.ClobPair).Count() < entries.Count)
        {
            return LedgerRefusals.InvalidLeverage("a clob pair is named twice");
        }

        foreach (var (pair, chosen) in entries)
        {
            if (chosen is 0 or > (uint)Ppm.One)
            {
                return LedgerRefusals.InvalidLeverage(
                    $"an initial margin of {chosen} ppm is not 1 to {Ppm.One}");
            }

            if (pair < 0 || pair >= state.Markets.Count) return LedgerRefusals.UnknownClobPair(pair);
            var least = state.Markets[pair].Tier.InitialMarginPpm.Value;
            if (chosen < least) return LedgerRefusals.LeverageExceedsMaximum(pair, chosen, least);
        }

        return null;
    }

    /// <summary>
    /// What the chain says of a change of USDC; an account that was never used has nothing.
    /// </summary>
    private UpdateResult Transition(int index, Int128 delta)
    {
        if (index >= 0) return state.Transition(state.Accounts[index], delta, [], MarginAfter.AsItIs);
        var zero = QuoteQuantums.Zero;
        return new AccountRisk(zero, zero, zero).TransitionTo(new AccountRisk(new(delta), zero, zero));
    }

    private AccountRisk RiskWith(
        LedgerAccount account, IReadOnlyList<(int ClobPair, uint CustomImfPpm)> entries)
    {
        var usdc = new QuoteQuantums(state.SettledUsdc(account));
        var risk = new AccountRisk(usdc, QuoteQuantums.Zero, QuoteQuantums.Zero);
        foreach (ref readonly var position in account.Positions)
        {
            var market = state.Markets[position.Market];
            var chosen = account.ChosenMargin(position.Market).Value;
            foreach (var (pair, fraction) in entries)
            {
                if (pair == position.Market) chosen = fraction;
            }

            var counts = new Ppm(Math.Max(chosen, market.InitialMargin.Value));
            risk = risk.With(market.Margin(position.Quantums, counts));
        }

        return risk;
    }

    private void Send(int index, Int128 quantums)
    {
        var account = state.Accounts[index];
        _ = pairs.Settle(account);
        account.Usdc -= quantums;
    }

    private LedgerAccount Receive(SubaccountKey key, Int128 quantums)
    {
        var account = state.Accounts[state.Accounts.Open(key)];
        _ = pairs.Settle(account);
        account.Usdc += quantums;
        account.IsCreated = true;
        return account;
    }
}
