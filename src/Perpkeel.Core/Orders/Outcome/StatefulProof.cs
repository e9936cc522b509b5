namespace Perpkeel.Core.Orders.Outcome;

/// <summary>What two witnesses say of a stateful message of which no block has told.</summary>
public readonly record struct StatefulEvidence
{
    /// <summary>The timestamp nonce of the last time that it was sent, Unix milliseconds.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>The time of the node's last block.</summary>
    public required DateTimeOffset BlockTime { get; init; }

    /// <summary>Whether everything that the Indexer has told up to that block has been heard.</summary>
    public required bool IsIndexerHeard { get; init; }

    /// <summary>Whether the node has the order in its state.</summary>
    public required bool IsInState { get; init; }
}

/// <summary>When a stateful message that nobody tells of can no longer get into a block.</summary>
/// <remarks>
/// Source: dYdX v4, timestamp nonces: a block takes none that is 30 seconds older than itself.
/// </remarks>
public static class StatefulProof
{
    /// <summary>How old a nonce may be when its block is made.</summary>
    public static TimeSpan NonceLife => TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a placement is proven never to have come and never to come: its nonce is too old for any
    /// block, the Indexer has told of all blocks until then, and the node does not have it.
    /// </summary>
    public static bool IsAbsent(in StatefulEvidence evidence) => IsDead(evidence) && !evidence.IsInState;

    /// <summary>
    /// Whether a cancel is proven not to have worked: the same, and the order is still there.
    /// </summary>
    public static bool IsUndone(in StatefulEvidence evidence) => IsDead(evidence) && evidence.IsInState;

    private static bool IsDead(in StatefulEvidence evidence) =>
        evidence.IsIndexerHeard
        && evidence.BlockTime > DateTimeOffset.FromUnixTimeMilliseconds((long)evidence.Nonce) + NonceLife;
}
