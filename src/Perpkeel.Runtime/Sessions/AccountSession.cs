using System.Collections.Immutable;
using System.Threading.Channels;
using Perpkeel.Core.Engine;
using Perpkeel.Core.MarketData;
using Perpkeel.Runtime.Time;

namespace Perpkeel.Runtime.Sessions;

/// <summary>
/// One account: the only place where its state changes. Requests wait in two lanes; at the end of each
/// instant they are decided one by one, what follows is journaled as one group, and only when that is
/// durable do its effects leave. What the venue says, timers and exits come first and are never refused;
/// requests for new risk come second and are refused when their lane is full.
/// </summary>
public sealed class AccountSession
{
    /// <summary>Requests for new risk that may wait.</summary>
    public const int RiskLane = 64;

    /// <summary>
    /// Other requests that may wait; each answers to an effect in flight, so that this is never reached.
    /// </summary>
    public const int FirstLane = 65_536;

    private readonly AccountEngine _engine;
    private readonly FactLog _log;
    private readonly TimeProvider _clock;
    private readonly IInstant _instant;
    private readonly Channel<Request> _first = Channel.CreateBounded<Request>(FirstLane);
    private readonly Channel<Request> _risk = Channel.CreateBounded<Request>(RiskLane);
    private readonly List<JournaledFact> _gathered = [];
    private readonly List<Effect> _effects = [];
    private ITimer? _wake;
    private DateTimeOffset? _wakeAt;
    private bool _isDraining;

    /// <summary>Opens the session on the state that its journal gives.</summary>
    /// <exception cref="Venues.Journal.JournalException">The journal cannot be used.</exception>
    public AccountSession(AccountEngine engine, FactLog log, TimeProvider clock, IInstant instant)
    {
        _engine = engine;
        _log = log;
        _clock = clock;
        _instant = instant;
        State = log.Recover(engine);
        RecoveredUntil = State.Sequence > 0 ? State.At : null;
    }

    /// <summary>Takes the effects of durable facts, in order.</summary>
    public event EventHandler<EffectEventArgs>? EffectDue;

    /// <summary>Tells of durable facts, in order.</summary>
    public event EventHandler<FactEventArgs>? FactRecorded;

    /// <summary>
    /// The prices of all markets with positions, for what time brings about; none where nobody gives them.
    /// </summary>
    public Func<ImmutableArray<MarketFacts>> Prices { get; set; } = static () => [];

    /// <summary>The account as its facts have made it.</summary>
    public AccountState State { get; private set; }

    /// <summary>The engine that decides.</summary>
    public AccountEngine Engine => _engine;

    /// <summary>Engine time of the last fact of an earlier life; null for a new account.</summary>
    public DateTimeOffset? RecoveredUntil { get; }

    /// <summary>Chain hash of the last fact.</summary>
    public string Head => _log.Head;

    /// <summary>The failure that halted the session, if there was one.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>
    /// Ends the session for good: a bug, or a store or a feed that failed, must not be followed by decisions.
    /// What is durable stays; a new start continues from it.
    /// </summary>
    public void Halt(Exception fault) => Fault ??= fault;

    /// <summary>Hands a request in; false when it asks for new risk and the lane is full.</summary>
    public bool Post(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.IsNewRisk)
        {
            PostFirst(request);
            return true;
        }

        var isTaken = _risk.Writer.TryWrite(request);
        if (isTaken) DrainAtEnd();
        return isTaken;
    }

    /// <summary>
    /// Hands in a request that may not be refused: what was accepted before goes on, also where it asks for
    /// new risk.
    /// </summary>
    public void PostFirst(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_first.Writer.TryWrite(request))
        {
            throw new InvalidOperationException("The session no longer drains its first lane.");
        }

        DrainAtEnd();
    }

    /// <summary>Notes what happens to the process, beside the facts; durable at once.</summary>
    public void Note(string kind, RecoveryNote note)
    {
        _log.AppendRecovery(kind, _clock.GetUtcNow(), note);
        _log.Commit(State);
    }

    /// <summary>Sets the timers that a recovered state asks for.</summary>
    public void Resume() => SetWake();

    private void DrainAtEnd()
    {
        if (_isDraining) return;
        _isDraining = true;
        _instant.AtEnd(Drain);
    }

    private void Drain()
    {
        _isDraining = false;
        if (Fault is not null) return;
        while (_first.Reader.TryRead(out var request) || _risk.Reader.TryRead(out request))
        {
            Decide(request is Request.Hear hear ? WithAllThatWaits(hear) : request);
        }

        if (_gathered.Count > 0)
        {
            _log.Commit(State);
            foreach (var fact in _gathered) FactRecorded?.Invoke(this, new FactEventArgs(fact, State));
            foreach (var effect in _effects) EffectDue?.Invoke(this, new EffectEventArgs(effect));
            _gathered.Clear();
            _effects.Clear();
        }

        SetWake();
    }

    /// <summary>What the venue tells at one instant is heard whole.</summary>
    private Request.Hear WithAllThatWaits(Request.Hear first)
    {
        var reports = first.Reports.ToBuilder();
        while (_first.Reader.TryPeek(out var next) && next is Request.Hear hear)
        {
            reports.AddRange(hear.Reports);
            _first.Reader.TryRead(out _);
        }

        return new Request.Hear(reports.ToImmutable());
    }

    private void Decide(Request request)
    {
        foreach (var fact in _engine.Decide(State, request, _clock.GetUtcNow()))
        {
            State = _engine.Evolve(State, fact);
            _log.Append(fact);
            _gathered.Add(fact);
            if (AccountEngine.EffectOf(State, fact) is { } effect) _effects.Add(effect);
        }
    }

    private void SetWake()
    {
        var now = _clock.GetUtcNow();
        var at = AccountEngine.NextWake(State, now);
        if (at == _wakeAt) return;
        _wake?.Dispose();
        _wake = null;
        _wakeAt = at;
        if (at is not { } due) return;
        _wake = _clock.CreateTimer(
            _ =>
            {
                _wakeAt = null;
                Post(new Request.Wake { Prices = Prices() });
            },
            null, due > now ? due - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>An effect whose fact is durable.</summary>
/// <param name="effect">The effect.</param>
public sealed class EffectEventArgs(Effect effect) : EventArgs
{
    /// <summary>The effect.</summary>
    public Effect Effect => effect;
}

/// <summary>A durable fact.</summary>
/// <param name="fact">The fact.</param>
/// <param name="state">The state after the group that it belongs to.</param>
public sealed class FactEventArgs(JournaledFact fact, AccountState state) : EventArgs
{
    /// <summary>The fact.</summary>
    public JournaledFact Fact => fact;

    /// <summary>The state after the group that it belongs to.</summary>
    public AccountState State => state;
}
