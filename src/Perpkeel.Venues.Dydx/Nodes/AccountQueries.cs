using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Subaccounts;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Questions about accounts, wallets and subaccounts.</summary>
public sealed class AccountQueries
{
    private const string Plus = "dydxprotocol.accountplus.Query/";
    private readonly NodeCaller _caller;

    internal AccountQueries(NodeCaller caller) => _caller = caller;

    /// <summary>An account, or <see cref="NodeError.NoAccount"/> where the wallet was never funded.</summary>
    public async Task<Result<AccountFacts, NodeError>> AccountAsync(
        DydxAddress address, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "cosmos.auth.v1beta1.Query/AccountInfo", new QueryAccountInfoRequest { Address = address.Text },
            QueryAccountInfoResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error))
        {
            return error is NodeError.Refused { Status: GrpcStatus.NotFound }
                ? new NodeError.NoAccount(address.Text)
                : error;
        }

        return answer.Info is { } info && string.Equals(info.Address, address.Text, StringComparison.Ordinal)
            ? new AccountFacts(address, info.AccountNumber, info.Sequence)
            : new NodeError.Nonsense($"an account that is not {address}");
    }

    /// <summary>The timestamp nonces that the chain remembers of an account.</summary>
    public async Task<Result<NonceFacts, NodeError>> NoncesAsync(
        DydxAddress address, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Plus + "AccountState", new AccountStateRequest { Address = address.Text },
            AccountStateResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        var details = answer.AccountState?.TimestampNonceDetails ?? new TimestampNonceDetails();
        return new NonceFacts([.. details.TimestampNonces], details.MaxEjectedNonce);
    }

    /// <summary>What a wallet holds of one coin.</summary>
    public async Task<Result<CoinAmount, NodeError>> BalanceAsync(
        DydxAddress address, string denom, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "cosmos.bank.v1beta1.Query/Balance",
            new QueryBalanceRequest { Address = address.Text, Denom = denom }, QueryBalanceResponse.Parser,
            cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        return answer.Balance is { } coin ? Amount(coin) : new CoinAmount(denom, BigInteger.Zero);
    }

    /// <summary>What a wallet holds.</summary>
    public async Task<Result<ImmutableArray<CoinAmount>, NodeError>> BalancesAsync(
        DydxAddress address, CancellationToken cancellation)
    {
        var asked = await Paging.AllAsync<QueryAllBalancesResponse, Coin>(
            page => _caller.AskAsync(
                "cosmos.bank.v1beta1.Query/AllBalances",
                new QueryAllBalancesRequest { Address = address.Text, Pagination = page },
                QueryAllBalancesResponse.Parser, cancellation),
            page => (page.Balances, page.Pagination));
        if (!asked.TryGet(out var coins, out var error)) return error;
        var amounts = ImmutableArray.CreateBuilder<CoinAmount>(coins.Length);
        foreach (var coin in coins)
        {
            if (!Amount(coin).TryGet(out var amount, out error)) return error;
            amounts.Add(amount);
        }

        return amounts.ToImmutable();
    }

    /// <summary>A subaccount; an empty one where nothing was ever deposited.</summary>
    public async Task<Result<SubaccountFacts, NodeError>> SubaccountAsync(
        DydxSubaccount subaccount, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "dydxprotocol.subaccounts.Query/Subaccount",
            new QueryGetSubaccountRequest { Owner = subaccount.Owner.Text, Number = subaccount.Number },
            QuerySubaccountResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error))
        {
            return error is NodeError.Refused { Status: GrpcStatus.NotFound }
                ? new SubaccountFacts(subaccount, BigInteger.Zero, [])
                : error;
        }

        var usdc = answer.Subaccount?.AssetPositions.FirstOrDefault(asset => asset.AssetId == 0);
        if (!BigIntegerBytes.TryRead(usdc is null ? [] : usdc.Quantums.Span, out var quantums))
        {
            return new NodeError.Nonsense("a balance that is no number");
        }

        var positions = ImmutableArray.CreateBuilder<PositionFacts>();
        foreach (var found in answer.Subaccount?.PerpetualPositions ?? [])
        {
            if (!BigIntegerBytes.TryRead(found.Quantums.Span, out var size)
                || !BigIntegerBytes.TryRead(found.FundingIndex.Span, out var funding)
                || !BigIntegerBytes.TryRead(found.QuoteBalance.Span, out var quote))
            {
                return new NodeError.Nonsense("a position that is no number");
            }

            positions.Add(new PositionFacts(found.PerpetualId, size, funding, quote));
        }

        return new SubaccountFacts(subaccount, quantums, positions.ToImmutable());
    }

    /// <summary>The keys that may sign for an owner, with what each may do.</summary>
    public async Task<Result<ImmutableArray<FoundAuthenticator>, NodeError>> AuthenticatorsAsync(
        DydxAddress owner, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Plus + "GetAuthenticators", new GetAuthenticatorsRequest { Account = owner.Text },
            GetAuthenticatorsResponse.Parser, cancellation);
        return asked.TryGet(out var answer, out var error)
            ? PermissionedKeys.Read(answer.AccountAuthenticators)
            : error;
    }

    /// <summary>Whether the chain takes permissioned keys at all; governance may switch them off.</summary>
    public async Task<Result<bool, NodeError>> TakesPermissionedKeysAsync(CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Plus + "Params", new QueryParamsRequest(), QueryParamsResponse.Parser, cancellation);
        return asked.TryGet(out var answer, out var error)
            ? answer.Params is { IsSmartAccountActive: true }
            : error;
    }

    /// <summary>The initial margins that a subaccount has set.</summary>
    public async Task<Result<ImmutableArray<MarketLeverage>, NodeError>> LeverageAsync(
        DydxSubaccount subaccount, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "dydxprotocol.clob.Query/Leverage",
            new QueryLeverageRequest { Owner = subaccount.Owner.Text, Number = subaccount.Number },
            QueryLeverageResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        ImmutableArray<MarketLeverage> set =
        [
            .. answer.ClobPairLeverage.Select(
                one => new MarketLeverage(one.ClobPairId, new Ppm(one.CustomImfPpm))),
        ];
        return set;
    }

    /// <summary>Whether transfers of subaccounts with this perpetual are held back.</summary>
    public async Task<Result<WithdrawalGate, NodeError>> WithdrawalGateAsync(
        uint perpetualId, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "dydxprotocol.subaccounts.Query/GetWithdrawalAndTransfersBlockedInfo",
            new QueryGetWithdrawalAndTransfersBlockedInfoRequest { PerpetualId = perpetualId },
            QueryGetWithdrawalAndTransfersBlockedInfoResponse.Parser, cancellation);
        return asked.TryGet(out var answer, out var error)
            ? new WithdrawalGate(
                answer.NegativeTncSubaccountSeenAtBlock, answer.ChainOutageSeenAtBlock,
                answer.WithdrawalsAndTransfersUnblockedAtBlock)
            : error;
    }

    private static Result<CoinAmount, NodeError> Amount(Coin coin) =>
        BigInteger.TryParse(coin.Amount, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new CoinAmount(coin.Denom, amount)
            : new NodeError.Nonsense($"{coin.Denom} of '{coin.Amount}'");
}
