using Google.Protobuf;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Sending;
using Perpkeel.Venues.Dydx.Protos.Subaccounts;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Transactions;

[Trait("Req", "VEN-1")]
public sealed class TxRulesTests : IDisposable
{
    private static readonly TxContext Context =
        new() { ChainId = "localdydxprotocol", AccountNumber = 3, Sequence = 4 };

    private readonly ISecp256k1 _curve = Secp256k1.Open();
    private readonly KeyPair _key;

    public TxRulesTests() => _key = KeyPair.Create(_curve);

    public void Dispose()
    {
        _key.Dispose();
        _curve.Dispose();
    }

    [Fact]
    public void Nothing_is_no_transaction() => Refused<TxError.NoMessages>(Context);

    [Fact]
    public void A_short_term_order_stands_alone()
    {
        Sign(Context, Order(0)).Value();
        var error = Refused<TxError.ShortTermNotAlone>(Context, Order(0), Order(0));

        Assert.Equal(ChainCodes.InvalidRequest, error.OnChain);
        Refused<TxError.ShortTermNotAlone>(Context, Transfer(), Order(0));
        Refused<TxError.ShortTermNotAlone>(Context, Cancel(0), Order(64));
        Refused<TxError.ShortTermNotAlone>(
            Context, new MsgBatchCancel { SubaccountId = Subaccount() }, Order(64));
    }

    [Fact]
    public void Beside_orders_one_transfer_may_stand_and_nothing_else()
    {
        var send = new MsgSend { FromAddress = _key.Address.Text };

        Sign(Context, Transfer(), Order(64), Order(32)).Value();
        Sign(Context, Transfer(), Transfer(), send).Value();
        Refused<TxError.Mixed>(Context, Transfer(), Order(64), Transfer());
        Assert.Equal(TypeUrls.Send, Refused<TxError.Mixed>(Context, Order(64), send).Name);
    }

    [Fact]
    public void All_messages_are_of_one_owner()
    {
        var other = Order(64);
        other.Order.OrderId.SubaccountId.Owner = "somebody";

        var error = Refused<TxError.SeveralOwners>(Context, Order(64), other);

        Assert.Contains("somebody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_needs_an_authenticator_for_each_message()
    {
        using var other = KeyPair.Create(_curve);

        var error = TxBuilder.Sign([Order(64), Order(64)], Context, other).Error();
        var permitted = TxBuilder.Sign([Order(64), Order(64)], Context.Under(0, 2), other).Value();

        Assert.Equal(ChainCodes.Unauthorized, Assert.IsType<TxError.NotTheOwner>(error).OnChain);
        var decoded = TxDecoder.Decode(permitted.Bytes.Span).Value();
        Assert.Equal([0UL, 0UL], decoded.Authenticators!.Value);
        Assert.Equal(other.PublicKey, decoded.Signer);
        Refused<TxError.AuthenticatorCount>(Context.Under(7, 1), Order(64), Order(64));
    }

    [Fact]
    public void A_memo_has_256_characters_at_most()
    {
        Sign(Context with { Memo = new string('x', 256) }, Order(0)).Value();
        var error = Refused<TxError.MemoTooLong>(Context with { Memo = new string('x', 257) }, Order(0));

        Assert.Equal(ChainCodes.MemoTooLarge, error.OnChain);
    }

    [Fact]
    public void A_transaction_does_not_time_out_before_its_short_term_order()
    {
        Sign(Context with { TimeoutHeight = 100 }, Order(0)).Value();
        Refused<TxError.TimeoutBeforeOrder>(Context with { TimeoutHeight = 99 }, Order(0));
        Sign(Context with { TimeoutHeight = 99 }, Order(64)).Value();
    }

    [Fact]
    public void A_message_that_is_not_known_is_not_signed() =>
        Assert.Null(Refused<TxError.UnknownMessage>(Context, new Coin()).OnChain);

    [Fact]
    public void Each_message_has_the_owner_that_the_chain_asks_for()
    {
        var owner = _key.Address.Text;
        IMessage[] messages =
        [
            Order(64), Cancel(64), new MsgBatchCancel { SubaccountId = Subaccount() },
            new MsgUpdateLeverage { SubaccountId = Subaccount() }, Transfer(),
            new MsgDepositToSubaccount { Sender = owner },
            new MsgWithdrawFromSubaccount { Sender = Subaccount(), Recipient = "other" },
            new MsgSend { FromAddress = owner, ToAddress = "other" },
            new MsgAddAuthenticator { Sender = owner },
            new MsgRemoveAuthenticator { Sender = owner },
        ];

        Assert.All(messages, message => Assert.Equal(owner, TxRules.OwnerOf(message)));
        Assert.All(messages, message => Assert.IsType<UnsignedTx>(
            TxBuilder.Build([message], Context, _key.PublicKey).Value()));
    }

    [Fact]
    public void The_same_arguments_give_the_same_transaction()
    {
        var first = Sign(Context, Order(64)).Value();
        var second = Sign(Context, Order(64)).Value();

        Assert.Equal(first.Bytes.ToArray(), second.Bytes.ToArray());
        Assert.Equal(first.Hash, second.ToString());
    }

    private T Refused<T>(TxContext context, params IMessage[] messages)
        where T : TxError
    {
        var error = Assert.IsType<T>(Sign(context, messages).Error());
        Assert.StartsWith(error.Code, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.Message);
        return error;
    }

    private Core.Numbers.Result<SignedTx, TxError> Sign(TxContext context, params IMessage[] messages) =>
        TxBuilder.Sign(messages, context, _key);

    private SubaccountId Subaccount() => new() { Owner = _key.Address.Text };

    private MsgPlaceOrder Order(uint flags)
    {
        var order = new Order
        {
            OrderId = new OrderId { SubaccountId = Subaccount(), OrderFlags = flags },
        };
        if (flags == 0) order.GoodTilBlock = 100;
        else order.GoodTilBlockTime = 1_800_000_000;
        return new MsgPlaceOrder { Order = order };
    }

    private MsgCancelOrder Cancel(uint flags) =>
        new() { OrderId = new OrderId { SubaccountId = Subaccount(), OrderFlags = flags } };

    private MsgCreateTransfer Transfer() =>
        new() { Transfer = new Transfer { Sender = Subaccount(), Amount = 1 } };
}
