using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

[Trait("Req", "PAP-1")]
public sealed class StateHashTests
{
    [Fact]
    public void Books_with_the_same_orders_have_the_same_number_whatever_their_history()
    {
        var direct = new BookScene();
        _ = direct.Buy(3, 100, tag: 1);
        _ = direct.Sell(4, 101, tag: 2);

        var winding = new BookScene();
        var gone = winding.Sell(9, 105, tag: 7).Handle;
        _ = winding.Sell(6, 101, tag: 2);
        _ = winding.Buy(2, 101, tag: 8);
        _ = winding.Book.Cancel(gone, out _);
        _ = winding.Buy(3, 100, tag: 1);

        Assert.Equal(direct.Book.StateHash(), winding.Book.StateHash());
    }

    [Fact]
    public void Every_part_of_an_order_and_the_order_of_time_count()
    {
        var numbers = new[]
        {
            HashOf(_ => { }),
            HashOf(scene => scene.Buy(3, 100, tag: 1)),
            HashOf(scene => scene.Sell(3, 100, tag: 1)),
            HashOf(scene => scene.Buy(4, 100, tag: 1)),
            HashOf(scene => scene.Buy(3, 101, tag: 1)),
            HashOf(scene => scene.Buy(3, 100, tag: 2)),
            HashOf(scene => (scene.Buy(3, 100, tag: 1), scene.Buy(3, 100, tag: 2))),
            HashOf(scene => (scene.Buy(3, 100, tag: 2), scene.Buy(3, 100, tag: 1))),
        };

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void The_number_of_a_book_is_the_same_on_every_machine()
    {
        var scene = new BookScene();
        _ = scene.Buy(3, 100, tag: 1);
        _ = scene.Sell(4, 101, tag: 2);

        Assert.Equal(4_558_836_852_821_651_531UL, scene.Book.StateHash());
    }

    private static ulong HashOf(Func<BookScene, object> act)
    {
        var scene = new BookScene();
        _ = act(scene);
        return scene.Book.StateHash();
    }

    private static ulong HashOf(Action<BookScene> act)
    {
        var scene = new BookScene();
        act(scene);
        return scene.Book.StateHash();
    }
}
