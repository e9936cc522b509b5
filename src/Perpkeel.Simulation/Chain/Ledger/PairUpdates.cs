using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>Two subaccounts that trade with each other.</summary>
/// <param name="First">Index of the one whose change of position is given.</param>
/// <param name="Second">Index of the other, which changes by the negative.</param>
/// <param name="Market">Index of the market.</param>
/// <param name="Quantums">Signed change of the first one's position in base quantums.</param>
/// <param name="FirstQuote">Signed change of the first one's USDC, fees included.</param>
/// <param name="SecondQuote">Signed change of the second one's USDC, fees included.</param>
internal readonly record struct PairUpdate(
    int First, int Second, int Market, long Quantums, Int128 FirstQuote, Int128 SecondQuote)
{
    /// <summary>What leaves the pool for funds, fees and builders; negative comes in.</summary>
    public Int128 Outflow => -(FirstQuote + SecondQuote);
}

/// <summary>What became of an update of two subaccounts.</summary>
internal readonly record struct PairResult
{
    /// <summary>Whether it was done, and what prevented it where no side did.</summary>
    public required MatchEnd End { get; init; }

    /// <summary>What the chain says of the first.</summary>
    public UpdateResult First { get; init; }

    /// <summary>What the chain says of the second.</summary>
    public UpdateResult Second { get; init; }

    /// <summary>How the open interest moved, in base quantums.</summary>
    public long OpenInterestDelta { get; init; }

    /// <summary>Funding that the first was paid on the way; negative was owed.</summary>
    public Int128 FirstFunding { get; init; }

    /// <summary>Funding that the second was paid on the way; negative was owed.</summary>
    public Int128 SecondFunding { get; init; }
}

/// <summary>Changes two subaccounts together, or neither.</summary>
/// <remarks>
/// Source: dYdX v4-chain, subaccounts keeper: isolation first, then both collaterals at the open interest
/// after the match. Collateral of an account whose isolated position opens or closes moves between pools.
/// </remarks>
internal sealed class PairUpdates(LedgerState state)
{
    /// <summary>Does it, when the chain allows it for both.</summary>
    public PairResult TryApply(in PairUpdate update)
    {
        var market = state.Markets[update.Market];
        var first = state.Accounts[update.First];
        var second = state.Accounts[update.Second];
        ReadOnlySpan<PositionChange> firstChange = [new(update.Market, update.Quantums)];
        ReadOnlySpan<PositionChange> secondChange = [new(update.Market, -update.Quantums)];
        var (one, two) = (Isolation(first, firstChange), Isolation(second, secondChange));
        if (one != UpdateResult.Success || two != UpdateResult.Success) return Refused(one, two);
        if (market.OraclePrice == 0) return new PairResult { End = MatchEnd.NoOraclePrice };

        var interest = LongAdded(first, update.Market, update.Quantums)
            + LongAdded(second, update.Market, -update.Quantums);
        var after = new MarginAfter(
            update.Market, market.InitialMarginAt(market.OpenInterest + interest));
        one = state.Transition(first, update.FirstQuote, firstChange, after);
        two = state.Transition(second, update.SecondQuote, secondChange, after);
        if (one != UpdateResult.Success || two != UpdateResult.Success) return Refused(one, two);

        var toCross = Crossing(first, market, update.Quantums, update.FirstQuote)
            + Crossing(second, market, -update.Quantums, update.SecondQuote);
        if (!MovePools(market.Pool, toCross, update.Outflow))
        {
            return new PairResult { End = MatchEnd.PoolCannotPay };
        }

        market.MoveOpenInterest(interest);
        return new PairResult
        {
            End = MatchEnd.Done,
            First = one,
            Second = two,
            OpenInterestDelta = interest,
            FirstFunding = Apply(first, market, update.Quantums, update.FirstQuote),
            SecondFunding = Apply(second, market, -update.Quantums, update.SecondQuote),
        };
    }

    /// <summary>Pays and takes all funding of an account; gives what it was paid.</summary>
    public Int128 Settle(LedgerAccount account)
    {
        var unsettled = state.UnsettledPpm(account);
        if (unsettled == 0)
        {
            account.MarkSettled(state);
            return 0;
        }

        var paid = Rounding.FloorDivide(unsettled, Ppm.One);
        state.Pools[state.PoolOf(account)].DustPpm += unsettled - (paid * Ppm.One);
        account.Usdc += paid;
        account.MarkSettled(state);
        return paid;
    }

    private static PairResult Refused(UpdateResult one, UpdateResult two) =>
        new() { End = MatchEnd.Refused, First = one, Second = two };

    private UpdateResult Isolation(LedgerAccount account, ReadOnlySpan<PositionChange> change) =>
        state.KeepsIsolation(account, change)
            ? UpdateResult.Success
            : UpdateResult.ViolatesIsolatedSubaccountConstraints;

    private static long LongAdded(LedgerAccount account, int market, long delta)
    {
        var before = account.QuantumsIn(market);
        return Math.Max(before + delta, 0) - Math.Max(before, 0);
    }

    /// <summary>
    /// What an account takes along from an isolated pool to the cross pool; negative the other way. It is
    /// what it has after the update when its position closes, and what it had before when it opens.
    /// </summary>
    private Int128 Crossing(LedgerAccount account, LedgerMarket market, long delta, Int128 quote)
    {
        if (!market.IsIsolated) return 0;
        var before = account.QuantumsIn(market.Market.Index);
        if (before == 0) return -account.Usdc;
        return before + delta == 0 ? state.SettledUsdc(account) + quote : 0;
    }

    /// <summary>
    /// Moves money between pools and out of one; false when a pool has not got what it must pay.
    /// </summary>
    private bool MovePools(int index, Int128 toCross, Int128 outflow)
    {
        var (pool, cross) = (state.Pools[index], state.Pools[LedgerState.CrossPool]);
        var paid = toCross + outflow;
        if ((paid > 0 && pool.Balance < paid) || (toCross < 0 && cross.Balance < -toCross)) return false;
        pool.Balance -= paid;
        cross.Balance += toCross;
        return true;
    }

    private Int128 Apply(LedgerAccount account, LedgerMarket market, long delta, Int128 quote)
    {
        var paid = Settle(account);
        account.Usdc += quote;
        account.Move(market.Market.Index, delta, market.FundingIndex);
        return paid;
    }
}
