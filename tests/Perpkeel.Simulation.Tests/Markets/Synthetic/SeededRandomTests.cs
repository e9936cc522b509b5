using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

public sealed class SeededRandomTests
{
    [Fact]
    [Trait("Req", "RX-6")]
    public void The_same_seed_gives_the_same_bits_on_every_platform()
    {
        var random = new SeededRandom(7);

        var drawn = Enumerable.Range(0, 3).Select(_ => random.NextBits()).ToArray();

        Assert.Equal([1021219803524665661, 3174977118032272916, 13236943193235544178], drawn);
    }

    [Fact]
    [Trait("Req", "RX-6")]
    public void A_fork_depends_on_its_name_and_not_on_what_was_drawn_before()
    {
        var fresh = new SeededRandom(7);
        var used = new SeededRandom(7);
        for (var i = 0; i < 100; i++) _ = used.NextBits();

        Assert.Equal(fresh.Fork(3).NextBits(), used.Fork(3).NextBits());
        Assert.NotEqual(fresh.Fork(3).NextBits(), fresh.Fork(4).NextBits());
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void Forks_and_neighbouring_seeds_are_uncorrelated()
    {
        var streams = new[]
        {
            new SeededRandom(1), new SeededRandom(2),
            new SeededRandom(1).Fork(0), new SeededRandom(1).Fork(1),
        };

        var drawn = streams.Select(Draw).ToArray();

        for (var i = 0; i < drawn.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.InRange(Statistics.Correlation(drawn[i], drawn[j]), -0.01, 0.01);
            }
        }

        static double[] Draw(SeededRandom random) =>
            [.. Enumerable.Range(0, 100_000).Select(_ => random.NextUnit())];
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void Units_fill_zero_to_one_and_bells_have_mean_0_and_variance_1()
    {
        var random = new SeededRandom(11);

        var units = Enumerable.Range(0, 200_000).Select(_ => random.NextUnit()).ToArray();
        var bells = Enumerable.Range(0, 200_000).Select(_ => random.NextBell()).ToArray();

        Assert.InRange(units.Min(), 0, 0.0001);
        Assert.InRange(units.Max(), 0.9999, 0.99999999);
        Assert.InRange(units.Average(), 0.498, 0.502);
        Assert.InRange(bells.Average(), -0.01, 0.01);
        Assert.InRange(bells.Average(bell => bell * bell), 0.99, 1.01);
        Assert.InRange(bells.Max(Math.Abs), 3, 3.4642);
    }
}
