using Perpkeel.Venues.Dydx.Errors;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>Why messages make no transaction that the chain would take. A closed family.</summary>
public abstract record TxError
{
    private TxError()
    {
    }

    /// <summary>Stable name of the fault.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter and what mends it.</summary>
    public abstract string Message { get; }

    /// <summary>What the chain would answer; null where it never gets to see it.</summary>
    public virtual ChainCode? OnChain => ChainCodes.InvalidRequest;

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>There is no message.</summary>
    public sealed record NoMessages : TxError
    {
        /// <inheritdoc/>
        public override string Code => "no-messages";

        /// <inheritdoc/>
        public override string Message => "A transaction needs at least one message.";
    }

    /// <summary>A message of a kind that this library neither signs nor reads.</summary>
    /// <param name="Name">Its type URL.</param>
    public sealed record UnknownMessage(string Name) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "unknown-message";

        /// <inheritdoc/>
        public override string Message => $"{Name} is not among the messages that are signed here.";

        /// <inheritdoc/>
        public override ChainCode? OnChain => null;
    }

    /// <summary>A short-term order or cancel shares its transaction.</summary>
    public sealed record ShortTermNotAlone : TxError
    {
        /// <inheritdoc/>
        public override string Code => "short-term-not-alone";

        /// <inheritdoc/>
        public override string Message =>
            "A short-term order, cancel or batch cancel must be the only message of its transaction. Send "
            + "one transaction for each; they need no sequence.";
    }

    /// <summary>Messages of the order book are mixed with others than one transfer.</summary>
    /// <param name="Name">Type URL of the message that does not belong.</param>
    public sealed record Mixed(string Name) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "mixed-messages";

        /// <inheritdoc/>
        public override string Message =>
            $"{Name} cannot share a transaction with orders. Beside them at most one transfer between "
            + "subaccounts may stand.";
    }

    /// <summary>The messages are not all of one owner.</summary>
    /// <param name="First">One owner.</param>
    /// <param name="Other">Another.</param>
    public sealed record SeveralOwners(string First, string Other) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "several-owners";

        /// <inheritdoc/>
        public override string Message =>
            $"The messages are those of {First} and of {Other}. A transaction here has one owner.";
    }

    /// <summary>The key is not the owner's, and no authenticator was named.</summary>
    /// <param name="Owner">Whose messages these are.</param>
    /// <param name="Signer">Whose key it is.</param>
    public sealed record NotTheOwner(string Owner, string Signer) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "not-the-owner";

        /// <inheritdoc/>
        public override string Message =>
            $"The messages are those of {Owner} and the key is that of {Signer}. A permissioned key needs "
            + "the id of its authenticator.";

        /// <inheritdoc/>
        public override ChainCode? OnChain => ChainCodes.Unauthorized;
    }

    /// <summary>There is not one authenticator for each message.</summary>
    /// <param name="Authenticators">The ids that there are.</param>
    /// <param name="Messages">The messages that there are.</param>
    public sealed record AuthenticatorCount(int Authenticators, int Messages) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "authenticator-count";

        /// <inheritdoc/>
        public override string Message =>
            $"{Messages} messages need {Messages} authenticator ids, not {Authenticators}; an id may repeat.";
    }

    /// <summary>The memo is too long.</summary>
    /// <param name="Length">Its characters.</param>
    public sealed record MemoTooLong(int Length) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "memo-too-long";

        /// <inheritdoc/>
        public override string Message =>
            $"The memo has {Length} characters; {TxRules.LongestMemo} are allowed.";

        /// <inheritdoc/>
        public override ChainCode? OnChain => ChainCodes.MemoTooLarge;
    }

    /// <summary>The transaction would time out before its short-term order does.</summary>
    /// <param name="TimeoutHeight">The last block that may take the transaction.</param>
    /// <param name="GoodTilBlock">The last block of the order.</param>
    public sealed record TimeoutBeforeOrder(ulong TimeoutHeight, uint GoodTilBlock) : TxError
    {
        /// <inheritdoc/>
        public override string Code => "timeout-before-order";

        /// <inheritdoc/>
        public override string Message =>
            $"The timeout height {TimeoutHeight} lies before the order's good-til-block {GoodTilBlock}. "
            + "Leave it 0.";
    }
}
