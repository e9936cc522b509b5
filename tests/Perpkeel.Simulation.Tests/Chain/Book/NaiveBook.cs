using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>An order of the naive book; found by its tag, which must be its own.</summary>
internal sealed class NaiveOrder(IncomingOrder order, long left)
{
    public long Tag => order.Tag;

    public Side Side => order.Side;

    public long Price => order.Price.Value;

    public long Left { get; set; } = left;
}

/// <summary>What the naive book did to a maker.</summary>
internal readonly record struct NaiveEvent(
    long Tag, long Price, long Quantums, long Left, MatchRefusal Removal);

/// <summary>
/// The rules of a book in the shortest code that says them: one sorted list a side, searched from its
/// beginning. What the real book is compared with.
/// </summary>
internal sealed class NaiveBook
{
    public List<NaiveOrder> Bids { get; } = [];

    public List<NaiveOrder> Asks { get; } = [];

    public List<NaiveEvent> Events { get; } = [];

    public List<NaiveOrder> Of(Side side) => side == Side.Buy ? Bids : Asks;

    public (PlaceOutcome Outcome, MatchRefusal Reason, long Filled, long Left) Place<TJudge>(
        IncomingOrder order, ref TJudge judge)
        where TJudge : struct, IMatchJudge
    {
        Events.Clear();
        var isTrial = order.Force == TimeInForce.PostOnly;
        var left = order.Quantums;
        var filled = 0L;
        var stopped = MatchRefusal.None;

        // A trial is run on copies of the makers; afterwards only the removals count.
        var makers = Of(order.Side.Opposite()).TakeWhile(maker => Crosses(order, maker.Price)).ToList();
        foreach (var maker in makers)
        {
            var makerLeft = maker.Left;
            while (left > 0 && makerLeft > 0 && stopped == MatchRefusal.None)
            {
                var most = Math.Min(left, makerLeft);
                var verdict = judge.Judge(Offer(order, maker, most, isTrial));
                left -= verdict.Quantums;
                makerLeft -= verdict.Quantums;
                filled += verdict.Quantums;
                if (verdict.Quantums > 0 && !isTrial)
                {
                    maker.Left = makerLeft;
                    Tell(maker, verdict.Quantums, makerLeft, MatchRefusal.None);
                }

                if (makerLeft > 0 && verdict.Maker != MatchRefusal.None)
                {
                    Tell(maker, maker.Left, 0, verdict.Maker);
                    maker.Left = makerLeft = 0;
                }

                stopped = verdict.Taker;
            }
        }

        _ = Bids.RemoveAll(maker => maker.Left == 0);
        _ = Asks.RemoveAll(maker => maker.Left == 0);
        return Ending(order, isTrial, filled, stopped);
    }

    public bool Cancel(long tag) => Bids.Concat(Asks).Any(order => order.Tag == tag) && Remove(tag);

    public bool Reduce(long tag, long quantums, out long left)
    {
        left = 0;
        var order = Bids.Concat(Asks).SingleOrDefault(order => order.Tag == tag);
        if (order is null) return false;
        order.Left = left = Math.Max(0, order.Left - quantums);
        return left > 0 || Remove(tag);
    }

    private (PlaceOutcome Outcome, MatchRefusal Reason, long Filled, long Left) Ending(
        IncomingOrder order, bool isTrial, long filled, MatchRefusal stopped)
    {
        if (isTrial && filled > 0) return (PlaceOutcome.WouldTake, default, 0, order.Quantums);
        var left = order.Quantums - filled;
        if (left == 0) return (PlaceOutcome.Filled, default, filled, 0);
        if (stopped != MatchRefusal.None) return (PlaceOutcome.Stopped, stopped, filled, left);
        if (order.Force == TimeInForce.ImmediateOrCancel)
            return (PlaceOutcome.RestDropped, default, filled, left);

        var side = Of(order.Side);
        var place = side.FindIndex(other => order.Side == Side.Buy
            ? other.Price < order.Price.Value
            : other.Price > order.Price.Value);
        side.Insert(place < 0 ? side.Count : place, new NaiveOrder(order, left));
        return (PlaceOutcome.Resting, default, filled, left);
    }

    private bool Remove(long tag) =>
        Bids.RemoveAll(order => order.Tag == tag) + Asks.RemoveAll(order => order.Tag == tag) == 1;

    private void Tell(NaiveOrder maker, long quantums, long left, MatchRefusal removal) =>
        Events.Add(new NaiveEvent(maker.Tag, maker.Price, quantums, left, removal));

    private static bool Crosses(IncomingOrder order, long price) =>
        order.Side == Side.Buy ? price <= order.Price.Value : price >= order.Price.Value;

    private static MatchOffer Offer(IncomingOrder order, NaiveOrder maker, long quantums, bool isTrial) =>
        new()
        {
            TakerTag = order.Tag,
            MakerTag = maker.Tag,
            Price = new Ticks(maker.Price),
            Quantums = quantums,
            TakerSide = order.Side,
            IsTrial = isTrial,
        };
}
