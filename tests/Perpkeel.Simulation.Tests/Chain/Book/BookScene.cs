using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>A book and the shortest words for what is done to it and what is in it.</summary>
internal sealed class BookScene
{
    public ClobBook Book { get; } = new();

    public Placement Buy(
        long quantums, long price, long tag = 0, TimeInForce force = TimeInForce.Rest) =>
        Place(new IncomingOrder(Side.Buy, new Ticks(price), quantums, tag, force));

    public Placement Sell(
        long quantums, long price, long tag = 0, TimeInForce force = TimeInForce.Rest) =>
        Place(new IncomingOrder(Side.Sell, new Ticks(price), quantums, tag, force));

    public Placement Place(in IncomingOrder order)
    {
        var judge = default(AgreeingJudge);
        return Book.Place(order, ref judge);
    }

    /// <summary>Places an order before a judge with these verdicts; gives what it was offered.</summary>
    public (Placement Placed, List<MatchOffer> Offers) Judged(
        in IncomingOrder order, params MatchVerdict[] verdicts)
    {
        var judge = new ListedJudge(verdicts);
        return (Book.Place(order, ref judge), judge.Offers);
    }

    /// <summary>What a side holds, e.g. <c>5@100 #1, 2@99 #2</c>.</summary>
    public string Orders(Side side)
    {
        var told = new List<string>();
        foreach (var order in Book.Orders(side)) told.Add($"{order.Quantums}@{order.Price} #{order.Tag}");
        return string.Join(", ", told);
    }

    /// <summary>The levels of a side, e.g. <c>7@100 x2</c>.</summary>
    public string Levels(Side side)
    {
        var told = new List<string>();
        foreach (var level in Book.Levels(side)) told.Add($"{level.Quantums}@{level.Price} x{level.Orders}");
        return string.Join(", ", told);
    }

    /// <summary>What the last placement did to makers, e.g. <c>5@100 #1 left 0</c>.</summary>
    public string Events()
    {
        var told = new List<string>();
        foreach (var done in Book.Events)
        {
            var end = done.IsFill ? $"left {done.Left}" : $"{done.Removal}";
            told.Add($"{done.Quantums}@{done.Price} #{done.MakerTag} {end}");
        }

        return string.Join(", ", told);
    }
}
