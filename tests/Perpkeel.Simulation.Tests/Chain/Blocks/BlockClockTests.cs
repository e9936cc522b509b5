using Perpkeel.Simulation.Chain.Blocks;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>When blocks are made.</summary>
[Trait("Req", "PAP-1")]
public sealed class BlockClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Blocks_are_half_a_second_to_three_seconds_apart_from_a_seed()
    {
        var (one, two) = (new BlockClock(1, Start, []), new BlockClock(1, Start, []));
        var last = Start;
        var gaps = new List<double>();
        for (var i = 0; i < 2_000; i++)
        {
            var tick = one.Next();
            Assert.Equal(tick, two.Next());
            Assert.False(tick.NodeRestarts);
            gaps.Add((tick.Time - last).TotalMilliseconds);
            last = tick.Time;
        }

        Assert.InRange(gaps.Min(), 500, 510);
        Assert.InRange(gaps.Max(), 2_990, 3_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pause_has_no_blocks_and_only_a_halt_makes_nodes_start_anew(bool isHalt)
    {
        var pause = new BlockPause(Start + TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), isHalt);
        var clock = new BlockClock(2, Start, [pause]);
        var ticks = Enumerable.Range(0, 200).Select(_ => clock.Next()).ToList();

        Assert.DoesNotContain(ticks, tick => tick.Time >= pause.From && tick.Time < pause.End);
        Assert.Contains(ticks, tick => tick.Time == pause.End);
        var before = ticks.Last(tick => tick.Time < pause.From);
        Assert.Equal(
            isHalt ? [before] : [], ticks.Where(tick => tick.NodeRestarts));
    }
}
