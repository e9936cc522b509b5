using Perpkeel.Core.Orders.Outcome;
using Xunit;

namespace Perpkeel.Core.Tests.Orders.Outcome;

/// <summary>When a stateful message is proven to have come to nothing.</summary>
[Trait("Req", "EXE-4")]
public sealed class StatefulProofTests
{
    /// <summary>Sent at second 1,000: blocks later than second 1,030 take it no more.</summary>
    private static readonly StatefulEvidence Dead = new()
    {
        Nonce = 1_000_000,
        BlockTime = DateTimeOffset.UnixEpoch.AddSeconds(1_030).AddTicks(1),
        IsIndexerHeard = true,
        IsInState = false,
    };

    [Fact]
    public void The_least_evidence_proves_that_a_placement_is_absent_or_that_a_cancel_did_nothing()
    {
        var there = Dead with { IsInState = true };

        Assert.True(StatefulProof.IsAbsent(Dead));
        Assert.False(StatefulProof.IsUndone(Dead));
        Assert.True(StatefulProof.IsUndone(there));
        Assert.False(StatefulProof.IsAbsent(there));
    }

    [Fact]
    public void A_nonce_that_is_thirty_seconds_old_may_still_get_into_a_block() =>
        ProvesNothing(Dead with { BlockTime = DateTimeOffset.UnixEpoch.AddSeconds(1_030) });

    [Fact]
    public void While_the_Indexer_has_not_told_of_all_blocks_nothing_is_proven() =>
        ProvesNothing(Dead with { IsIndexerHeard = false });

    private static void ProvesNothing(StatefulEvidence evidence)
    {
        Assert.False(StatefulProof.IsAbsent(evidence));
        Assert.False(StatefulProof.IsUndone(evidence with { IsInState = true }));
    }
}
