using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders.Outcome;

/// <summary>What two witnesses say of a short-term order whose last block is over.</summary>
public readonly record struct ShortTermEvidence
{
    /// <summary>The block to which the Indexer has come.</summary>
    public required uint IndexerHeight { get; init; }

    /// <summary>When it was first seen beyond the order's last block.</summary>
    public required DateTimeOffset PassedAt { get; init; }

    /// <summary>When the Indexer's fills were read.</summary>
    public required DateTimeOffset FillsReadAt { get; init; }

    /// <summary>The height of the node that told the position.</summary>
    public required uint NodeHeight { get; init; }

    /// <summary>The signed position in the order's market as the node has it.</summary>
    public required Steps NodePosition { get; init; }

    /// <summary>The signed position that follows from the fills that were read.</summary>
    public required Steps ImpliedPosition { get; init; }
}

/// <summary>
/// When nothing more of a short-term order can fill. No node tells of the end of an order that it kept in
/// memory: that its block is over and all fills are known has to be shown.
/// </summary>
public static class ShortTermProof
{
    /// <summary>
    /// How long after the height the fills are read: the Indexer's tables follow its stream.
    /// </summary>
    public static TimeSpan ReadAfter => TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether the order is over: the Indexer is beyond its last block, fills were read two seconds later,
    /// and a node that has come as far has the position that these fills make. Where the two disagree, what
    /// became of it stays unknown.
    /// </summary>
    public static bool IsOver(uint goodTilBlock, in ShortTermEvidence evidence) =>
        evidence.IndexerHeight > goodTilBlock
        && evidence.FillsReadAt - evidence.PassedAt >= ReadAfter
        && evidence.NodeHeight >= goodTilBlock
        && evidence.NodePosition == evidence.ImpliedPosition;
}
