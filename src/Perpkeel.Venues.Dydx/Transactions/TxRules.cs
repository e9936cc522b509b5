using Google.Protobuf;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Sending;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>Which messages may share a transaction, and whose they are.</summary>
/// <remarks>Source: the ante handlers of dYdX v4-chain.</remarks>
internal static class TxRules
{
    /// <summary>Characters that a memo may have.</summary>
    public const int LongestMemo = 256;

    /// <summary>The first rule that is broken; null where none is.</summary>
    public static TxError? Check(IReadOnlyList<IMessage> messages, TxContext context)
    {
        if (messages.Count == 0) return new TxError.NoMessages();
        if (context.Memo.Length > LongestMemo) return new TxError.MemoTooLong(context.Memo.Length);
        if (context.Authenticators is { IsEmpty: false } ids && ids.Length != messages.Count)
        {
            return new TxError.AuthenticatorCount(ids.Length, messages.Count);
        }

        return CheckOwners(messages) ?? CheckMixture(messages) ?? CheckTimeout(messages[0], context);
    }

    /// <summary>Whose signature and nonce a message needs; null for a kind that is not known.</summary>
    public static string? OwnerOf(IMessage message) => message switch
    {
        MsgPlaceOrder place => place.Order?.OrderId?.SubaccountId?.Owner ?? string.Empty,
        MsgCancelOrder cancel => cancel.OrderId?.SubaccountId?.Owner ?? string.Empty,
        MsgBatchCancel batch => batch.SubaccountId?.Owner ?? string.Empty,
        MsgUpdateLeverage leverage => leverage.SubaccountId?.Owner ?? string.Empty,
        MsgCreateTransfer transfer => transfer.Transfer?.Sender?.Owner ?? string.Empty,
        MsgDepositToSubaccount deposit => deposit.Sender,
        MsgWithdrawFromSubaccount withdraw => withdraw.Sender?.Owner ?? string.Empty,
        MsgSend send => send.FromAddress,
        MsgAddAuthenticator add => add.Sender,
        MsgRemoveAuthenticator remove => remove.Sender,
        _ => null,
    };

    /// <summary>Whether a message belongs to the order book, whose transactions are free.</summary>
    public static bool IsOfTheBook(IMessage message) =>
        message is MsgPlaceOrder or MsgCancelOrder or MsgBatchCancel or MsgUpdateLeverage;

    /// <summary>
    /// Whether a message is a short-term order or cancel, which has no nonce and goes alone.
    /// </summary>
    public static bool IsShortTerm(IMessage message) => message switch
    {
        MsgPlaceOrder place => place.Order?.OrderId?.OrderFlags == (uint)DydxOrderKind.ShortTerm,
        MsgCancelOrder cancel => cancel.OrderId?.OrderFlags == (uint)DydxOrderKind.ShortTerm,
        MsgBatchCancel => true,
        _ => false,
    };

    private static TxError? CheckOwners(IReadOnlyList<IMessage> messages)
    {
        string? first = null;
        foreach (var message in messages)
        {
            if (OwnerOf(message) is not { } owner) return new TxError.UnknownMessage(TypeUrls.Of(message));
            first ??= owner;
            if (!string.Equals(first, owner, StringComparison.Ordinal))
            {
                return new TxError.SeveralOwners(first, owner);
            }
        }

        return null;
    }

    private static TxError? CheckMixture(IReadOnlyList<IMessage> messages)
    {
        if (messages.Count == 1) return null;
        if (messages.Any(IsShortTerm)) return new TxError.ShortTermNotAlone();
        if (!messages.Any(IsOfTheBook)) return null;
        var others = messages.Where(message => !IsOfTheBook(message)).ToList();
        var stranger = others.Find(message => message is not MsgCreateTransfer)
            ?? others.ElementAtOrDefault(1);
        return stranger is null ? null : new TxError.Mixed(TypeUrls.Of(stranger));
    }

    private static TxError.TimeoutBeforeOrder? CheckTimeout(IMessage message, TxContext context) =>
        context.TimeoutHeight > 0 && IsShortTerm(message)
        && message is MsgPlaceOrder { Order.GoodTilBlock: var last } && context.TimeoutHeight < last
            ? new TxError.TimeoutBeforeOrder(context.TimeoutHeight, last)
            : null;
}
