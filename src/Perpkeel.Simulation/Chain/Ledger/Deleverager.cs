using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>One account was closed against another, which was not asked. Nothing was charged.</summary>
/// <param name="Liquidated">Index of the account that could not carry its position.</param>
/// <param name="Offsetting">Index of the other account.</param>
/// <param name="Market">Index of the market.</param>
/// <param name="Quantums">Signed change of the liquidated account's position.</param>
/// <param name="Quote">What the liquidated account received; the other received its negative.</param>
/// <param name="Price">At which price.</param>
internal readonly record struct DeleveragingFill(
    int Liquidated, int Offsetting, int Market, long Quantums, Int128 Quote, DeleveragingPrice Price);

/// <summary>Closes positions against each other where neither book nor insurance fund can.</summary>
/// <remarks>
/// Source: dYdX v4-chain, deleveraging keeper: accounts of the other side are looked at from a pseudo-random
/// one on, in the order of their creation here; one that the chain would not update is passed over.
/// </remarks>
internal sealed class Deleverager(LedgerState state, PairUpdates pairs, LiquidationRound round)
{
    /// <summary>
    /// Deleverages what stayed of the block's liquidations and the markets in final settlement, as many
    /// positions as a block allows, from a pseudo-random one on.
    /// </summary>
    public IReadOnlyList<DeleveragingFill> Run()
    {
        var waiting = new List<(int Account, int Market)>(round.Unfilled);
        waiting.AddRange(InFinalSettlement());
        var fills = new List<DeleveragingFill>();
        if (waiting.Count == 0) return fills;

        var start = state.Draw(waiting.Count);
        var tried = Math.Min(waiting.Count, state.Parameters.Liquidation.MostDeleveragedPerBlock);
        for (var turn = 0; turn < tried; turn++)
        {
            var (account, market) = waiting[(turn + start) % waiting.Count];
            Offset(account, market, fills);
        }

        return fills;
    }

    /// <summary>
    /// Closes as much of a position as accounts of the other side allow: at the bankruptcy price when the
    /// account is worth less than nothing, at the oracle price when the market is in final settlement, else
    /// not at all.
    /// </summary>
    public void Offset(int account, int market, ICollection<DeleveragingFill> fills)
    {
        var liquidated = state.Accounts[account];
        var left = -liquidated.QuantumsIn(market);
        var price = PriceFor(liquidated, market);
        if (left == 0 || price == DeleveragingPrice.None) return;

        var others = Holders(market, Math.Sign(left));
        if (others.Count == 0) return;
        var start = state.Draw(others.Count);
        var most = Math.Min(others.Count, state.Parameters.Liquidation.MostOffsetsLookedAt);
        for (var turn = 0; turn < most && left != 0; turn++)
        {
            var other = others[(turn + start) % others.Count];
            var held = state.Accounts[other].QuantumsIn(market);
            var delta = Math.Abs(held) < Math.Abs(left) ? held : left;
            if (TryClose(account, other, market, delta, price) is not { } quote) continue;
            left -= delta;
            fills.Add(new(account, other, market, delta, quote, price));
        }
    }

    /// <summary>
    /// Closes one account against another; what the first received, or null when the chain refuses it.
    /// </summary>
    public Int128? TryClose(int account, int other, int market, long delta, DeleveragingPrice price)
    {
        var liquidated = state.Accounts[account];
        if (!Closes(liquidated, market, delta) || !Closes(state.Accounts[other], market, -delta)) return null;
        if (QuoteOf(liquidated, market, delta, price) is not { } quote) return null;
        var result = pairs.TryApply(new PairUpdate(account, other, market, delta, quote, -quote));
        return result.End == MatchEnd.Done ? quote : null;
    }

    /// <summary>
    /// Looks for accounts that are worth less than nothing after all of this; withdrawals and transfers of
    /// their pools are held back from here on.
    /// </summary>
    public void GateWithdrawals()
    {
        for (var account = 0; account < state.Accounts.Count; account++)
        {
            var each = state.Accounts[account];
            if (each.Positions.IsEmpty || state.RiskOf(each).NetCollateral >= QuoteQuantums.Zero) continue;
            state.Pools[state.PoolOf(each)].NegativeSeenAt = state.Height;
        }
    }

    private static bool Closes(LedgerAccount account, int market, long delta)
    {
        var held = account.QuantumsIn(market);
        return Math.Sign(held) * Math.Sign(delta) < 0 && Math.Abs(delta) <= Math.Abs(held);
    }

    private DeleveragingPrice PriceFor(LedgerAccount account, int market)
    {
        if (state.RiskOf(account).NetCollateral < QuoteQuantums.Zero) return DeleveragingPrice.Bankruptcy;
        return state.Markets[market].Status == ClobPairStatus.FinalSettlement
            ? DeleveragingPrice.Oracle
            : DeleveragingPrice.None;
    }

    private Int128? QuoteOf(LedgerAccount account, int market, long delta, DeleveragingPrice price)
    {
        if (price == DeleveragingPrice.Oracle) return state.Markets[market].Worth(-delta);
        var risk = state.RiskOf(account);
        return risk.Maintenance == QuoteQuantums.Zero
            ? null
            : state.BankruptcyValue(account, market, delta, risk).Value;
    }

    private IEnumerable<(int Account, int Market)> InFinalSettlement() =>
        from market in state.Markets
        where market.Status == ClobPairStatus.FinalSettlement
        let index = market.Market.Index
        from account in Holders(index, -1).Concat(Holders(index, 1))
        select (account, index);

    /// <summary>Accounts with a position of a sign, in the order of their creation.</summary>
    private List<int> Holders(int market, int sign)
    {
        var holders = new List<int>();
        for (var account = 0; account < state.Accounts.Count; account++)
        {
            if (Math.Sign(state.Accounts[account].QuantumsIn(market)) == sign) holders.Add(account);
        }

        return holders;
    }
}
