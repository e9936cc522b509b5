using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>A TWAP under way.</summary>
/// <param name="order">The parent.</param>
/// <param name="firstLeg">When its first leg is due.</param>
internal sealed class TwapRun(LiveOrder order, DateTimeOffset firstLeg)
{
    /// <summary>The parent; its fills are those of its legs.</summary>
    public LiveOrder Parent { get; } = order;

    /// <summary>How many legs there are altogether.</summary>
    public int Legs { get; } = (int)(order.Order.Twap!.Value.DurationSeconds
        / order.Order.Twap!.Value.IntervalSeconds);

    /// <summary>How many legs are still to come.</summary>
    public int LegsLeft { get; private set; } = (int)(order.Order.Twap!.Value.DurationSeconds
        / order.Order.Twap!.Value.IntervalSeconds);

    /// <summary>When the next leg is due.</summary>
    public DateTimeOffset NextLeg { get; private set; } = firstLeg;

    /// <summary>The last leg; null before the first.</summary>
    public LiveOrder? Leg { get; set; }

    /// <summary>A leg was made or left out at this time.</summary>
    public void Pass(DateTimeOffset time)
    {
        LegsLeft--;
        NextLeg = time + TimeSpan.FromSeconds(Parent.Order.Twap!.Value.IntervalSeconds);
    }
}

/// <summary>Cuts TWAPs into legs.</summary>
/// <remarks>
/// Source: the protocol, section 14: what is left over the legs that are left, at most three times the
/// ordinary leg, rounded down to whole steps; good for three seconds.
/// </remarks>
internal static class TwapOrders
{
    /// <summary>Base quantums of the ordinary leg of a TWAP, not rounded to steps.</summary>
    public static long OrdinaryLeg(ChainOrder order) =>
        order.Quantums / (order.Twap!.Value.DurationSeconds / order.Twap.Value.IntervalSeconds);

    /// <summary>The leg that is due; null when it would have no size or no price.</summary>
    /// <param name="run">The TWAP.</param>
    /// <param name="market">Its market.</param>
    /// <param name="time">The block's time.</param>
    /// <param name="parameters">How long a leg stands and how much it catches up.</param>
    public static ChainOrder? LegOf(
        TwapRun run, LedgerMarket market, DateTimeOffset time, OrderParameters parameters)
    {
        var order = run.Parent.Order;
        var even = run.Parent.Left / run.LegsLeft;
        var most = (Int128)OrdinaryLeg(order) * parameters.TwapCatchUp;
        var size = (long)Int128.Min(even, most);
        size -= size % market.Market.StepBaseQuantums;
        var subticks = SubticksOf(order, market);
        if (size == 0 || subticks <= 0) return null;
        return order with
        {
            Id = order.Id with { Flags = OrderFlags.TwapSuborder },
            Quantums = size,
            Subticks = subticks,
            GoodTilBlockTime = (uint)(time + parameters.TwapLegLife).ToUnixTimeSeconds(),
            TimeInForce = TimeInForce.Unspecified,
            Twap = null,
        };
    }

    /// <summary>The limit of all legs, or the oracle and the tolerance, inside on the grid.</summary>
    private static long SubticksOf(ChainOrder order, LedgerMarket market)
    {
        if (order.Subticks > 0) return order.Subticks;
        var oracle = OracleSubticks.Of(market.Market, market.OraclePrice);
        var tolerance = (long)order.Twap!.Value.PriceTolerancePpm;
        Int128 tick = market.Market.SubticksPerTick;
        var limit = order.Side == Side.Buy
            ? oracle.Floor(tolerance) / tick * tick
            : (oracle.Ceiling(-tolerance) + tick - 1) / tick * tick;
        return limit > long.MaxValue ? 0 : (long)limit;
    }
}
