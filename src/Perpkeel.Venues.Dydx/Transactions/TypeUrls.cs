using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Sending;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>
/// The names under which the chain knows messages: a slash and the full name. The longer form with
/// <c>type.googleapis.com</c> is refused there.
/// </summary>
public static class TypeUrls
{
    /// <summary>Places an order.</summary>
    public const string PlaceOrder = "/dydxprotocol.clob.MsgPlaceOrder";

    /// <summary>Takes an order back.</summary>
    public const string CancelOrder = "/dydxprotocol.clob.MsgCancelOrder";

    /// <summary>Takes short-term orders back.</summary>
    public const string BatchCancel = "/dydxprotocol.clob.MsgBatchCancel";

    /// <summary>Sets initial margin fractions.</summary>
    public const string UpdateLeverage = "/dydxprotocol.clob.MsgUpdateLeverage";

    /// <summary>Moves USDC between subaccounts.</summary>
    public const string CreateTransfer = "/dydxprotocol.sending.MsgCreateTransfer";

    /// <summary>Moves USDC from a wallet to a subaccount.</summary>
    public const string Deposit = "/dydxprotocol.sending.MsgDepositToSubaccount";

    /// <summary>Moves USDC from a subaccount to a wallet.</summary>
    public const string Withdraw = "/dydxprotocol.sending.MsgWithdrawFromSubaccount";

    /// <summary>Moves coins between wallets.</summary>
    public const string Send = "/cosmos.bank.v1beta1.MsgSend";

    /// <summary>Permits another key.</summary>
    public const string AddAuthenticator = "/dydxprotocol.accountplus.MsgAddAuthenticator";

    /// <summary>Takes a permission back.</summary>
    public const string RemoveAuthenticator = "/dydxprotocol.accountplus.MsgRemoveAuthenticator";

    /// <summary>Names the permissions that a transaction is signed under.</summary>
    public const string TxExtension = "/dydxprotocol.accountplus.TxExtension";

    /// <summary>A public key.</summary>
    public const string PublicKey = "/cosmos.crypto.secp256k1.PubKey";

    /// <summary>An ordinary account.</summary>
    public const string BaseAccount = "/cosmos.auth.v1beta1.BaseAccount";

    private static readonly FrozenDictionary<string, Func<ByteString, IMessage>> Readers =
        new Dictionary<string, Func<ByteString, IMessage>>(StringComparer.Ordinal)
        {
            [PlaceOrder] = MsgPlaceOrder.Parser.ParseFrom,
            [CancelOrder] = MsgCancelOrder.Parser.ParseFrom,
            [BatchCancel] = MsgBatchCancel.Parser.ParseFrom,
            [UpdateLeverage] = MsgUpdateLeverage.Parser.ParseFrom,
            [CreateTransfer] = MsgCreateTransfer.Parser.ParseFrom,
            [Deposit] = MsgDepositToSubaccount.Parser.ParseFrom,
            [Withdraw] = MsgWithdrawFromSubaccount.Parser.ParseFrom,
            [Send] = MsgSend.Parser.ParseFrom,
            [AddAuthenticator] = MsgAddAuthenticator.Parser.ParseFrom,
            [RemoveAuthenticator] = MsgRemoveAuthenticator.Parser.ParseFrom,
            [TxExtension] = Protos.Accountplus.TxExtension.Parser.ParseFrom,
            [PublicKey] = PubKey.Parser.ParseFrom,
            [BaseAccount] = Protos.Cosmos.BaseAccount.Parser.ParseFrom,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of a message.</summary>
    public static string Of(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return "/" + message.Descriptor.FullName;
    }

    /// <summary>Wraps a message under its name.</summary>
    public static Any Wrap(IMessage message) =>
        new() { TypeUrl = Of(message), Value = message.ToByteString() };

    /// <summary>The message in a wrapper; null for a name that is not in this list.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not such a message.</exception>
    public static IMessage? Unwrap(Any wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        return Readers.TryGetValue(wrapped.TypeUrl, out var read) ? read(wrapped.Value) : null;
    }
}
