using System.Collections.Immutable;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>
/// Stream and REST of one account together: REST is asked for what the stream may have missed, after each
/// picture and every so often, back to what it told last, and what both tell is told once.
/// </summary>
/// <param name="client">REST.</param>
/// <param name="subscription">The stream.</param>
/// <param name="time">The clock.</param>
public sealed class AccountFeed(IndexerClient client, AccountSubscription subscription, TimeProvider time)
{
    /// <summary>Rows that are asked for at a time.</summary>
    private const int Rows = 1_000;

    /// <summary>Rows that are gone back for; an account with more between two questions is told so.</summary>
    private const int MostRows = 50_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(5);

    private DateTimeOffset? _fillsUntil;
    private DateTimeOffset? _transfersUntil;
    private DateTimeOffset? _fundingUntil;

    /// <summary>Why REST did not answer last; null where it did.</summary>
    public IndexerError? LastError { get; private set; }

    /// <summary>Goes on until it is told to stop.</summary>
    /// <param name="every">How often REST is asked while no picture comes.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(TimeSpan every, CancellationToken cancellation)
    {
        var pictures = 0;
        var next = DateTimeOffset.MinValue;
        while (true)
        {
            var (seen, now) = (subscription.Pictures, time.GetUtcNow());
            if (seen > 0 && (seen != pictures || now >= next))
            {
                var isDone = await ReconcileAsync(cancellation) is null;
                if (isDone) pictures = seen;
                next = time.GetUtcNow() + (isDone ? every : AfterError);
                if (!isDone) await Task.Delay(AfterError, time, cancellation);
            }

            await Task.Delay(LookEvery, time, cancellation);
        }
    }

    /// <summary>Asks REST once and merges; the error of the first question that failed.</summary>
    public async Task<IndexerError?> ReconcileAsync(CancellationToken cancellation)
    {
        var account = subscription.Now.Account;
        var fills = await BackAsync(
            client.Accounts.AllFillsAsync(account, cancellation), fill => fill.CreatedAt, _fillsUntil);
        if (Failed(fills, out var error)) return error;
        var transfers = await BackAsync(
            client.Accounts.AllTransfersAsync(account, cancellation), one => one.CreatedAt, _transfersUntil);
        if (Failed(transfers, out error)) return error;
        var funding = await FundingAsync(account, cancellation);
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
        _fillsUntil = Newest(fills, fill => fill.CreatedAt) ?? _fillsUntil;
        _transfersUntil = Newest(transfers, one => one.CreatedAt) ?? _transfersUntil;
        _fundingUntil = Newest(funding, one => one.CreatedAt) ?? _fundingUntil;
        return null;
    }

    /// <summary>
    /// Newest first, back to an instant and with it; the first time, when there is none, one page.
    /// </summary>
    private static async Task<Result<ImmutableArray<T>, IndexerError>> BackAsync<T>(
        IAsyncEnumerable<Result<T, IndexerError>> rows, Func<T, DateTimeOffset> at, DateTimeOffset? until)
        where T : notnull
    {
        var read = ImmutableArray.CreateBuilder<T>();
        await foreach (var asked in rows)
        {
            if (!asked.TryGet(out var row, out var error)) return error;
            if (until is { } last && at(row) < last) break;
            if (read.Count == MostRows) return new IndexerError.Stuck("the account's history");
            read.Add(row);
            if (until is null && read.Count == Rows) break;
        }

        return read.ToImmutable();
    }

    private async Task<Result<ImmutableArray<FundingPayment>, IndexerError>> FundingAsync(
        IndexerAccount account, CancellationToken cancellation)
    {
        var read = ImmutableArray.CreateBuilder<FundingPayment>();
        for (var page = 1; page <= MostRows / Rows; page++)
        {
            var asked = await client.Accounts.FundingPaymentsAsync(
                account, null, _fundingUntil, Rows, page, cancellation);
            if (!asked.TryGet(out var rows, out var error)) return error;
            read.AddRange(rows);
            if (rows.Length < Rows || _fundingUntil is null) break;
        }

        return read.ToImmutable();
    }

    /// <summary>An account that was never used is empty, and that is no failure.</summary>
    private bool Failed<T>(Result<T, IndexerError> asked, out IndexerError? error)
        where T : notnull
    {
        error = asked.TryGet(out _, out var fault) || fault is IndexerError.NotFound ? null : fault;
        LastError = error;
        return error is not null;
    }

    private static DateTimeOffset? Newest<T>(
        Result<ImmutableArray<T>, IndexerError> asked, Func<T, DateTimeOffset> at) =>
        asked.TryGet(out var rows, out _) && rows.Length > 0 ? rows.Max(at) : null;

    /// <summary>Oldest first, as they happened.</summary>
    private static AccountState Each<T>(
        Result<ImmutableArray<T>, IndexerError> asked, AccountState state,
        Func<AccountState, T, AccountState> fold)
    {
        if (!asked.TryGet(out var rows, out _)) return state;
        for (var i = rows.Length - 1; i >= 0; i--) state = fold(state, rows[i]);
        return state;
    }
}
