using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Testing.Live;

/// <summary>
/// A venue and a user that live on, and a process between them that may die at any commit and begins again
/// on its journal. What the user wanted and was not told of is asked for again, as users do.
/// </summary>
public sealed class LiveScene : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly IDisposable _home;
    private readonly ILoggerFactory _loggers;
    private readonly Dictionary<SignalId, TradeSignal> _wanted = [];
    private readonly Dictionary<SignalId, ExecutionReport> _answers = [];
    private readonly Queue<CommitFault> _faults;
    private CommitFault? _fault;

    /// <summary>A scene whose process has begun and holds a deposit.</summary>
    /// <param name="limits">The account's limits.</param>
    /// <param name="faults">At which commits its processes die, in turn.</param>
    /// <param name="loggers">Takes what is logged.</param>
    /// <param name="deposit">What the account begins with.</param>
    /// <param name="arrange">Called before the process begins.</param>
    public LiveScene(
        RiskLimits? limits = null, IEnumerable<CommitFault>? faults = null, ILoggerFactory? loggers = null,
        decimal deposit = 10_000m, Action<AutoVenue>? arrange = null)
    {
        Clock = new VirtualClock(Noon);
        _home = Clock.Enter();
        _loggers = loggers ?? NullLoggerFactory.Instance;
        _faults = new Queue<CommitFault>(faults ?? []);
        Engine = new AccountEngine(SampleMarkets.All, limits ?? Usual);
        Venue = new AutoVenue(new AccountId("auto", "test", "owner"), SampleMarkets.All, Clock);
        Venue.SetPrice(SampleMarkets.Btc, 50_000m);
        Venue.SetPrice(SampleMarkets.Eth, 3_000m);
        Venue.SetPrice(SampleMarkets.Sol, 150m);
        arrange?.Invoke(Venue);
        _fault = NextFault();
        Log = new MemoryRecordLog(_fault);
        Venue.Deposit(deposit);
        Account = Begin();
        Run(TimeSpan.FromSeconds(1));
    }

    /// <summary>Limits under which a test can ask for much within a short time.</summary>
    public static RiskLimits Usual { get; } = new()
    {
        Cooldown = TimeSpan.Zero,
        StaleAfter = TimeSpan.FromDays(1),
        DailyLoss = 1m,
        MaxDrawdown = 1m,
        SignalMaxAge = TimeSpan.FromMinutes(5),
    };

    /// <summary>Time that passes between a death and the next life.</summary>
    public TimeSpan Downtime { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The venue.</summary>
    public AutoVenue Venue { get; }

    /// <summary>The rules.</summary>
    public AccountEngine Engine { get; }

    /// <summary>The present process.</summary>
    public LiveAccount Account { get; private set; }

    /// <summary>Its journal.</summary>
    public MemoryRecordLog Log { get; private set; }

    /// <summary>Deaths so far.</summary>
    public int Deaths { get; private set; }

    /// <summary>Called with every durable fact and the state right after it.</summary>
    public Action<JournaledFact, AccountState>? OnFact { get; set; }

    /// <summary>The account's state.</summary>
    public AccountState State => Account.State;

    /// <summary>What the user was told, by signal.</summary>
    public IReadOnlyDictionary<SignalId, ExecutionReport> Answers => _answers;

    /// <summary>All facts that are durable.</summary>
    public IEnumerable<JournaledFact> Facts => Log.Durable(Venue.Account.ToString())
        .Select(record => FactCodec.Decode(record)!);

    /// <summary>Sends a signal as a caller would, and again after a death that left it unanswered.</summary>
    public void Send(TradeSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        _wanted[signal.Id] = signal;
        _ = SendAsync(Account, signal);
    }

    /// <summary>Asks the session for something; again if the process dies of it.</summary>
    public void Ask(Request request)
    {
        Account.Session.Post(request);
        var deaths = Deaths;
        RunUntil(Clock.Now);
        if (Deaths > deaths) Ask(request);
    }

    /// <summary>Where a market's price stands from now on.</summary>
    public void Price(Market market, decimal price)
    {
        Venue.SetPrice(market, price);
        Show(Account, market);
    }

    /// <summary>Lets time pass.</summary>
    public void Run(TimeSpan time)
    {
        var until = Clock.Now + time;
        Clock.CreateTimer(_ => { }, null, time, Timeout.InfiniteTimeSpan);
        RunUntil(until);
    }

    /// <summary>Lets seconds pass.</summary>
    public void Run(double seconds) => Run(TimeSpan.FromSeconds(seconds));

    /// <summary>The process dies now, and the next one begins after the downtime.</summary>
    public void Kill()
    {
        Deaths++;
        Account.Dispose();
        _fault = NextFault();
        Log = Log.Survivor(_fault);
        var until = Clock.Now + Downtime;
        Clock.CreateTimer(_ => { }, null, Downtime, Timeout.InfiniteTimeSpan);
        Clock.RunUntil(until);
        Account = Begin();
        foreach (var signal in _wanted.Values.Where(each => !_answers.ContainsKey(each.Id)).ToList())
        {
            _ = SendAsync(Account, signal);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Account.Dispose();
        _home.Dispose();
    }

    private void RunUntil(DateTimeOffset until)
    {
        while (Clock.NextInstant() is { } next && next <= until)
        {
            Exception? error = null;
            try
            {
                Clock.RunInstant();
            }
            catch (JournalException broken)
            {
                error = broken;
            }

            Survive(error);
        }
    }

    private CommitFault? NextFault() => _faults.TryDequeue(out var fault) ? fault : null;

    /// <summary>Whether the process has died of the instant; then the next one has begun.</summary>
    private void Survive(Exception? error)
    {
        if (_fault is { IsBroken: true })
        {
            Kill();
            return;
        }

        if ((error ?? Account.Session.Fault) is { } fault)
        {
            throw new InvalidOperationException($"The process has failed: {fault.Message}", fault);
        }
    }

    private LiveAccount Begin()
    {
        var account = new LiveAccount(Venue, Engine, Log, Clock, _loggers, isMeasured: true);
        foreach (var market in Venue.Markets) Show(account, market);
        var state = account.State;
        account.Session.FactRecorded += (_, recorded) =>
        {
            state = Engine.Evolve(state, recorded.Fact);
            OnFact?.Invoke(recorded.Fact, state);
        };
        try
        {
            account.Start();
        }
        catch (JournalException)
        {
            // It has died of its first note; the next instant sees that.
        }

        return account;
    }

    private void Show(LiveAccount account, Market market)
    {
        account.Board.OnView(SampleFacts.View(market, Venue.Books.Price(market.Id), Clock.Now));
    }

    private async Task SendAsync(LiveAccount account, TradeSignal signal)
    {
        try
        {
            var answer = await account.Executor.ExecuteSignalAsync(
                Venue.Account, signal, CancellationToken.None);
            if (account == Account) _answers[signal.Id] = answer;
        }
        catch (OperationCanceledException)
        {
            // The process died while the venue was asked for the balance.
        }
    }
}
