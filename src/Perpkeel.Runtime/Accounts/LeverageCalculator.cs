using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Accounts;

/// <summary>
/// How far accounts are geared, from their positions as the venue has them. For any number of accounts and
/// callers at once; accounts share nothing.
/// </summary>
public sealed partial class LeverageCalculator
{
    private readonly AccountReads _reads;
    private readonly Func<AccountId, Leverage> _limitOf;
    private readonly SingleFlightCache<AccountId, LeverageInfo, AccountError> _cache;
    private readonly ILogger<LeverageCalculator> _logger;

    /// <summary>Knows nothing yet.</summary>
    /// <param name="reader">The venue.</param>
    /// <param name="limitOf">An account's own limit; the venue's counts where it is lower.</param>
    /// <param name="rules">How long leverage counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meter">Where hits, misses and fetch times are counted; stays the caller's.</param>
    /// <param name="logger">Hears of fetches that failed.</param>
    /// <param name="stopping">Ends all fetches, when the process does.</param>
    public LeverageCalculator(
        IAccountReader reader, Func<AccountId, Leverage> limitOf, ConfirmationRules rules, TimeProvider time,
        Meter meter, ILogger<LeverageCalculator> logger, CancellationToken stopping)
    {
        _reads = new AccountReads(reader, rules, time);
        _limitOf = limitOf;
        _logger = logger;
        _cache = new SingleFlightCache<AccountId, LeverageInfo, AccountError>(
            new()
            {
                Fetch = FetchAsync,
                AsOf = static leverage => leverage.AsOf,
                CodeOf = static error => error.Code,
            },
            rules, new CacheMeters(meter, "leverage"), time, stopping);
    }

    /// <summary>
    /// The account's leverage: from memory while it is younger than the time to live; else from the venue,
    /// by one fetch for all who wait. What is available is negative for an account that is geared beyond its
    /// limit.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="cancellation">Ends this caller's wait; the fetch goes on for the others.</param>
    public Task<Result<LeverageInfo, AccountError>> GetLeverageInfoAsync(
        AccountId account, CancellationToken cancellation) => _cache.GetAsync(account, cancellation);

    /// <summary>Forgets an account's leverage, e.g. because its limit was changed.</summary>
    public void Invalidate(AccountId account) => _cache.Invalidate(account);

    /// <summary>The same, and an answer from before a time does not count any more.</summary>
    public void Invalidate(AccountId account, DateTimeOffset since) => _cache.Invalidate(account, since);

    /// <summary>Forgets the leverage of all accounts: a market has other tiers.</summary>
    public void InvalidateAll() => _cache.InvalidateAll();

    /// <summary>
    /// From now on a fill, a transfer or funding of a session makes what was known before it worthless.
    /// </summary>
    /// <returns>Ends it when it is disposed of.</returns>
    public IDisposable Follow(AccountSession session, AccountId account) =>
        ConfirmationWatch.On(session, since => _cache.Invalidate(account, since));

    /// <summary>The leverage of an account as its venue told it.</summary>
    /// <param name="reading">What the venue told.</param>
    /// <param name="limit">The account's own limit.</param>
    public static LeverageInfo LeverageOf(AccountReading reading, Leverage limit)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var cross = reading.Pools.FirstOrDefault(pool => pool.Mode == MarginMode.Cross);
        var isolated = ImmutableArray.CreateBuilder<IsolatedLeverage>();
        foreach (var pool in reading.Pools)
        {
            if (pool.Mode != MarginMode.Isolated || pool.Positions.IsEmpty) continue;
            isolated.Add(new(pool.Positions[0].Market, Of(pool)));
        }

        var of = cross is null ? LeverageInfo.Of(default, limit, reading.AsOf) : Of(cross);
        return of with { Isolated = isolated.ToImmutable() };

        LeverageInfo Of(MarginPool pool) => LeverageInfo.Of(
            new PoolFigures(pool.Equity, pool.Notional, pool.InitialMargin, pool.MaintenanceMargin),
            limit, reading.AsOf) with
        {
            IsLiquidatedWhenEqual = reading.IsLiquidatedWhenEqual,
        };
    }

    private async Task<Result<LeverageInfo, AccountError>> FetchAsync(
        AccountId account, DateTimeOffset notBefore, CancellationToken stopping)
    {
        var read = await _reads.ReadAsync(account, notBefore, stopping);
        if (read.TryGet(out var reading, out var error))
        {
            if (FaultOf(reading) is not { } fault) return LeverageOf(reading, _limitOf(account));
            error = fault;
        }

        LogFailed(account.ToString(), error.Code, error.Message);
        return error;
    }

    /// <summary>Margins that are negative, or missing beside a position, would look healthy.</summary>
    private static AccountError.Malformed? FaultOf(AccountReading reading)
    {
        foreach (var pool in reading.Pools)
        {
            if (pool.InitialMargin < Usd.Zero || pool.MaintenanceMargin < Usd.Zero)
            {
                return new("margin", $"Pool {pool.Number} requires less than nothing.");
            }

            if (pool.Notional > Usd.Zero && pool.MaintenanceMargin == Usd.Zero)
            {
                return new("margin", $"Pool {pool.Number} has positions and no maintenance margin.");
            }

            if (pool.Mode == MarginMode.Isolated && pool.Positions.Length > 1)
            {
                return new("positions", $"Isolated pool {pool.Number} has {pool.Positions.Length} of them.");
            }
        }

        return null;
    }

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning,
        Message = "The leverage of {Account} was not read ({Code}): {Reason}")]
    private partial void LogFailed(string account, string code, string reason);
}
