using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Accounts;

/// <summary>
/// Balances as their venue confirms them. A session's own state is its balance; a signal needs a confirmation
/// that is younger than the time to live. For any number of accounts and callers at once; accounts share
/// nothing.
/// </summary>
public sealed partial class BalanceManager
{
    private readonly AccountReads _reads;
    private readonly SingleFlightCache<AccountId, BalanceInfo, AccountError> _cache;
    private readonly ILogger<BalanceManager> _logger;

    /// <summary>Knows nothing yet.</summary>
    /// <param name="reader">The venue.</param>
    /// <param name="rules">How long balances count.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meter">Where hits, misses and fetch times are counted; stays the caller's.</param>
    /// <param name="logger">Hears of fetches that failed.</param>
    /// <param name="stopping">Ends all fetches, when the process does.</param>
    public BalanceManager(
        IAccountReader reader, ConfirmationRules rules, TimeProvider time, Meter meter,
        ILogger<BalanceManager> logger, CancellationToken stopping)
    {
        _reads = new AccountReads(reader, rules, time);
        _logger = logger;
        _cache = new SingleFlightCache<AccountId, BalanceInfo, AccountError>(
            new()
            {
                Fetch = FetchAsync,
                AsOf = static balance => balance.AsOf,
                CodeOf = static error => error.Code,
            },
            rules, new CacheMeters(meter, "balance"), time, stopping);
    }

    /// <summary>Accounts that are remembered.</summary>
    public int Count => _cache.Count;

    /// <summary>
    /// The confirmed balance: from memory while it is younger than the time to live; else from the venue, by
    /// one fetch for all who wait. A failed fetch is an error for all of them, never an older balance.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="cancellation">Ends this caller's wait; the fetch goes on for the others.</param>
    public Task<Result<BalanceInfo, AccountError>> GetBalanceAsync(
        AccountId account, CancellationToken cancellation) => _cache.GetAsync(account, cancellation);

    /// <summary>
    /// The balance as the venue has it now: always asks. When that fails, what is remembered stays as old as
    /// it is.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="cancellation">Ends this caller's wait.</param>
    public Task<Result<BalanceInfo, AccountError>> RefreshBalanceAsync(
        AccountId account, CancellationToken cancellation) => _cache.RefreshAsync(account, cancellation);

    /// <summary>Forgets an account's balance: the next call asks the venue.</summary>
    public void Invalidate(AccountId account) => _cache.Invalidate(account);

    /// <summary>
    /// The same, and an answer from before a time does not count any more: the venue's view of accounts may
    /// be behind what it told.
    /// </summary>
    public void Invalidate(AccountId account, DateTimeOffset since) => _cache.Invalidate(account, since);

    /// <summary>
    /// From now on a fill, a transfer or funding of a session makes what was confirmed before it worthless.
    /// </summary>
    /// <returns>Ends it when it is disposed of.</returns>
    public IDisposable Follow(AccountSession session, AccountId account) =>
        ConfirmationWatch.On(session, since => _cache.Invalidate(account, since));

    private async Task<Result<BalanceInfo, AccountError>> FetchAsync(
        AccountId account, DateTimeOffset notBefore, CancellationToken stopping)
    {
        var read = await _reads.ReadAsync(account, notBefore, stopping);
        var result = read.TryGet(out var reading, out var error) ? BalanceOf(reading) : error;
        if (!result.TryGet(out _, out error)) LogFailed(account.ToString(), error.Code, error.Message);
        return result;
    }

    private static Result<BalanceInfo, AccountError> BalanceOf(AccountReading reading)
    {
        var (total, available) = (reading.Equity, reading.FreeCollateral);
        return BalanceInfo.From(total, available, total - available, reading.AsOf)
            .TryGet(out var balance, out var fault)
            ? balance
            : new AccountError.Malformed("balance", fault.Message);
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning,
        Message = "The balance of {Account} was not confirmed ({Code}): {Reason}")]
    private partial void LogFailed(string account, string code, string reason);
}
