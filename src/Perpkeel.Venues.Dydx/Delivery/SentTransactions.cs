using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>
/// What became of transactions that are signed and may have been sent, by whomever: no key is needed to look
/// one up, or to send its very bytes once more. Safe to share between threads.
/// </summary>
public sealed class SentTransactions
{
    /// <summary>
    /// How far the node that is asked for a transaction may lag behind the one that tells the time: a
    /// transaction that it does not know may stand in a block that it has not seen.
    /// </summary>
    private static readonly TimeSpan AnswerLag = TimeSpan.FromSeconds(30);

    /// <summary>
    /// So long after its nonce ended, that a node does not know a transaction proves nothing: one that took
    /// a snapshot of the chain has no transactions from before it.
    /// </summary>
    private static readonly TimeSpan History = TimeSpan.FromMinutes(10);

    private readonly NodeClient _client;

    /// <summary>Asks nothing yet.</summary>
    public SentTransactions(NodeClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary>
    /// Takes the bytes of a signed transaction back, as they were kept when its outcome was not known. Bytes
    /// that are signed for another chain, account or key are refused: what this chain says of them would be
    /// no answer. Every error leaves the outcome unknown, because the bytes may have been carried out before.
    /// </summary>
    /// <param name="bytes">
    /// The transaction as it was sent. The key that signed it is read from it, and only the signature is
    /// checked: whether the account lets that key sign is the chain's to judge.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Result<Sent, SendError>> ReadAsync(
        ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (!SignedTx.Read(bytes.Span).TryGet(out var tx, out var unreadable)
            || !TxDecoder.Decode(bytes.Span).TryGet(out var decoded, out unreadable))
        {
            return NotTakenBack(new SendError.Unreadable(unreadable));
        }

        if (decoded.Messages[0].Message is not { } first || TxRules.OwnerOf(first) is not { } owner)
        {
            return NotTakenBack(
                new SendError.NoTransaction(new TxError.UnknownMessage(decoded.Messages[0].Name)));
        }

        if (!DydxAddress.Parse(owner).TryGet(out var address, out var wrong))
        {
            return NotTakenBack(new SendError.WrongKey(wrong));
        }

        var asked = await _client.Accounts.AccountAsync(address, cancellation);
        if (!asked.TryGet(out var account, out var error)) return NotTakenBack(new SendError.NoNode(error));
        var chainId = _client.Settings.Network.ChainId;
        if (!tx.IsSignedFor(chainId, account.Number)) return new SendError.NotSignedFor(tx.Hash, chainId);
        var hasNonce = !TxRules.IsShortTerm(first) && decoded.Sequence >= TimestampNonces.Lowest;
        return new Sent(tx, hasNonce ? decoded.Sequence : null);
    }

    /// <summary>
    /// Sends the very bytes of a transaction whose outcome is not known once more. Nothing else may be sent
    /// in its place.
    /// </summary>
    public async Task<Result<Sent, SendError>> SendAgainAsync(Sent unknown, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        var sent = await _client.Transactions.SendAgainAsync(unknown.Tx, cancellation);
        return sent.TryGet(out _, out var error)
            ? unknown
            : new SendError.Broadcast(error, unknown.Tx, unknown.Nonce);
    }

    /// <summary>
    /// What became of a transaction with a nonce. Where it is <see cref="Inclusion.Over"/>, it is safe to
    /// send another in its place.
    /// </summary>
    public async Task<Result<Inclusion, NodeError>> LookUpAsync(Sent sent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sent);

        // The time is taken before the question: a block after it cannot be missed and called impossible.
        var before = _client.Clock.Last;
        var asked = await _client.Chain.TxAsync(sent.Tx.Hash, cancellation);
        if (asked.TryGet(out var found, out var error))
        {
            return found.Fault is null ? Inclusion.Done : Inclusion.Failed;
        }

        if (error is not NodeError.Refused { Status: GrpcStatus.NotFound }) return error;
        if (sent.Nonce is not { } nonce || before is not { } block
            || !TimestampNonces.IsOver(nonce, block.Time - AnswerLag))
        {
            return Inclusion.Pending;
        }

        return TimestampNonces.IsOver(nonce, block.Time - AnswerLag - History)
            ? Inclusion.NoHistory
            : Inclusion.Over;
    }

    private static SendError.NotTakenBack NotTakenBack(SendError cause) => new(cause);
}
