using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>The lowest and the highest price of a block's fills in a market, in subticks.</summary>
/// <param name="Low">The lowest; 0 without a fill.</param>
/// <param name="High">The highest; 0 without a fill.</param>
internal readonly record struct TradeRange(long Low, long High)
{
    /// <summary>The range with one more fill in it.</summary>
    public TradeRange With(long subticks) =>
        Low == 0 ? new(subticks, subticks) : new(Math.Min(Low, subticks), Math.Max(High, subticks));
}

/// <summary>Conditional orders of one market that wait for a price.</summary>
/// <remarks>
/// Source: the protocol, section 7.6: beside the oracle price the block's lowest and highest fill count, as
/// far as they are within five of the market's least price changes of the oracle. Take-profit buys and
/// stop-loss sells trigger at or below their price, the others at or above.
/// </remarks>
internal sealed class UntriggeredOrders
{
    /// <summary>How many of the market's least price changes a fill may lie from the oracle.</summary>
    public const long RangeFactor = 5;

    private readonly SortedSet<(long Trigger, long Sequence, LiveOrder Order)> _below = new(Ascending);
    private readonly SortedSet<(long Trigger, long Sequence, LiveOrder Order)> _above = new(Ascending);

    private static Comparer<(long Trigger, long Sequence, LiveOrder Order)> Ascending =>
        Comparer<(long Trigger, long Sequence, LiveOrder Order)>.Create(static (left, right) =>
            left.Trigger != right.Trigger
                ? left.Trigger.CompareTo(right.Trigger)
                : left.Sequence.CompareTo(right.Sequence));

    /// <summary>How many wait.</summary>
    public int Count => _below.Count + _above.Count;

    /// <summary>An order waits from now on.</summary>
    public void Add(LiveOrder order) => _ = SetOf(order).Add(KeyOf(order));

    /// <summary>An order waits no longer.</summary>
    public void Remove(LiveOrder order) => _ = SetOf(order).Remove(KeyOf(order));

    /// <summary>The orders that these prices trigger, in the order of their placement.</summary>
    /// <param name="oracle">The oracle price.</param>
    /// <param name="range">The block's fills.</param>
    /// <param name="leastChangePpm">The market's least price change, in millionths of the price.</param>
    public IReadOnlyList<LiveOrder> Triggered(
        in OracleSubticks oracle, in TradeRange range, long leastChangePpm)
    {
        if (Count == 0 || oracle.Numerator == 0) return [];
        var (lowest, highest) = (oracle.Ceiling(0), oracle.Floor(0));
        if (range.Low > 0)
        {
            // Triggers are whole subticks: x <= trigger is the same as ceiling(x) <= trigger.
            var away = RangeFactor * leastChangePpm;
            var low = Int128.Clamp(range.Low, oracle.Ceiling(-away), oracle.Ceiling(away));
            var high = Int128.Clamp(range.High, oracle.Floor(-away), oracle.Floor(away));
            (lowest, highest) = (Int128.Min(lowest, low), Int128.Max(highest, high));
        }

        var triggered = new List<LiveOrder>();
        foreach (var (trigger, _, order) in _below.Reverse())
        {
            if (trigger < lowest) break;
            triggered.Add(order);
        }

        foreach (var (trigger, _, order) in _above)
        {
            if (trigger > highest) break;
            triggered.Add(order);
        }

        triggered.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        return triggered;
    }

    private static (long Trigger, long Sequence, LiveOrder Order) KeyOf(LiveOrder order) =>
        (order.Order.TriggerSubticks, order.Sequence, order);

    private SortedSet<(long Trigger, long Sequence, LiveOrder Order)> SetOf(LiveOrder order)
    {
        var isStop = order.Order.Condition == ConditionType.StopLoss;
        return isStop == (order.Side == Side.Sell) ? _below : _above;
    }
}
