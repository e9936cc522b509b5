using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>A change of one position.</summary>
/// <param name="Market">Index of its market.</param>
/// <param name="Quantums">Signed change in base quantums.</param>
internal readonly record struct PositionChange(int Market, long Quantums);

/// <summary>The initial margin fraction of one market as it is after a match.</summary>
/// <param name="Market">Index of the market; -1 for none.</param>
/// <param name="Fraction">The fraction.</param>
internal readonly record struct MarginAfter(int Market, Ppm Fraction)
{
    /// <summary>All markets as they are.</summary>
    public static MarginAfter AsItIs => new(-1, default);
}

/// <summary>What subaccounts are worth and need, in 128 bits; formulas are the core's.</summary>
/// <remarks>Source: dYdX v4-chain, subaccounts keeper and library, in its order of operations.</remarks>
internal static class AccountMargin
{
    /// <summary>
    /// Funding that an account has not been paid yet, in millionths of a quote quantum; negative is owed.
    /// </summary>
    public static Int128 UnsettledPpm(this LedgerState state, LedgerAccount account)
    {
        Int128 sum = 0;
        foreach (ref readonly var position in account.Positions)
        {
            var moved = state.Markets[position.Market].FundingIndex - position.FundingIndex;
            if (moved != 0) sum += Funding.SettlementPpm(new BaseQuantums(position.Quantums), moved);
        }

        return sum;
    }

    /// <summary>
    /// An account's USDC with all funding paid and received: summed over positions, rounded down.
    /// </summary>
    public static Int128 SettledUsdc(this LedgerState state, LedgerAccount account)
    {
        var unsettled = state.UnsettledPpm(account);
        return unsettled == 0
            ? account.Usdc
            : account.Usdc + Rounding.FloorDivide(unsettled, Ppm.One);
    }

    /// <summary>An account's risk, funding settled.</summary>
    public static AccountRisk RiskOf(this LedgerState state, LedgerAccount account) =>
        state.RiskOf(account, state.SettledUsdc(account), [], MarginAfter.AsItIs);

    /// <summary>An account's risk with other USDC and other positions.</summary>
    /// <param name="state">The ledger.</param>
    /// <param name="account">The account.</param>
    /// <param name="usdc">Its USDC, funding settled.</param>
    /// <param name="changes">Changes of its positions, each market at most once.</param>
    /// <param name="after">The market whose margin is that after a match.</param>
    public static AccountRisk RiskOf(
        this LedgerState state, LedgerAccount account, Int128 usdc, ReadOnlySpan<PositionChange> changes,
        in MarginAfter after)
    {
        var risk = new AccountRisk(new QuoteQuantums(usdc), QuoteQuantums.Zero, QuoteQuantums.Zero);
        foreach (ref readonly var position in account.Positions)
        {
            var quantums = position.Quantums;
            foreach (ref readonly var change in changes)
            {
                if (change.Market == position.Market) quantums += change.Quantums;
            }

            if (quantums != 0) risk = risk.With(state.MarginOf(account, position.Market, quantums, after));
        }

        foreach (ref readonly var change in changes)
        {
            if (change.Quantums == 0 || account.QuantumsIn(change.Market) != 0) continue;
            risk = risk.With(state.MarginOf(account, change.Market, change.Quantums, after));
        }

        return risk;
    }

    /// <summary>What a position adds to an account, at the account's own leverage.</summary>
    public static PositionMargin MarginOf(
        this LedgerState state, LedgerAccount account, int market, long quantums, in MarginAfter after)
    {
        var held = state.Markets[market];
        var fraction = after.Market == market ? after.Fraction : held.InitialMargin;
        var chosen = account.ChosenMargin(market);
        return held.Margin(quantums, chosen.Value > fraction.Value ? chosen : fraction);
    }

    /// <summary>
    /// What an account receives (negative: pays) when a change closes some of a position at exactly its
    /// bankruptcy price. Its maintenance margin is not zero.
    /// </summary>
    public static QuoteQuantums BankruptcyValue(
        this LedgerState state, LedgerAccount account, int market, long delta, in AccountRisk risk)
    {
        var held = account.QuantumsIn(market);
        return Liquidation.BankruptcyValue(
            state.MarginOf(account, market, held, MarginAfter.AsItIs),
            state.MarginOf(account, market, held + delta, MarginAfter.AsItIs), risk);
    }

    /// <summary>What the chain says of an update, the rule of isolation left out.</summary>
    public static UpdateResult Transition(
        this LedgerState state, LedgerAccount account, Int128 usdcDelta, ReadOnlySpan<PositionChange> changes,
        in MarginAfter after)
    {
        var settled = state.SettledUsdc(account);
        var next = state.RiskOf(account, settled + usdcDelta, changes, after);
        return next.IsInitiallyCollateralized
            ? UpdateResult.Success
            : state.RiskOf(account, settled, [], after).TransitionTo(next);
    }

    /// <summary>Whether an isolated market would stand alone, in the account and in the update.</summary>
    public static bool KeepsIsolation(
        this LedgerState state, LedgerAccount account, ReadOnlySpan<PositionChange> changes)
    {
        if (changes.IsEmpty) return true;
        var touched = changes[0].Market;
        var isIsolated = false;
        var isAlone = changes.Length == 1;
        foreach (ref readonly var change in changes) isIsolated |= state.Markets[change.Market].IsIsolated;
        foreach (ref readonly var position in account.Positions)
        {
            isIsolated |= state.Markets[position.Market].IsIsolated;
            isAlone &= position.Market == touched;
        }

        return !isIsolated || isAlone;
    }
}
