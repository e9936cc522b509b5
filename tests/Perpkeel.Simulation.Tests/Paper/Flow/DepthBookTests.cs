using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Paper.Flow;
using Perpkeel.Simulation.Tests.Chain.Ledger;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Flow;

[Trait("Req", "PAP-1")]
public sealed class DepthBookTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_side_is_a_sorted_dictionary(ulong seed, bool isBid)
    {
        var chance = new SeededRandom(seed);
        var side = new DepthSide(isBid);
        var expected = new SortedDictionary<long, long>();

        for (var step = 0; step < 3_000; step++)
        {
            var (price, size) = (chance.Between(1, 90), chance.Between(-1, 4));
            side.Set(price, size);
            if (size > 0) expected[price] = size;
            else _ = expected.Remove(price);

            var asked = chance.Between(1, 90);
            Assert.True(expected.GetValueOrDefault(asked) == side.SizeAt(asked), $"seed {seed}, step {step}");
        }

        var sorted = expected.Select(each => (each.Key, each.Value)).ToList();
        if (isBid) sorted.Reverse();
        Assert.Equal(sorted, side.Levels.ToArray());
        Assert.Equal(sorted[0].Key, side.Best);
        side.Clear();
        Assert.Equal((0, 0), (side.Best, side.Levels.Length));
    }

    [Fact]
    public void A_quote_is_the_whole_book()
    {
        var book = FlowScene.Book((Side.Buy, 10, 1), (Side.Buy, 9, 2), (Side.Sell, 12, 3));

        book.Apply(MarketEvent.Quote(0, FlowScene.Start, new(8), new(4), new(13), new(5)));

        Assert.Equal("8:4 | / | 13:5", FlowScene.Text(book));
    }

    [Fact]
    public void What_is_told_makes_one_book_of_another_and_is_never_crossed_between()
    {
        var chance = new SeededRandom(5);
        for (var turn = 0; turn < 300; turn++)
        {
            var (from, to, heard) = (Draw(chance), Draw(chance), new DepthBook());
            heard.Become(from, 0, FlowScene.Start, []);
            var told = new List<MarketEvent>();

            from.Become(to, 0, FlowScene.Start, told);

            foreach (var next in told)
            {
                heard.Apply(next);
                var isCrossed = heard.Asks.Best > 0 && heard.Bids.Best >= heard.Asks.Best;
                Assert.False(isCrossed, $"turn {turn}: {FlowScene.Text(heard)}");
            }

            Assert.Equal(FlowScene.Text(to), FlowScene.Text(heard));
            Assert.Equal(FlowScene.Text(to), FlowScene.Text(from));
            var again = new List<MarketEvent>();
            from.Become(to, 0, FlowScene.Start, again);
            Assert.Empty(again);
        }
    }

    private static DepthBook Draw(SeededRandom chance)
    {
        var book = new DepthBook();
        var middle = chance.Between(20, 60);
        for (var i = 0; i < 6; i++)
        {
            book.Bids.Set(middle - chance.Between(1, 10), chance.Between(1, 3));
            book.Asks.Set(middle + chance.Between(0, 10), chance.Between(1, 3));
        }

        return book;
    }
}
