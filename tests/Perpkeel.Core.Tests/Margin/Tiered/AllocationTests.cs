using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "MAR-2")]
public sealed class AllocationTests
{
    private const int Positions = 1_000;

    [Fact]
    public void An_ordinary_position_makes_no_garbage()
    {
        var random = new RandomPositions(11);
        var tables = Enumerable.Range(0, Positions).Select(_ => random.Table().Table).ToArray();
        var positions = Enumerable.Range(0, Positions).Select(_ => random.Ordinary()).ToArray();
        var sum = 0;
        for (var i = 0; i < Positions; i++) sum += MarginCalculator.Calculate(tables[i], positions[i]).Tier;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Positions; i++) sum -= MarginCalculator.Calculate(tables[i], positions[i]).Tier;
        var made = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, made);
        Assert.Equal(0, sum);
    }
}
