using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

[Trait("Req", "PAP-1")]
public sealed class BookMemoryTests
{
    [Fact]
    public void Memory_follows_the_orders_that_rest_not_those_that_ever_came()
    {
        var scene = new BookScene();
        var random = new SeededRandom(1);
        var resting = new Queue<OrderHandle>();
        var widest = 0L;
        for (var i = 0; i < 100_000; i++)
        {
            resting.Enqueue(scene.Buy(1, 1 + (long)(random.NextBits() % 1_000_000), tag: i).Handle);
            if (resting.Count > 100) Assert.True(scene.Book.Cancel(resting.Dequeue(), out _));
            if (i == 1_000) widest = scene.Book.PooledBytes;
        }

        Assert.Equal(100, scene.Book.Count);
        Assert.Equal(widest, scene.Book.PooledBytes);
        Assert.InRange(widest, 1, 128 * (32 + 48));
    }

    [Fact]
    public void Nothing_is_allocated_for_an_order_while_there_is_room()
    {
        var scene = new BookScene();
        Run(scene, seed: 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(scene, seed: 1);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The generator of chance and the ring of handles, not the 20,000 orders.
        Assert.InRange(allocated, 0, 2_000);
    }

    [Fact]
    public void A_place_whose_generations_are_used_up_is_not_taken_again()
    {
        var pool = new OrderPool(capacity: 1, lastGeneration: 5);
        var slots = new List<int>();
        var handles = new List<OrderHandle>();
        for (var use = 0; use < 7; use++)
        {
            var slot = pool.Take();
            slots.Add(slot);
            handles.Add(pool.HandleOf(slot));
            pool.Give(slot);
        }

        Assert.Equal([0, 0, 0, 1, 1, 1, 2], slots);
        Assert.Equal(7, handles.Distinct().Count());
        Assert.All(handles, handle => Assert.False(pool.TryFind(handle, out _)));
    }

    private static void Run(BookScene scene, ulong seed)
    {
        const int Ring = 64;
        var random = new SeededRandom(seed);
        var handles = new OrderHandle[Ring];
        for (var i = 0; i < 20_000; i++)
        {
            var dice = random.NextBits();
            var at = (int)(dice % Ring);
            _ = scene.Book.Cancel(handles[at], out _);
            var price = 5_000 + (long)((dice >> 8) % 4_000);
            handles[at] = (i & 1) == 0
                ? scene.Buy(2, price, tag: i).Handle
                : scene.Sell(3, price, tag: i).Handle;
        }

        foreach (var handle in handles) _ = scene.Book.Cancel(handle, out _);
        Assert.Null(scene.Book.Best(Side.Buy));
    }
}
