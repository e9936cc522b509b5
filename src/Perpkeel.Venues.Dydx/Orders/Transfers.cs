using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Sending;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// Messages that move USDC. Amounts are exact to the millionth; what is finer is refused, not rounded.
/// </summary>
public static class Transfers
{
    private const uint UsdcAsset = 0;
    private const int UsdcDecimals = 6;

    /// <summary>Moves USDC between subaccounts, also of other owners.</summary>
    public static Result<MsgCreateTransfer, OrderError> Between(
        DydxSubaccount from, DydxSubaccount to, Usd amount)
    {
        if (from == to) return OrderError.ToItself;
        if (!Quantums(amount).TryGet(out var quantums, out var error)) return error;
        return new MsgCreateTransfer
        {
            Transfer = new Transfer
            {
                Sender = from.ToProto(),
                Recipient = to.ToProto(),
                AssetId = UsdcAsset,
                Amount = quantums,
            },
        };
    }

    /// <summary>
    /// Moves USDC from a wallet to a subaccount. Leave some in the wallet: fees are paid there.
    /// </summary>
    public static Result<MsgDepositToSubaccount, OrderError> Deposit(
        DydxAddress from, DydxSubaccount to, Usd amount)
    {
        if (!Quantums(amount).TryGet(out var quantums, out var error)) return error;
        return new MsgDepositToSubaccount
        {
            Sender = from.Text,
            Recipient = to.ToProto(),
            AssetId = UsdcAsset,
            Quantums = quantums,
        };
    }

    /// <summary>Moves USDC from a subaccount to a wallet.</summary>
    public static Result<MsgWithdrawFromSubaccount, OrderError> Withdraw(
        DydxSubaccount from, DydxAddress to, Usd amount)
    {
        if (!Quantums(amount).TryGet(out var quantums, out var error)) return error;
        return new MsgWithdrawFromSubaccount
        {
            Sender = from.ToProto(),
            Recipient = to.Text,
            AssetId = UsdcAsset,
            Quantums = quantums,
        };
    }

    /// <summary>Sends coins from wallet to wallet.</summary>
    public static Result<MsgSend, OrderError> Send(DydxAddress from, DydxAddress to, CoinAmount amount)
    {
        if (from == to) return OrderError.ToItself;
        if (amount.Amount.Sign <= 0) return OrderError.Amount($"{amount} is no amount above zero.");
        return new MsgSend
        {
            FromAddress = from.Text,
            ToAddress = to.Text,
            Amount =
            {
                new Coin
                {
                    Denom = amount.Denom,
                    Amount = amount.Amount.ToString(CultureInfo.InvariantCulture),
                },
            },
        };
    }

    private static Result<ulong, OrderError> Quantums(Usd amount)
    {
        if (amount.Value <= 0m) return OrderError.Amount($"{amount} USDC is no amount above zero.");
        if (Decimals.Places(amount.Value) > UsdcDecimals)
        {
            return OrderError.Amount($"{amount} USDC is finer than a millionth; it is not rounded.");
        }

        return ExactScale.TryScale(
            amount.Value, (uint)Ppm.One, UsdcDecimals, 1, Toward.Zero, out var quantums)
            ? quantums
            : OrderError.TooLarge("amount", amount.ToString());
    }
}
