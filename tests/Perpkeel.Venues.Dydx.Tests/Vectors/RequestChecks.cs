using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Sending;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>
/// Cancels, transfers, leverage and permissions, asked for as a trader would, become the bytes that the
/// official client made.
/// </summary>
internal static class RequestChecks
{
    private const decimal PerUsd = QuoteQuantums.PerUsd;

    public static void Check(VectorCase vector)
    {
        MessageChecks.Check(vector);
        if (!vector.Inputs.TryGetProperty("typeUrl", out _)) return;
        if (Asked(vector, MessageChecks.Message(vector)) is not { } asked) return;
        Assert.Equal(vector.Expects("msgValueHex"), MessageChecks.Hex(asked));
    }

    /// <summary>
    /// The same message by the way that a trader takes; null where a rule of ours refuses it.
    /// </summary>
    public static IMessage? Asked(VectorCase vector, IMessage message) => message switch
    {
        MsgCancelOrder cancel => Cancel(cancel),
        MsgBatchCancel batch => Kept(Cancels.Batch(
            OrderChecks.Subaccount(batch.SubaccountId),
            [.. batch.ShortTermCancels.Select(
                market => new CancelBatch(market.ClobPairId, market.ClientIds))],
            batch.GoodTilBlock)),
        MsgUpdateLeverage leverage => Kept(LeverageUpdates.Of(
            OrderChecks.Subaccount(leverage.SubaccountId),
            [.. leverage.ClobPairLeverage.Select(
                entry => new MarketLeverage(entry.ClobPairId, new Ppm(entry.CustomImfPpm)))])),
        MsgCreateTransfer { Transfer: var transfer } => Kept(Transfers.Between(
            OrderChecks.Subaccount(transfer.Sender), OrderChecks.Subaccount(transfer.Recipient),
            new Usd(transfer.Amount / PerUsd))),
        MsgDepositToSubaccount deposit => Kept(Transfers.Deposit(
            OrderChecks.Address(deposit.Sender), OrderChecks.Subaccount(deposit.Recipient),
            new Usd(deposit.Quantums / PerUsd))),
        MsgWithdrawFromSubaccount withdraw => Kept(Transfers.Withdraw(
            OrderChecks.Subaccount(withdraw.Sender), OrderChecks.Address(withdraw.Recipient),
            new Usd(withdraw.Quantums / PerUsd))),
        MsgSend { Amount: [var coin] } send => Kept(Transfers.Send(
            OrderChecks.Address(send.FromAddress), OrderChecks.Address(send.ToAddress),
            new CoinAmount(coin.Denom, BigInteger.Parse(coin.Amount, CultureInfo.InvariantCulture)))),
        MsgAddAuthenticator add => Permission(vector, add),
        MsgRemoveAuthenticator remove => PermissionedKeys.Remove(
            OrderChecks.Address(remove.Sender), remove.Id),
        _ => null,
    };

    private static MsgCancelOrder? Cancel(MsgCancelOrder cancel)
    {
        var key = OrderChecks.Key(cancel.OrderId);
        return key.Kind == DydxOrderKind.ShortTerm
            ? Kept(Cancels.ShortTerm(key, cancel.GoodTilBlock, cancel.GoodTilBlock))
            : Kept(Cancels.Stateful(key, new GoodTilTime(cancel.GoodTilBlockTime)));
    }

    /// <summary>A rule by its kind, and the same rule read from its bytes and written again.</summary>
    private static MsgAddAuthenticator? Permission(VectorCase vector, MsgAddAuthenticator add)
    {
        var owner = OrderChecks.Address(add.Sender);
        var read = AuthenticatorCodec.Read(add.AuthenticatorType, add.Data.Span);
        Assert.Equal(add.Data.ToByteArray(), AuthenticatorCodec.Write(read));
        if (!vector.Inputs.TryGetProperty("traderPublicKeyBase64", out var text)) return null;

        var key = PublicKey.FromBase64(text.GetString()!).Value();
        return vector.Input("kind") switch
        {
            "official-trading-key" =>
                Kept(PermissionedKeys.Add(owner, PermissionedKeys.WebPageRule(key))),
            "compact" => Kept(PermissionedKeys.Add(
                owner,
                PermissionedKeys.TradingRule(
                    key, [.. Numbers(vector, "subaccounts")], [.. Numbers(vector, "clobPairs")]))),
            _ => null,
        };
    }

    private static IEnumerable<uint> Numbers(VectorCase vector, string name) =>
        vector.Inputs.TryGetProperty(name, out var list)
            ? list.EnumerateArray().Select(item => item.GetUInt32())
            : [];

    private static T? Kept<T, TError>(Result<T, TError> result)
        where T : class
        where TError : notnull =>
        result.TryGet(out var value, out _) ? value : null;
}
