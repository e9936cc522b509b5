using Perpkeel.Core.Instruments;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Flow;

/// <summary>Where orders of ours stand among those of others, by each fill model.</summary>
[Trait("Req", "PAP-1")]
public sealed class StandingBookTests
{
    [Fact]
    public void The_chain_s_book_is_the_one_that_is_followed()
    {
        var scene = new FlowScene();

        scene.Standing.Follow(FlowScene.Book(
            (Side.Buy, 49_990, 5), (Side.Buy, 49_980, 7), (Side.Sell, 50_010, 3)));
        scene.Standing.Follow(FlowScene.Book(
            (Side.Buy, 49_990, 2), (Side.Sell, 50_010, 9), (Side.Sell, 50_020, 1)));

        Assert.Equal("49990:2", scene.Levels(Side.Buy));
        Assert.Equal("50010:9 50020:1", scene.Levels(Side.Sell));
    }

    [Fact]
    public void Everybody_leaves()
    {
        var scene = new FlowScene();
        scene.Standing.Follow(FlowScene.Book((Side.Buy, 49_990, 5), (Side.Sell, 50_010, 3)));
        _ = scene.Order(Side.Buy, 49_990, 4);

        scene.Standing.Clear();

        Assert.Equal("49990:4", scene.Levels(Side.Buy));
        Assert.Equal(string.Empty, scene.Levels(Side.Sell));
    }

    /// <summary>
    /// Ten stand before us and five behind; six of the fifteen leave, then nine are taken.
    /// </summary>
    [Theory]
    [InlineData("queue", 0)]
    [InlineData("share", 3)]
    [InlineData("front", 4)]
    [InlineData("through", 0)]
    public void Who_leaves_brings_us_forward_as_the_model_says(string model, long filled)
    {
        var scene = new FlowScene(model);
        scene.Standing.Follow(FlowScene.Book((Side.Sell, 50_010, 10)));
        _ = scene.Order(Side.Sell, 50_010, 4);
        scene.Standing.Follow(FlowScene.Book((Side.Sell, 50_010, 15)));

        scene.Standing.Follow(FlowScene.Book((Side.Sell, 50_010, 9)));
        scene.Standing.Take(Side.Buy, 50_010, 9);

        Assert.Equal(-filled, scene.Held);
    }

    [Theory]
    [InlineData("queue", 3)]
    [InlineData("front", 4)]
    [InlineData("through", 0)]
    public void Trades_bring_us_forward(string model, long filled)
    {
        var scene = new FlowScene(model);
        scene.Standing.Follow(FlowScene.Book((Side.Buy, 49_990, 10)));
        _ = scene.Order(Side.Buy, 49_990, 4);
        scene.Standing.Follow(FlowScene.Book((Side.Buy, 49_990, 30)));

        scene.Standing.Take(Side.Sell, 49_990, 6);
        scene.Standing.Take(Side.Sell, 49_990, 7);

        Assert.Equal(filled, scene.Held);
    }

    [Fact]
    public void Through_fills_us_when_the_market_trades_beyond_our_price()
    {
        var scene = new FlowScene("through");
        scene.Standing.Follow(FlowScene.Book((Side.Sell, 50_010, 2), (Side.Sell, 50_020, 10)));
        _ = scene.Order(Side.Sell, 50_010, 4);

        scene.Standing.Take(Side.Buy, 50_010, 20);
        var atOurPrice = scene.Held;
        scene.Standing.Take(Side.Buy, 50_011, 20);

        Assert.Equal((0, -4), (atOurPrice, scene.Held));
    }

    [Fact]
    public void Front_brings_us_before_all_who_stood_there()
    {
        var scene = new FlowScene("front");
        var book = FlowScene.Book((Side.Buy, 49_990, 10));
        scene.Standing.Follow(book);
        _ = scene.Order(Side.Buy, 49_990, 4);

        scene.Standing.Follow(book);
        scene.Standing.Take(Side.Sell, 49_990, 3);

        Assert.Equal(3, scene.Held);
        Assert.Equal("49990:11", scene.Levels(Side.Buy));
    }

    [Fact]
    public void What_we_took_is_taken_off_the_market_and_does_not_come_again()
    {
        var scene = new FlowScene();
        var book = FlowScene.Book((Side.Sell, 50_010, 5), (Side.Sell, 50_020, 5));
        scene.Standing.Follow(book);

        _ = scene.Order(Side.Buy, 50_020, 7, isImmediate: true);
        scene.Standing.Absorb(book);
        scene.Standing.Follow(book);

        Assert.Equal("50020:3", scene.Levels(Side.Sell));
        Assert.Equal("/ | 50020:3", FlowScene.Text(book));
    }

    [Fact]
    public void What_takers_of_the_market_took_comes_again_when_the_market_says_that_it_is_there()
    {
        var scene = new FlowScene();
        var book = FlowScene.Book((Side.Sell, 50_010, 5));
        scene.Standing.Follow(book);

        scene.Standing.Take(Side.Buy, 50_010, 4);
        scene.Standing.Absorb(book);
        scene.Standing.Follow(book);

        Assert.Equal("50010:5", scene.Levels(Side.Sell));
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("share")]
    [InlineData("front")]
    public void Makers_who_come_across_our_price_fill_us_once_with_what_they_bring(string model)
    {
        var scene = new FlowScene(model);
        scene.Standing.Follow(FlowScene.Book((Side.Buy, 49_990, 5), (Side.Sell, 50_010, 5)));
        _ = scene.Order(Side.Buy, 50_000, 20);

        var moved = FlowScene.Book((Side.Buy, 49_980, 5), (Side.Sell, 49_995, 6), (Side.Sell, 50_000, 3));
        for (var instant = 0; instant < 4; instant++)
        {
            scene.Standing.Absorb(moved);
            scene.Standing.Follow(moved);
        }

        Assert.Equal(9, scene.Held);
        Assert.Equal("50000:11 49980:5", scene.Levels(Side.Buy));
        Assert.Equal("49980:5 | /", FlowScene.Text(moved));
    }

    [Fact]
    public void Through_lets_makers_pass_who_come_to_our_very_price()
    {
        var scene = new FlowScene("through");
        scene.Standing.Follow(FlowScene.Book((Side.Sell, 50_010, 5)));
        _ = scene.Order(Side.Buy, 50_000, 20);

        scene.Standing.Follow(FlowScene.Book((Side.Sell, 50_000, 5)));
        var atOurPrice = scene.Held;
        scene.Standing.Follow(FlowScene.Book((Side.Sell, 49_999, 5)));

        Assert.Equal((0, 5), (atOurPrice, scene.Held));
    }
}
