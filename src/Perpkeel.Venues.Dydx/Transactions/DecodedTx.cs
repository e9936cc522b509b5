using System.Collections.Immutable;
using Google.Protobuf;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>A message of a transaction that was read.</summary>
/// <param name="Name">Its type URL.</param>
/// <param name="Message">The message; null for a name that is not known here.</param>
/// <param name="Value">Its bytes.</param>
public sealed record DecodedMessage(string Name, IMessage? Message, ReadOnlyMemory<byte> Value);

/// <summary>A signer of a transaction that was read.</summary>
/// <param name="Key">The key; null where that is no key of this curve.</param>
/// <param name="Sequence">Sequence or timestamp nonce.</param>
public sealed record DecodedSigner(PublicKey? Key, ulong Sequence);

/// <summary>An extension of a transaction that was read.</summary>
/// <param name="Name">Its type URL.</param>
/// <param name="IsCritical">Whether a node that does not know it refuses the transaction.</param>
/// <param name="Value">Its bytes.</param>
public sealed record DecodedExtension(string Name, bool IsCritical, ReadOnlyMemory<byte> Value);

/// <summary>What a transaction says.</summary>
public sealed record DecodedTx
{
    /// <summary>The hash by which the chain knows it.</summary>
    public required string Hash { get; init; }

    /// <summary>What is to be done.</summary>
    public required ImmutableArray<DecodedMessage> Messages { get; init; }

    /// <summary>
    /// Whether it is a short-term order or cancel: it has no nonce, and no block will ever hold it.
    /// </summary>
    public bool IsShortTerm =>
        Messages.Any(one => one.Message is { } message && TxRules.IsShortTerm(message));

    /// <summary>Free text.</summary>
    public required string Memo { get; init; }

    /// <summary>The last block that may take it; 0 for none.</summary>
    public required ulong TimeoutHeight { get; init; }

    /// <summary>The authenticators that it names; null where it has no such extension.</summary>
    public required ImmutableArray<ulong>? Authenticators { get; init; }

    /// <summary>The key that it says signed; null where that is no key of this curve.</summary>
    public required PublicKey? Signer { get; init; }

    /// <summary>Sequence or timestamp nonce.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>What it pays.</summary>
    public required TxFee Fee { get; init; }

    /// <summary>Who pays instead of the signer; empty for nobody. What is built here names none.</summary>
    public required string FeePayer { get; init; }

    /// <summary>Whose allowance pays; empty for nobody's. What is built here names none.</summary>
    public required string FeeGranter { get; init; }

    /// <summary>Signers after the first. What is built here has none.</summary>
    public required ImmutableArray<DecodedSigner> OtherSigners { get; init; }

    /// <summary>Extensions other than the one that names authenticators.</summary>
    public required ImmutableArray<DecodedExtension> Extensions { get; init; }

    /// <summary>The signatures, 64 bytes each. Whether they are right is not checked here.</summary>
    public required ImmutableArray<ReadOnlyMemory<byte>> Signatures { get; init; }
}
