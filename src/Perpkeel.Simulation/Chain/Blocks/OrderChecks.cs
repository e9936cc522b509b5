using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What an order or a cancel must be on the chain as it stands.</summary>
/// <remarks>Source: the protocol, sections 7.3, 7.8 and 12.1.</remarks>
internal static class OrderChecks
{
    /// <summary>Why an order does not fit its market; null when it does.</summary>
    public static TxResult? FaultOfMarket(VenueState state, ChainOrder order)
    {
        var pair = order.Id.ClobPair;
        if (FaultOfPair(state, pair) is { } unknown) return unknown;
        var market = state.Ledger.Markets[pair];
        var (step, tick) = (market.Market.StepBaseQuantums, market.Market.SubticksPerTick);
        if (order.Quantums % step != 0)
        {
            return OrderRefusals.OffGrid($"{order.Quantums} quantums are no multiple of {step}");
        }

        if (order.Subticks % tick != 0 || order.TriggerSubticks % tick != 0)
        {
            return OrderRefusals.OffGrid($"a price is no multiple of {tick} subticks");
        }

        if (order.Id.Flags == OrderFlags.Twap && TwapOrders.OrdinaryLeg(order) < step)
        {
            return OrderRefusals.OffGrid($"legs of the TWAP are smaller than {step} quantums");
        }

        return market.Status switch
        {
            ClobPairStatus.Active => null,
            ClobPairStatus.Initializing => FaultWhileInitializing(order, market),
            _ => OrderRefusals.StatusForbids($"clob pair {pair} is {market.Status}"),
        };
    }

    /// <summary>Why there is no such pair; null when there is.</summary>
    public static TxResult? FaultOfPair(VenueState state, int pair) =>
        pair < 0 || pair >= state.Markets.Count ? OrderRefusals.UnknownPair(pair) : null;

    /// <summary>Why a good-til block is not in the window; null when it is.</summary>
    public static TxResult? FaultOfGoodTilBlock(VenueState state, uint goodTil)
    {
        var most = state.Next + state.Parameters.ShortBlockWindow;
        if (goodTil < state.Next) return OrderRefusals.GoodTilBlockPast(goodTil, state.Next);
        return goodTil > most ? OrderRefusals.GoodTilBlockTooFar(goodTil, most) : null;
    }

    /// <summary>Why a good-til time is not in the window; null when it is.</summary>
    public static TxResult? FaultOfGoodTilTime(VenueState state, uint goodTil)
    {
        var (time, most) = (DateTimeOffset.FromUnixTimeSeconds(goodTil), state.Parameters.LongestGoodTil);
        if (time <= state.Time)
        {
            return OrderRefusals.GoodTilTimePast(goodTil, state.Time.ToUnixTimeSeconds());
        }

        return time > state.Time + most
            ? OrderRefusals.GoodTilTimeTooFar(goodTil, (state.Time + most).ToUnixTimeSeconds())
            : null;
    }

    /// <summary>Why a stateful order is not taken in; null when it is.</summary>
    /// <param name="state">The venue.</param>
    /// <param name="order">The order.</param>
    /// <param name="isCheck">Whether it comes to the mempool, where what waits for its block counts.</param>
    public static TxResult? FaultOfPlacement(VenueState state, ChainOrder order, bool isCheck)
    {
        if (FaultOfMarket(state, order) is { } market) return market;
        if (FaultOfGoodTilTime(state, order.GoodTilBlockTime) is { } time) return time;
        var stateful = state.Stateful;
        var standing = stateful.Find(order.Id);
        var isCancelled = standing is { IsCancelling: true } || stateful.WasCancelled(order.Id);
        if (isCancelled || (isCheck && stateful.IsCancelPending(order.Id)))
        {
            return OrderRefusals.CancelledInBlock;
        }

        // An order that was filled since the last block is in the chain's state until the next one.
        if (standing is not null || stateful.WasRemoved(order.Id)
            || (isCheck && stateful.PendingGoodTil(order.Id) is not null))
        {
            return OrderRefusals.StatefulExists;
        }

        var account = state.Ledger.Accounts.Find(order.Id.Subaccount);
        var worth = account < 0 ? 0 : state.Ledger.RiskOf(account).NetCollateral.Value;
        var limit = state.Parameters.StatefulLimit(worth);
        var open = stateful.CountOf(account, isCheck);
        if (open >= limit) return OrderRefusals.EquityTier(open, limit);
        return order.Id.Flags == OrderFlags.Conditional
            ? null
            : OrderCollateral.FaultOf(state.Ledger, account, order);
    }

    /// <summary>Why a stateful cancel is not taken; null when it is.</summary>
    /// <param name="state">The venue.</param>
    /// <param name="cancel">The cancel.</param>
    /// <param name="isCheck">Whether it comes to the mempool, where what waits for its block counts.</param>
    public static TxResult? FaultOfCancel(VenueState state, ChainMessage.Cancel cancel, bool isCheck)
    {
        if (FaultOfPair(state, cancel.Id.ClobPair) is { } pair) return pair;
        if (FaultOfGoodTilTime(state, cancel.GoodTilBlockTime) is { } time) return time;
        var stateful = state.Stateful;
        if (isCheck && stateful.IsCancelPending(cancel.Id))
        {
            return OrderRefusals.Clob(32, "a cancel of this id waits for its block");
        }

        var pending = isCheck ? stateful.PendingGoodTil(cancel.Id) : null;
        var goodTil = stateful.Find(cancel.Id) is { IsCancelling: false } standing
            ? standing.Order.GoodTilBlockTime
            : pending;
        if (goodTil is null)
        {
            if (!stateful.WasRemoved(cancel.Id)) return OrderRefusals.StatefulNotThere;
            return isCheck ? null : OrderRefusals.CancelOfRemoved;
        }

        return cancel.GoodTilBlockTime < goodTil
            ? OrderRefusals.Clob(29, $"a cancel until {cancel.GoodTilBlockTime} ends before {goodTil}")
            : null;
    }

    /// <summary>Why a reduce-only order may not enter; null when it may.</summary>
    public static TxResult? FaultOfReduceOnly(VenueState state, ChainOrder order)
    {
        if (!order.ReduceOnly) return null;
        var account = state.Ledger.Accounts.Find(order.Id.Subaccount);
        var held = account < 0 ? 0 : state.Ledger.Accounts[account].QuantumsIn(order.Id.ClobPair);
        return Math.Sign(held) == -order.Side.Sign()
            ? null
            : OrderRefusals.Clob(2001, $"a position of {held} would not be reduced");
    }

    private static TxResult? FaultWhileInitializing(ChainOrder order, LedgerMarket market)
    {
        if (order.Id.IsStateful || order.TimeInForce != TimeInForce.PostOnly)
        {
            return OrderRefusals.StatusForbids("only short-term post-only orders are taken at first");
        }

        var oracle = OracleSubticks.Of(market.Market, market.OraclePrice);
        var isOnItsSide = order.Side == Side.Buy
            ? order.Subticks <= oracle.Floor(0)
            : order.Subticks >= oracle.Ceiling(0);
        return isOnItsSide ? null : OrderRefusals.StatusForbids("at first no order crosses the oracle price");
    }
}
