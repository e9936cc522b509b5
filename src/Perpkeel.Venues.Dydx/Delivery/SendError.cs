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

    /// <summary>The messages make no transaction. Nothing was sent.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record NoTransaction(TxError Fault) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;
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
    /// <param name="Tx">The transaction.</param>
    public sealed record Broadcast(BroadcastError Fault, SignedTx Tx) : SendError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code;

        /// <inheritdoc/>
        public override string Message => Fault.Message;

        /// <inheritdoc/>
        public override ChainOutcome Outcome => Fault switch
        {
            BroadcastError.NotSent => ChainOutcome.NotDone,
            BroadcastError.Rejected rejected => rejected.Outcome,
            _ => ChainOutcome.Unknown,
        };
    }
}
