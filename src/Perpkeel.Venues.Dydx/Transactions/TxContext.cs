using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>What a transaction is signed with, beside its messages and the key.</summary>
public sealed record TxContext
{
    /// <summary>The chain that it is for.</summary>
    public required string ChainId { get; init; }

    /// <summary>
    /// The account number of the owner whose messages these are, also where a permissioned key signs.
    /// </summary>
    public required ulong AccountNumber { get; init; }

    /// <summary>
    /// The owner's next sequence, or a timestamp nonce. Short-term orders and cancels may carry any value.
    /// </summary>
    public required ulong Sequence { get; init; }

    /// <summary>What it pays; nothing for orders, cancels and leverage.</summary>
    public TxFee Fee { get; init; } = TxFee.Free;

    /// <summary>Free text of at most 256 characters, seen by everybody.</summary>
    public string Memo { get; init; } = string.Empty;

    /// <summary>The last block that may take it; 0 for none.</summary>
    public ulong TimeoutHeight { get; init; }

    /// <summary>
    /// The authenticators that a permissioned key signs under, one for each message; null where the owner
    /// signs. An empty list is told to the chain as such and means the same as null.
    /// </summary>
    public ImmutableArray<ulong>? Authenticators { get; init; }

    /// <summary>The same, signed under one authenticator for each of so many messages.</summary>
    public TxContext Under(ulong authenticator, int messages) =>
        this with { Authenticators = [.. Enumerable.Repeat(authenticator, messages)] };
}
