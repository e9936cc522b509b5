using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders.Outcome;
using Xunit;

namespace Perpkeel.Core.Tests.Orders.Outcome;

/// <summary>When a short-term order is proven to be over.</summary>
[Trait("Req", "EXE-4")]
public sealed class ShortTermProofTests
{
    private const uint GoodTilBlock = 100;

    private static readonly ShortTermEvidence Enough = new()
    {
        IndexerHeight = 101,
        PassedAt = DateTimeOffset.UnixEpoch,
        FillsReadAt = DateTimeOffset.UnixEpoch.AddSeconds(2),
        NodeHeight = 100,
        NodePosition = new Steps(-3),
        ImpliedPosition = new Steps(-3),
    };

    [Fact]
    public void The_least_evidence_that_proves_it()
    {
        Assert.True(ShortTermProof.IsOver(GoodTilBlock, Enough));
        Assert.Equal(TimeSpan.FromSeconds(2), ShortTermProof.ReadAfter);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void The_Indexer_is_beyond_the_last_block(uint height, bool isOver) =>
        Assert.Equal(isOver, ShortTermProof.IsOver(GoodTilBlock, Enough with { IndexerHeight = height }));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Fills_are_read_two_seconds_after_that(long ticks, bool isOver)
    {
        var evidence = Enough with { FillsReadAt = Enough.FillsReadAt.AddTicks(ticks) };

        Assert.Equal(isOver, ShortTermProof.IsOver(GoodTilBlock, evidence));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void The_node_has_come_to_the_last_block(uint height, bool isOver) =>
        Assert.Equal(isOver, ShortTermProof.IsOver(GoodTilBlock, Enough with { NodeHeight = height }));

    [Theory]
    [InlineData(-4)]
    [InlineData(-2)]
    [InlineData(3)]
    [InlineData(0)]
    public void Node_and_fills_that_disagree_prove_nothing(long position) => Assert.False(
        ShortTermProof.IsOver(GoodTilBlock, Enough with { NodePosition = new Steps(position) }));
}
