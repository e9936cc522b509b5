using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>Codes of the Cosmos SDK, and what stands for panics.</summary>
internal static class SdkErrors
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<ChainError> Rows { get; } =
    [
        ChainErrorTable.Row(
            ChainCodes.Sdk, 2, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The transaction cannot be decoded.",
            "Report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 4, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The signature does not verify.",
            "Check the chain id, the account number of the owner and the key. Of what these bytes did on "
            + "another network this says nothing."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 5, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The wallet holds too few coins.",
            "Fund the wallet: fees and deposits are paid from it, not from a subaccount."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 6, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The node does not know a message type.",
            "Check the type URL, and whether this chain runs an older protocol."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 7, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "An address is invalid.",
            "Check the addresses in the message."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 8, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The public key is invalid.",
            "Check the key that signs."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 9, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The account does not exist.",
            "Fund the wallet first: an account appears with its first coins."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 10, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "An amount of coins is invalid.",
            "Check amounts and full denominations."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 11, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The gas limit was used up.",
            "Send it again with twice the gas limit, once."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 12, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The memo is too long.",
            "Keep it to 256 characters."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 13, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The fee is too small.",
            "Simulate, and pay the minimum gas price of this validator."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 18, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The request is invalid: messages that do not belong together, a wrong number of "
            + "authenticators, or a timeout height before the good-til-block.",
            "Send them apart; name one authenticator for each message; leave the timeout height 0."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 19, ChainOutcome.DoneAlready, ChainOutcome.DoneAlready,
            "This node has the very same transaction already.",
            "Nothing: the first one counts. Look up what became of it."),
        ChainErrorTable.RowToRetry(
            ChainCodes.Sdk, 20, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The mempool is full.",
            "Wait a block, or send the same bytes to another node."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 21, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The transaction is too large.",
            "Send fewer messages in one."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 22, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A key was not found.",
            "Check the key that signs."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 30, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The timeout height has passed.",
            "Build it anew without a timeout height, after looking up the first."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 31, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The node does not know an extension.",
            "Sign with the owner's key, or use a chain with permissioned keys."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 32, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The sequence is not the next one, or the timestamp nonce is refused.",
            "Take a new timestamp nonce and check the clock. If these very bytes were sent before, "
            + "look their hash up: they may be in."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 35, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The node met a fault of its own logic.",
            "Look the transaction up; try another node."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 38, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "Something was not found.",
            "Look the transaction up."),
        ChainErrorTable.Row(
            ChainCodes.Sdk, 41, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The gas limit is invalid.",
            "Give a gas limit within the block's."),
        ChainErrorTable.Row(
            ChainCodes.Undefined, 1, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The node met an error without a code.",
            "Look the request up; try another node."),
        ChainErrorTable.Row(
            ChainCodes.Undefined, 111222, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "The node panicked.",
            "Look the request up before anything else; try another node."),
    ];
}
