using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues;

namespace Perpkeel.Testing;

/// <summary>
/// How a venue answers when it is asked for accounts: what it is told to, after the time it is told to take.
/// The same script on the same clock gives the same answers; any number of threads may ask.
/// </summary>
public sealed class ScriptedReads(TimeProvider time) : IAccountReader
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, MarginPool[]> _accounts = [];
    private readonly Queue<Result<MarginPool[], AccountError>> _next = new();
    private readonly List<(DateTimeOffset At, AccountId Account)> _asked = [];
    private TaskCompletionSource? _held;

    /// <summary>What every answer is, until it is null again.</summary>
    public AccountError? Fails { get; set; }

    /// <summary>What breaks every call, until it is null again: a bug of the adapter.</summary>
    public Exception? Breaks { get; set; }

    /// <summary>
    /// How long an answer takes; <see cref="Timeout.InfiniteTimeSpan"/> for one that never comes.
    /// </summary>
    public TimeSpan Takes { get; set; }

    /// <summary>How old what it tells is.</summary>
    public TimeSpan IsBehind { get; set; }

    /// <summary>The account that every answer is about; null for the one that was asked for.</summary>
    public AccountId? MistakesFor { get; set; }

    /// <summary>Who was asked for, and when.</summary>
    public IReadOnlyList<(DateTimeOffset At, AccountId Account)> Asked
    {
        get
        {
            lock (_gate) return [.. _asked];
        }
    }

    /// <summary>An account has this from now on.</summary>
    public ScriptedReads Has(AccountId account, params MarginPool[] pools)
    {
        lock (_gate) _accounts[account] = pools;
        return this;
    }

    /// <summary>The next answer that is not scripted yet is this.</summary>
    public ScriptedReads Then(params MarginPool[] pools)
    {
        lock (_gate) _next.Enqueue(pools);
        return this;
    }

    /// <summary>The next answer that is not scripted yet is this error.</summary>
    public ScriptedReads Then(AccountError error)
    {
        lock (_gate) _next.Enqueue(error);
        return this;
    }

    /// <summary>The next answer does not let us see the account.</summary>
    public ScriptedReads ThenRefusesTheKey() =>
        Then(new AccountError.NotAuthenticated("paper/test/owner", "the key was revoked"));

    /// <summary>The next question does not reach the venue.</summary>
    public ScriptedReads ThenIsUnreachable() =>
        Then(new AccountError.Network("indexer.example", "connection refused"));

    /// <summary>The next answer asks for patience.</summary>
    public ScriptedReads ThenLimitsTheRate(TimeSpan? retryAfter) =>
        Then(new AccountError.RateLimited(retryAfter));

    /// <summary>The next answer is that it cannot answer.</summary>
    public ScriptedReads ThenIsDown() => Then(new AccountError.VenueDown(503, "maintenance"));

    /// <summary>The next answer has more to spend than there is.</summary>
    public ScriptedReads ThenTellsNonsense() => Then(Cross(100m) with { FreeCollateral = new Usd(101m) });

    /// <summary>Answers wait from now on until they are let go.</summary>
    public void Hold()
    {
        lock (_gate) _held = new TaskCompletionSource();
    }

    /// <summary>Lets all answers go.</summary>
    public void LetGo()
    {
        TaskCompletionSource? held;
        lock (_gate) (held, _held) = (_held, null);
        held?.SetResult();
    }

    /// <inheritdoc/>
    public async Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId account, CancellationToken cancellation)
    {
        Result<MarginPool[], AccountError> answer;
        TaskCompletionSource? held;
        lock (_gate)
        {
            _asked.Add((time.GetUtcNow(), account));
            held = _held;
            answer = Fails is { } error ? error
                : _next.TryDequeue(out var next) ? next
                : _accounts.GetValueOrDefault(account, []);
        }

        if (Takes != TimeSpan.Zero) await Task.Delay(Takes, time, cancellation);
        if (held is not null) await held.Task.WaitAsync(cancellation);
        if (Breaks is { } bug) throw bug;
        if (!answer.TryGet(out var pools, out var failure)) return failure;
        return new AccountReading
        {
            Account = MistakesFor ?? account,
            Pools = [.. pools],
            AsOf = time.GetUtcNow() - IsBehind,
            Source = "scripted",
        };
    }

    /// <summary>A cross pool whose margins follow from its positions.</summary>
    public static MarginPool Cross(decimal equity, params VenuePosition[] positions) =>
        Pool(MarginMode.Cross, 0, equity, positions);

    /// <summary>A pool of its own for one position.</summary>
    public static MarginPool Isolated(int number, decimal equity, VenuePosition position) =>
        Pool(MarginMode.Isolated, number, equity, [position]);

    /// <summary>A position that was opened at the price at which it is valued.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="size">Signed size.</param>
    /// <param name="price">The oracle price.</param>
    /// <param name="fraction">The initial margin fraction; the market's own where none is given.</param>
    public static VenuePosition Position(
        Market market, decimal size, decimal price, decimal? fraction = null) => new()
        {
            Market = market.Id,
            Size = new Size(size),
            EntryPrice = new Price(price),
            OraclePrice = new Price(price),
            InitialFraction = fraction ?? market.InitialMarginPpm.Fraction,
        };

    /// <summary>Maintenance is three fifths of the initial margin, as in most of dYdX's markets.</summary>
    private static MarginPool Pool(
        MarginMode mode, int number, decimal equity, VenuePosition[] positions)
    {
        var initial = positions.Sum(position => position.Notional.Value * position.InitialFraction);
        return new MarginPool
        {
            Mode = mode,
            Number = number,
            Equity = new Usd(equity),
            FreeCollateral = new Usd(equity - initial),
            InitialMargin = new Usd(initial),
            MaintenanceMargin = new Usd(initial * 0.6m),
            Positions = [.. positions],
        };
    }
}
