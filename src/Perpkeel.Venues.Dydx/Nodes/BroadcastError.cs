using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Why a transaction was not accepted, or is not known to be. A closed family.</summary>
public abstract record BroadcastError
{
    private BroadcastError()
    {
    }

    /// <summary>Stable name of the ending.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter and what mends it.</summary>
    public abstract string Message { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>No node heard of it. The same bytes, or others, may be sent.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record NotSent(NodeError Cause) : BroadcastError
    {
        /// <inheritdoc/>
        public override string Code => "not-sent";

        /// <inheritdoc/>
        public override string Message => $"Nothing was sent. {Cause.Message}";
    }

    /// <summary>
    /// The node said no. What that says about the request is in <see cref="ChainError.Outcome"/>, or, where
    /// the same bytes were sent before, in <see cref="ChainError.OutcomeWhenSentAgain"/>.
    /// </summary>
    /// <param name="Fault">The chain's answer, understood.</param>
    /// <param name="Outcome">What became of the request.</param>
    public sealed record Rejected(ChainError Fault, ChainOutcome Outcome) : BroadcastError
    {
        /// <inheritdoc/>
        public override string Code => Fault.Code.ToString();

        /// <inheritdoc/>
        public override string Message => Fault.ToString();
    }

    /// <summary>
    /// It may or may not have arrived. Nothing is sent again by itself: look the hash or the order up, or
    /// send these very bytes once more, never the same order under a new id.
    /// </summary>
    /// <param name="Tx">The transaction.</param>
    /// <param name="Cause">What happened.</param>
    public sealed record OutcomeUnknown(SignedTx Tx, NodeError Cause) : BroadcastError
    {
        /// <inheritdoc/>
        public override string Code => "outcome-unknown";

        /// <inheritdoc/>
        public override string Message =>
            $"Whether transaction {Tx.Hash} arrived is not known. {Cause.Message} Look the order up; "
            + "the same bytes may be sent once more, the same order under a new id must not.";
    }
}
