using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What a block does after its transactions, up to its commit.</summary>
/// <remarks>
/// In this order: governance, oracle prices, votes, funding, orders whose time is over, legs of TWAPs,
/// triggers.
/// </remarks>
internal sealed class BlockEnd(VenueState state)
{
    /// <summary>Does all of it.</summary>
    public void Run(BlockInput input)
    {
        foreach (var (market, status) in input.Statuses) Govern(market, status);
        foreach (var (market, price) in input.OraclePrices)
        {
            state.Ledger.MoveOracle(market, price);
            state.Journal.Priced(market, price);
        }

        if (input.Premiums is { } premiums)
        {
            foreach (var (market, premium) in premiums) state.Ledger.Funding.Vote(market, premium);
        }
        else
        {
            for (var market = 0; market < state.Markets.Count; market++)
            {
                state.Ledger.Funding.Vote(market, PremiumOf(market));
            }
        }

        if (state.Ledger.Funding.EndBlock()) state.Journal.Funded();
        while (state.Stateful.NextExpired(input.Time) is { } order)
        {
            state.Remove(order, RemovalReason.Expired);
        }

        for (var i = 0; i < state.Twaps.Count; i++) Continue(state.Twaps[i], input.Time);
        _ = state.Twaps.RemoveAll(run => !run.Parent.IsLive);
        for (var market = 0; market < state.Markets.Count; market++) Trigger(market);
    }

    private void Govern(int market, ClobPairStatus status)
    {
        state.Ledger.SetStatus(market, status);
        if (status != ClobPairStatus.FinalSettlement) return;
        foreach (var order in OrdersOf(state.Stateful.All, market))
        {
            state.Remove(order, RemovalReason.FinalSettlement);
        }

        foreach (var order in OrdersOf(state.ShortTerm.Open(), market))
        {
            state.Remove(order, RemovalReason.FinalSettlement);
        }
    }

    private static List<LiveOrder> OrdersOf(IEnumerable<LiveOrder> orders, int market) =>
        [.. orders.Where(order => order.Market == market).OrderBy(order => order.Sequence)];

    /// <summary>The premium for which a proposer votes with its book; zero where it has none.</summary>
    public Ppm PremiumOf(int market)
    {
        var funding = state.Ledger.Funding;
        var (bid, ask) = (state.Books.Best(market, Side.Buy), state.Books.Best(market, Side.Sell));
        if (state.Ledger.Markets[market].OraclePrice == 0 || !funding.IsOutside(market, bid, ask))
        {
            return default;
        }

        var orders = new List<BookOrder>();
        Probe(market, Side.Buy, orders);
        Probe(market, Side.Sell, orders);
        return funding.PremiumOf(market, orders).TryGet(out var premium, out _) ? premium : default;
    }

    /// <summary>As much of a side as holds the impact notional.</summary>
    private void Probe(int market, Side side, List<BookOrder> orders)
    {
        var rules = state.Ledger.Markets[market].Market;
        var left = rules.ImpactNotional;
        foreach (var order in state.Books[market].Orders(side))
        {
            var subticks = state.Books.SubticksOf(market, order.Price);
            orders.Add(new(side, order.Quantums, subticks));
            left -= rules.FillValue(subticks, order.Quantums);
            if (left < QuoteQuantums.Zero) return;
        }
    }

    private void Continue(TwapRun run, DateTimeOffset time)
    {
        var parent = run.Parent;
        if (!parent.IsLive) return;
        if (run.Leg is { IsLive: false, End: not (RemovalReason.FullyFilled or RemovalReason.Expired) })
        {
            state.Remove(parent, RemovalReason.TwapLegRefused);
            return;
        }

        if (run.Leg is { IsLive: true }) return;
        run.Leg = null;
        if (parent.Left == 0)
        {
            state.Remove(parent, RemovalReason.FullyFilled);
        }
        else if (run.LegsLeft == 0)
        {
            state.Remove(parent, RemovalReason.Expired);
        }
        else if (time >= run.NextLeg)
        {
            Cut(run, time);
        }
    }

    private void Cut(TwapRun run, DateTimeOffset time)
    {
        var parent = run.Parent;
        var leg = TwapOrders.LegOf(run, state.Ledger.Markets[parent.Market], time, state.Parameters);
        run.Pass(time);
        if (leg is null) return;
        if (OrderCollateral.FaultOf(state.Ledger, parent.Account, leg) is not null)
        {
            state.Remove(parent, RemovalReason.TwapLegRefused);
            return;
        }

        run.Leg = new LiveOrder { Order = leg, Account = parent.Account, Parent = parent };
        state.Stateful.Add(run.Leg);
        state.Journal.Changed(run.Leg, OrderChange.Opened);
        state.Entering.Add(run.Leg);
    }

    private void Trigger(int market)
    {
        var waiting = state.Untriggered[market];
        if (waiting.Count == 0) return;
        var held = state.Ledger.Markets[market];
        var triggered = waiting.Triggered(
            OracleSubticks.Of(held.Market, held.OraclePrice), state.Books.RangeOf(market),
            state.Markets[market].LeastPriceChange.Value);
        foreach (var order in triggered)
        {
            waiting.Remove(order);
            order.IsTriggered = true;
            state.Stateful.MoveToEnd(order);
            state.Journal.Changed(order, OrderChange.Triggered);
            state.TriggeredNow.Add(order);
        }
    }
}
