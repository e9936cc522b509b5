using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>Levels are found by price, wherever they lie and wherever the window is.</summary>
[Trait("Req", "PAP-1")]
public sealed class LevelIndexTests
{
    private const long Far = 1L << 62;

    private readonly LevelPool _levels = new();
    private readonly LevelIndex _index;

    public LevelIndexTests() => _index = new LevelIndex(_levels);

    [Fact]
    public void Any_price_from_one_tick_up_has_its_level()
    {
        long[] prices = [1, 2, 63, 64, 4_095, 4_096, 1_000_000, Far - 1, Far, Far + 1, long.MaxValue];
        foreach (var price in prices) Add(price);

        Assert.Equal(prices, Upwards());
        Assert.Equal(prices.Reverse(), Downwards());
        Assert.All(prices, price => Assert.Equal(price, _levels[_index.Find(price)].Price));
        Assert.Equal(LevelPool.None, _index.Find(3));
        Assert.Equal(LevelPool.None, _index.Find(Far + 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(900)]
    [InlineData(1_000_000)]
    [InlineData(Far)]
    [InlineData(long.MaxValue)]
    public void The_window_goes_where_the_market_is(long price)
    {
        _index.Miss(price, price, across: null);

        Assert.True(_index.IsNear(price));
    }

    [Fact]
    public void The_window_lies_about_the_middle_of_a_tight_market_and_at_the_touch_of_a_wide_one()
    {
        _index.Miss(100_000, touch: 100_000, across: 102_000);
        Assert.Equal((true, true), (_index.IsNear(98_953), _index.IsNear(103_047)));
        Assert.Equal((false, false), (_index.IsNear(98_951), _index.IsNear(103_048)));

        _index.Miss(200_000, touch: 200_000, across: 202_048);
        Assert.Equal((true, true), (_index.IsNear(197_952), _index.IsNear(202_047)));
        Assert.Equal((false, false), (_index.IsNear(197_951), _index.IsNear(202_048)));
    }

    [Fact]
    public void The_window_moves_when_it_was_missed_more_often_than_it_has_levels()
    {
        _index.Miss(10_000, 10_000, across: null);
        foreach (var price in (long[])[10_000, 10_001, 11_000]) Add(price);

        for (var miss = 0; miss < 3; miss++)
        {
            _index.Miss(90_000, 90_000, across: null);
            Assert.False(_index.IsNear(90_000));
        }

        _index.Miss(90_000, 90_000, across: null);

        Assert.True(_index.IsNear(90_000));
        Assert.Equal([10_000, 10_001, 11_000], Upwards());
    }

    [Fact]
    public void Orders_far_from_the_touch_do_not_move_the_window()
    {
        _index.Miss(10_000, 10_000, across: null);

        for (var miss = 0; miss < 100; miss++) _index.Miss(90_000, touch: 91_024, across: null);

        Assert.True(_index.IsNear(10_000));
    }

    [Fact]
    public void Levels_leave_and_enter_the_window_when_it_moves()
    {
        _index.Miss(10_000, 10_000, across: null);
        foreach (var price in (long[])[7_000, 9_000, 11_000, 12_500, 13_000, 14_500, 90_000]) Add(price);

        for (var miss = 0; miss < 3; miss++) _index.Miss(12_500, 12_500, across: null);

        Assert.Equal((false, true), (_index.IsNear(9_000), _index.IsNear(11_000)));
        Assert.Equal((true, false), (_index.IsNear(14_500), _index.IsNear(90_000)));
        Assert.Equal([7_000, 9_000, 11_000, 12_500, 13_000, 14_500, 90_000], Upwards());
        foreach (var price in (long[])[9_000, 14_500, 90_000, 7_000, 12_500]) Remove(price);
        Assert.Equal([11_000, 13_000], Upwards());
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Neighbours_are_found_as_in_a_sorted_set(ulong seed)
    {
        var random = new SeededRandom(seed);
        var known = new SortedSet<long>();
        for (var step = 0; step < 20_000; step++)
        {
            var price = NextPrice();
            if (step % 500 == 0) _index.Miss(price, price, across: null);
            if (known.Remove(price)) Remove(price);
            else if (known.Add(price)) Add(price);

            var asked = NextPrice();
            Assert.Equal(known.GetViewBetween(asked + 1, long.MaxValue).Min, PriceOf(_index.Above(asked)));
            Assert.Equal(known.GetViewBetween(0, asked - 1).Max, PriceOf(_index.Below(asked)));
            Assert.Equal(known.Contains(asked) ? asked : 0, PriceOf(_index.Find(asked)));
        }

        Assert.Equal(known, Upwards());

        // Half the prices crowd about a million, the others lie anywhere.
        long NextPrice() => (random.NextBits() & 1) == 0
            ? 998_000 + (long)(random.NextBits() % 4_000)
            : 1 + (long)(random.NextBits() >> (int)(2 + (random.NextBits() % 56)));
    }

    [Fact]
    public void A_tree_of_levels_in_order_of_price_is_not_deep()
    {
        const int Count = 1 << 14;
        _index.Miss(Far, Far, across: null);
        for (var price = 1L; price <= Count; price++) Add(price);

        var depth = Depth(RootOf(), 0);

        // Balanced it would be 14; by lot about 2.5 times as deep; a list would be 16,384.
        Assert.InRange(depth, 14, 60);
    }

    private void Add(long price) => _index.Add(_levels.Take(Side.Buy, price));

    private void Remove(long price)
    {
        var level = _index.Find(price);
        _index.Remove(level);
        _levels.Give(level);
    }

    /// <summary>A level's price; 0, which no level has, for none.</summary>
    private long PriceOf(int level) => level != LevelPool.None ? _levels[level].Price : 0;

    /// <summary>The level that no other has under it.</summary>
    private int RootOf()
    {
        var levels = Enumerable.Range(0, 1 << 14).ToHashSet();
        for (var level = 0; level < 1 << 14; level++)
        {
            _ = levels.Remove(_levels[level].Lower);
            _ = levels.Remove(_levels[level].Higher);
        }

        return Assert.Single(levels);
    }

    private int Depth(int level, int above) => level == LevelPool.None
        ? above
        : Math.Max(Depth(_levels[level].Lower, above + 1), Depth(_levels[level].Higher, above + 1));

    private List<long> Upwards()
    {
        var prices = new List<long>();
        for (var next = PriceOf(_index.Above(0)); next > 0; next = PriceOf(_index.Above(next)))
            prices.Add(next);
        return prices;
    }

    private List<long> Downwards()
    {
        var prices = new List<long>();
        var level = _index.Find(long.MaxValue);
        for (; level != LevelPool.None; level = _index.Below(_levels[level].Price))
            prices.Add(_levels[level].Price);
        return prices;
    }
}
