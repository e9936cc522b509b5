using Perpkeel.Core.Numbers;

using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>
/// Stream and REST of one account together: REST is asked for what the stream may have missed, after each
/// picture and every so often, and what both tell is told once.
/// </summary>
/// <param name="client">REST.</param>
/// <param name="subscription">The stream.</param>
public sealed class AccountFeed(IndexerClient client, AccountSubscription subscription)
{
    /// <summary>Rows that are asked for at a time.</summary>
    private const int Rows = 1_000;

    /// <summary>Asks REST once and merges; the error of the first question that failed.</summary>
    public async Task<IndexerError?> ReconcileAsync(CancellationToken cancellation)
    {
        var account = subscription.Now.Account;
        var fills = await client.Accounts.FillsAsync(
            account, new HistoryQuery { Limit = Rows }, cancellation);
        if (Failed(fills, out var error)) return error;
        var transfers = await client.Accounts.TransfersAsync(
            account, new HistoryQuery { Limit = Rows }, cancellation);
        if (Failed(transfers, out error)) return error;
        var funding = await client.Accounts.FundingPaymentsAsync(
            account, null, null, Rows, null, cancellation);
        if (Failed(funding, out error)) return error;
        var orders = await client.Accounts.OrdersAsync(
            account, new OrdersQuery { Limit = Rows, ReturnLatestOrders = true }, cancellation);
        if (Failed(orders, out error)) return error;
        subscription.Merge((state, news) =>
        {
            state = Each(fills, state, (now, fill) => AccountFold.Fill(now, fill, news));
            state = Each(transfers, state, (now, transfer) => AccountFold.Transfer(now, transfer, news));
            state = Each(funding, state, (now, paid) => AccountFold.Funding(now, paid, news));
            return Each(orders, state, (now, order) => AccountFold.Order(now, order, news));
        });
        return null;
    }

    /// <summary>An account that was never used is empty, and that is no failure.</summary>
    private static bool Failed<T>(Result<T, IndexerError> asked, out IndexerError? error)
        where T : notnull
    {
        error = asked.TryGet(out _, out var fault) || fault is IndexerError.NotFound ? null : fault;
        return error is not null;
    }

    /// <summary>Oldest first, as they happened.</summary>
    private static AccountState Each<T>(
        Result<System.Collections.Immutable.ImmutableArray<T>, IndexerError> asked, AccountState state,
        Func<AccountState, T, AccountState> fold)
    {
        if (!asked.TryGet(out var rows, out _)) return state;
        for (var i = rows.Length - 1; i >= 0; i--) state = fold(state, rows[i]);
        return state;
    }
}
