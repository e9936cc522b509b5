using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>
/// Looks at an account after every single fact and reckons with plain sums of its own, at prices that stand
/// still, whether it has more than it may. What was paid in fees since a limit was looked at is added back.
/// </summary>
internal sealed class LimitAudit(
    RiskLimits limits, Func<MarketId, Market> find, Func<MarketId, decimal> price)
{
    private readonly Dictionary<SignalId, int> _ends = [];

    public int Facts { get; private set; }

    /// <summary>How often each signal has ended.</summary>
    public IReadOnlyDictionary<SignalId, int> Ends => _ends;

    public void Look(JournaledFact fact, AccountState state)
    {
        Facts++;
        if (fact.Fact is Fact.SignalEnded ended) Count(ended.Signal);
        if (fact.Fact is Fact.SignalRefused refused) Count(refused.Signal);
        var (equity, gross, bound) = (state.Balance.Value, 0m, 0m);
        foreach (var (market, position) in state.Positions)
        {
            var worth = position.Size.Value * price(market);
            equity += worth;
            gross += Math.Abs(worth);
            bound += Math.Abs(worth) * Fraction(market);
        }

        foreach (var (market, bracket) in state.Brackets)
        {
            var waiting = Waiting(state, bracket);
            var worst = Math.Max(price(market), Limit(state, bracket)) * waiting;
            gross += worst;
            bound += worst * (Fraction(market) + limits.TakerFee.Fraction);
            var held = Math.Abs(state.SizeIn(market).Value) * price(market);
            Within(held + (price(market) * waiting), (equity + state.Totals.Fees.Value)
                * limits.MaxMarketExposure * 1.001m, $"exposure in {market}", fact);
        }

        if (state.Brackets.IsEmpty && state.Positions.IsEmpty) return;
        Within(bound, equity, "balance", fact);
        Within(gross, (equity + state.Totals.Fees.Value) * limits.LeverageCap.Value, "leverage", fact);
        Within(gross, (equity + state.Totals.Fees.Value) * limits.MaxTotalExposure, "exposure", fact);
        Assert.True(state.Brackets.Count <= limits.MaxPositions, $"{state.Brackets.Count} positions");
    }

    /// <summary>What may still be bought or sold by entries, from the orders themselves.</summary>
    private static decimal Waiting(AccountState state, Bracket bracket)
    {
        if (bracket.PendingAdd is { } add) return add.Value;
        if (bracket.Entry is not { } id) return bracket.CloseReason is null ? bracket.Size.Value : 0m;
        var entry = state.Orders[id];
        return entry.Phase != OrderPhase.Ended || bracket.AmendTo is not null
            ? (entry.Intent.Size - entry.Filled).Value
            : 0m;
    }

    private static decimal Limit(AccountState state, Bracket bracket) =>
        bracket.Entry is { } id && bracket.PendingAdd is null
            ? state.Orders[id].Intent.Limit.Value
            : bracket.EntryLimit.Value;

    private decimal Fraction(MarketId market) =>
        Math.Max(find(market).InitialMarginPpm.Fraction, 1m / limits.Leverage.Value);

    private void Count(SignalId signal) => _ends[signal] = _ends.GetValueOrDefault(signal) + 1;

    private static void Within(decimal actual, decimal limit, string name, JournaledFact fact) =>
        Assert.True(actual <= limit, $"{name} after {fact}: {actual} of {limit}");
}
