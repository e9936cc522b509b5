using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Accounts;

[Trait("Req", "EXE-8")]
public sealed class PositionTests
{
    private static readonly MarketId Market = new("BTC-USD");

    [Fact]
    public void What_is_added_averages_the_entry()
    {
        var position = After(After(null, Side.Buy, 100m, 1m), Side.Buy, 130m, 2m);

        Assert.Equal(new Price(120m), position.EntryPrice);
        Assert.Equal(new Size(3m), position.Size);
        Assert.Equal(Side.Buy, position.Side);
        Assert.Equal(new Usd(30m), position.UnrealisedAt(new Price(130m)));
    }

    [Fact]
    public void A_short_averages_in_the_same_way()
    {
        var position = After(After(null, Side.Sell, 100m, 1m), Side.Sell, 130m, 2m);

        Assert.Equal(new Price(120m), position.EntryPrice);
        Assert.Equal(new Usd(-30m), position.UnrealisedAt(new Price(130m)));
    }

    [Fact]
    public void A_reduction_leaves_the_entry()
    {
        var position = After(After(null, Side.Buy, 100m, 3m), Side.Sell, 150m, 1m);

        Assert.Equal(new Price(100m), position.EntryPrice);
        Assert.Equal(new Size(2m), position.Size);
    }

    [Fact]
    public void A_flip_takes_the_price_of_the_fill_that_flipped_it()
    {
        var position = After(After(null, Side.Buy, 100m, 1m), Side.Sell, 150m, 3m);

        Assert.Equal(new Price(150m), position.EntryPrice);
        Assert.Equal(new Size(-2m), position.Size);
        Assert.Equal(Side.Sell, position.Side);
    }

    [Fact]
    [Trait("Req", "EXE-9")]
    public void Flat_it_has_realised_its_cash_flow_less_fees_and_with_funding()
    {
        var closed = After(After(null, Side.Buy, 100m, 1m), Side.Sell, 150m, 1m);

        var position = closed with { Funding = new Usd(-3m) };

        Assert.True(position.Size.IsZero);
        Assert.Equal(new Price(100m), position.EntryPrice);
        Assert.Equal(new Usd(50m), position.CashFlow);
        Assert.Equal(new Usd(2m), position.Fees);
        Assert.Equal(new Usd(45m), position.Realised);
    }

    [Fact]
    public void What_was_flat_begins_anew_at_the_next_fill()
    {
        var flat = After(After(null, Side.Buy, 100m, 1m), Side.Sell, 150m, 1m);

        var position = After(flat, Side.Sell, 160m, 2m);

        Assert.Equal(new Price(160m), position.EntryPrice);
        Assert.Equal(new Size(-2m), position.Size);
    }

    /// <summary>A fill at a fee of one.</summary>
    private static Position After(Position? before, Side side, decimal price, decimal size) => Position.After(
        before, Market, side, new Price(price), new Size(size), new Usd(price * size), new Usd(1m),
        DateTimeOffset.UnixEpoch);
}
