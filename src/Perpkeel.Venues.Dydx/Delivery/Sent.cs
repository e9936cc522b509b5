using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>
/// A node has taken a transaction. It is sent, not open: what becomes of an order is told by the chain's
/// blocks and by the account's feed.
/// </summary>
/// <param name="Tx">The transaction; keep its bytes until its outcome is known.</param>
/// <param name="Nonce">Its timestamp nonce; null for a short-term order or cancel, which has none.</param>
public sealed record Sent(SignedTx Tx, ulong? Nonce);

/// <summary>What became of a transaction that belongs into a block.</summary>
public enum Inclusion
{
    /// <summary>It is not known yet: ask again later.</summary>
    Pending = 0,

    /// <summary>A block carried it out.</summary>
    Done,

    /// <summary>A block holds it, and it failed there.</summary>
    Failed,

    /// <summary>No block holds it and none can any more: its nonce is over.</summary>
    Over,

    /// <summary>
    /// No block can take it any more, but whether one did is not known here: that was so long ago that the
    /// node may not have the transactions of then. The Indexer's orders and fills tell it.
    /// </summary>
    NoHistory,
}
