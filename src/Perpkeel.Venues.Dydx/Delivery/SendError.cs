using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>
/// Why something was not sent, was refused, or is not known to have arrived. A closed family.
/// </summary>
public abstract record SendError
{
    private SendError()
    {
    }

    /// <summary>Stable name of the ending.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter and what mends it.</summary>
    public abstract string Message { get; }

    /// <summary>What became of the request.</summary>
    public virtual ChainOutcome Outcome => ChainOutcome.NotDone;

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>The key is not for this network or account. Nothing was sent.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record WrongKey(KeyError Fault) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;
    }

    /// <summary>A node asks for more gas than is paid for. Nothing was sent.</summary>
    /// <param name="Gas">What its simulation used.</param>
    /// <param name="Most">What is paid for.</param>
    public sealed record TooMuchGas(ulong Gas, ulong Most) : SendError
    {
        /// <inheritdoc/>
        public override string Code => "too-much-gas";

        /// <inheritdoc/>
        public override string Message =>
            $"A node says that this needs {Gas} gas, and at most {Most} is paid for. Ask another node.";
    }

    /// <summary>The messages make no transaction. Nothing was sent.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record NoTransaction(TxError Fault) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;
    }

    /// <summary>Bytes that hold no signed transaction. Nothing was sent.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Unreadable(TxDecodeError Fault) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;
    }

    /// <summary>
    /// Bytes that were kept could not be taken back. Nothing was sent now; what became of them when they were
    /// sent before is as unknown as it was.
    /// </summary>
    /// <param name="Cause">Why they could not.</param>
    public sealed record NotTakenBack(SendError Cause) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Cause.Code;

        /// <inheritdoc/>
        public override string Message =>
            $"{Cause.Message} What became of these bytes when they were sent before is as unknown as it was: "
            + "nothing else may be sent in their place.";

        /// <inheritdoc/>
        public override ChainOutcome Outcome => ChainOutcome.Unknown;
    }

    /// <summary>A transaction that is not signed for this chain. Nothing was sent.</summary>
    /// <param name="Hash">The transaction.</param>
    /// <param name="ChainId">The chain that was meant.</param>
    public sealed record NotSignedFor(string Hash, string ChainId) : SendError
    {
        /// <inheritdoc/>
        public override string Code => "not-signed-for-this-chain";

        /// <inheritdoc/>
        public override string Message =>
            $"Transaction {Hash} is not signed for {ChainId} by the key that it names. Choose the network "
            + "that it was signed for; what became of it there is not known here.";

        /// <inheritdoc/>
        public override ChainOutcome Outcome => ChainOutcome.Unknown;
    }

    /// <summary>The messages belong to the other way of sending. Nothing was sent.</summary>
    /// <param name="Message">Which.</param>
    public sealed record WrongWay(string Message) : SendError
    {
        /// <inheritdoc/>
        public override string Code => "wrong-way";

        /// <inheritdoc/>
        public override string Message { get; } = Message;
    }

    /// <summary>Clock, height, budget or equity do not permit it now. Nothing was sent.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record NotNow(TimingError Fault) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;
    }

    /// <summary>No node answered a question that comes before sending. Nothing was sent.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record NoNode(NodeError Fault) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;
    }

    /// <summary>The chain said no, or the outcome of the broadcast is not known.</summary>
    /// <param name="Fault">What happened.</param>
    /// <param name="Tx">The transaction; while its outcome is unknown, keep its bytes.</param>
    /// <param name="Nonce">Its timestamp nonce; null for a short-term order or cancel: it has none.</param>
    public sealed record Broadcast(BroadcastError Fault, SignedTx Tx, ulong? Nonce) : SendError
    {
        /// <summary>What was sent, to look it up or to send it again.</summary>
        public Sent Sent => new(Tx, Nonce);

        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message =>
            Fault is BroadcastError.Rejected && Outcome == ChainOutcome.Unknown
                ? $"{Fault.Message} What became of transaction {Tx.Hash} is not known: until it is looked "
                    + "up, the same order must not be sent under a new id."
                : Fault.Message;

        /// <inheritdoc/>
        public override ChainOutcome Outcome => Fault switch
        {
            BroadcastError.NotSent => ChainOutcome.NotDone,
            BroadcastError.Rejected rejected => rejected.Outcome,
            _ => ChainOutcome.Unknown,
        };
    }
}
