using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>A node has taken a transaction into its memory. Whether a block does is told elsewhere.</summary>
/// <param name="Hash">The transaction.</param>
public readonly record struct Accepted(string Hash);

/// <summary>Transactions out.</summary>
public sealed class TxBroadcast
{
    private const string Method = "cosmos.tx.v1beta1.Service/";
    private readonly NodeCaller _caller;

    internal TxBroadcast(NodeCaller caller) => _caller = caller;

    /// <summary>
    /// Sends a transaction once. Another endpoint gets it only where the first certainly did not take it: it
    /// could not be reached, turned requests away, or did not tell the chain's id first.
    /// </summary>
    /// <param name="tx">The transaction; while its outcome is unknown, keep its bytes.</param>
    /// <param name="cancellation">
    /// Before anything left, giving up throws; after that it is an unknown outcome.
    /// </param>
    public Task<Result<Accepted, BroadcastError>> SendAsync(SignedTx tx, CancellationToken cancellation) =>
        SendAsync(tx, wasSent: false, cancellation);

    /// <summary>
    /// Sends bytes that were sent before, because their outcome is not known: an answer that the first
    /// sending explains counts as done.
    /// </summary>
    public Task<Result<Accepted, BroadcastError>> SendAgainAsync(
        SignedTx tx, CancellationToken cancellation) => SendAsync(tx, wasSent: true, cancellation);

    /// <summary>
    /// The gas that a transaction would use now. Its sequence or nonce must be a valid one.
    /// </summary>
    /// <param name="draft">
    /// The very transaction that will be sent, with its authenticators, but for the fee.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Result<ulong, NodeError>> SimulateAsync(
        UnsignedTx draft, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var raw = new TxRaw
        {
            BodyBytes = draft.Document.BodyBytes,
            AuthInfoBytes = draft.Document.AuthInfoBytes,
            Signatures = { ByteString.Empty },
        };
        var asked = await _caller.AskAsync(
            Method + "Simulate", new SimulateRequest { TxBytes = raw.ToByteString() },
            SimulateResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        return answer.GasInfo is { GasUsed: > 0 } gas
            ? gas.GasUsed
            : new NodeError.Nonsense("a simulation that uses no gas");
    }

    private async Task<Result<Accepted, BroadcastError>> SendAsync(
        SignedTx tx, bool wasSent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tx);
        var request = new BroadcastTxRequest
        {
            TxBytes = UnsafeByteOperations.UnsafeWrap(tx.Bytes),
            Mode = BroadcastMode.Sync,
        };
        cancellation.ThrowIfCancellationRequested();
        Result<BroadcastTxResponse, NodeError> asked;
        try
        {
            asked = await _caller.SendAsync(
                Method + "BroadcastTx", request, BroadcastTxResponse.Parser, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Whoever gives up now still has to know which bytes may have arrived.
            asked = new NodeError.GaveUp();
        }

        if (!asked.TryGet(out var answer, out var error))
        {
            return error.MayHaveArrived || wasSent
                ? new BroadcastError.OutcomeUnknown(tx, error)
                : new BroadcastError.NotSent(error);
        }

        if (answer.TxResponse is not { } response || !IsAbout(response, tx))
        {
            return new BroadcastError.OutcomeUnknown(
                tx, new NodeError.Nonsense("an answer to a broadcast that is about another transaction"));
        }

        var code = new ChainCode(response.Codespace, response.Code);
        if (code.IsAccepted) return new Accepted(tx.Hash);
        var fault = ChainErrorTable.Of(code, response.RawLog);
        return new BroadcastError.Rejected(fault, wasSent ? fault.OutcomeWhenSentAgain : fault.Outcome);
    }

    /// <summary>A half answer has no hash, and half an answer says nothing.</summary>
    private static bool IsAbout(TxResponse response, SignedTx tx) =>
        string.Equals(response.Txhash, tx.Hash, StringComparison.OrdinalIgnoreCase);
}
