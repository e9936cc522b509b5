using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>Sums over an account at given prices.</summary>
public static class AccountMath
{
    /// <summary>Balance plus the signed worth of all positions at their marks.</summary>
    public static Usd Equity(AccountState state, Func<MarketId, Price> mark)
    {
        var equity = state.Balance;
        foreach (var (market, position) in state.Positions) equity += mark(market) * position.Size;
        return equity;
    }

    /// <summary>What the risk gate is to know for a request about one market.</summary>
    /// <param name="state">The account.</param>
    /// <param name="markets">The markets.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="market">The market that the request is about.</param>
    /// <param name="mark">The oracle price of a market with a position.</param>
    /// <param name="placements">How many orders of the asked entry the venue would keep in its state.</param>
    /// <param name="now">Engine time.</param>
    public static AccountFacts Facts(
        AccountState state, IReadOnlyDictionary<MarketId, Market> markets, RiskLimits limits,
        MarketId market, Func<MarketId, Price> mark, int placements, DateTimeOffset now)
    {
        var equity = Equity(state, mark);
        var exposure = Usd.Zero;
        var required = Usd.Zero;
        foreach (var (id, position) in state.Positions)
        {
            var notional = (mark(id) * position.Size).Abs();
            exposure += notional;
            required += notional * InitialFraction(markets[id], limits);
        }

        foreach (var bracket in state.Brackets.Values)
        {
            var waiting = Waiting(state, bracket);
            if (waiting.IsZero) continue;

            // A short's limit lies below the price: what counts is the price at which it would be marked.
            var price = mark(bracket.Market);
            exposure += (price > bracket.EntryLimit ? price : bracket.EntryLimit) * waiting;
            required += bracket.ReservePerUnit * waiting.Value;
        }

        return new AccountFacts
        {
            Equity = equity,
            Available = equity - required,
            GrossExposure = exposure,
            Positions = state.Brackets.Count,
            LastEntryAt = state.LastEntryAt,
            DayStartEquity = state.DayStartEquity,
            PeakEquity = state.PeakEquity,
            HasPlacementRoom = state.Placements.HasRoomForEntry(now, placements),
            StatefulOrders = state.StatefulOrders + placements,
            UnknownOutcomes = state.UnknownOutcomes,
            RecentChanges = state.RecentChanges.Count(at => at > now - TimeSpan.FromMinutes(1)),
            MarketIsTaken = state.Brackets.ContainsKey(market) || !state.SizeIn(market).IsZero,
        };
    }

    /// <summary>
    /// Share of a position's notional that is needed to open it: the market's, or more by our leverage.
    /// </summary>
    public static decimal InitialFraction(Market market, RiskLimits limits) =>
        Math.Max(market.InitialMarginPpm.Fraction, 1m / limits.Leverage.Value);

    /// <summary>
    /// Collateral set aside for each base unit of an entry: its margin at the worst price, the fees of both
    /// ways, and what a fill at its limit loses at once against the oracle price.
    /// </summary>
    public static Usd ReservePerUnit(Market market, RiskLimits limits, Side side, Price limit, Price oracle)
    {
        var worst = Math.Max(limit.Value, oracle.Value);
        var loss = Math.Max(0m, (limit.Value - oracle.Value) * side.Sign());
        return new((worst * (InitialFraction(market, limits) + (2m * limits.TakerFee.Fraction))) + loss);
    }

    /// <summary>Collateral that is set aside for entries that may still fill.</summary>
    public static Usd Reserved(AccountState state) => state.Brackets.Values.Aggregate(
        Usd.Zero, (sum, bracket) => sum + (bracket.ReservePerUnit * Waiting(state, bracket).Value));

    /// <summary>How much of a bracket's entry may still fill: what its reservation stands for.</summary>
    public static Size Waiting(AccountState state, Bracket bracket)
    {
        if (bracket.PendingAdd is { } add) return add;
        if (bracket.Entry is { } id)
        {
            var entry = state.Order(id);
            return bracket.AmendTo is null ? entry.Unfilled : entry.Intent.Size - entry.Filled;
        }

        return bracket.CloseReason is null && bracket.StopFailures == 0 ? bracket.Size : Size.Zero;
    }

    /// <summary>The account's risk in the chain's integers, without the position in one market.</summary>
    /// <param name="state">The account.</param>
    /// <param name="markets">The markets.</param>
    /// <param name="oracle">The integer oracle price of a market with a position.</param>
    /// <param name="without">The market to leave out; null for the whole account.</param>
    public static AccountRisk Risk(
        AccountState state, IReadOnlyDictionary<MarketId, Market> markets, Func<MarketId, long> oracle,
        MarketId? without)
    {
        var risk = new AccountRisk(
            QuoteQuantums.FromUsdRoundingDown(state.Balance), QuoteQuantums.Zero, QuoteQuantums.Zero);
        foreach (var (id, position) in state.Positions)
        {
            if (id == without || position.Size.IsZero) continue;
            var market = markets[id];
            var quantums = market.QuantumsOf(market.StepsOf(position.Size));
            risk = risk.With(PositionMargin.Of(market, quantums, oracle(id)));
        }

        return risk;
    }

    /// <summary>
    /// Looks prices up in a request's facts; a market without one is marked at the last price seen.
    /// </summary>
    public static Func<MarketId, Price> Marks(AccountState state, ImmutableArray<MarketFacts> prices) =>
        market =>
        {
            foreach (var facts in prices)
            {
                if (facts.Market == market && facts.Quality != QualityGrade.Missing) return facts.Oracle;
            }

            return state.Brackets.TryGetValue(market, out var bracket)
                ? bracket.LastPrice
                : state.Positions[market].EntryPrice;
        };
}
