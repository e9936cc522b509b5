using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Rehearsal.World;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Simulation.Paper;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>
/// Looks at one account for as long as the rehearsal lasts, over all lives of the process, and has every
/// invariant checked at every fact, every message and every second.
/// </summary>
internal sealed class Audit
{
    private const int MostKept = 60;

    /// <summary>Facts and messages of one account at one instant; far more than anything needs.</summary>
    private const int MostAtOnce = 5_000;

    private readonly Dictionary<ClientOrderId, OrderIntent> _intents = [];
    private readonly Queue<string> _kept = new();
    private readonly IReadOnlyList<Invariant> _invariants = InvariantList.New();
    private readonly Machine _machine;
    private readonly Tally _tally;
    private AccountEngine? _engine;
    private IReadOnlyList<StandingOrder>? _seen;
    private bool _wasBusy;
    private bool _isTrying;
    private int _failures;
    private int _atOnce;
    private DateTimeOffset _lastAt;

    /// <summary>An audit of an account that has not begun.</summary>
    public Audit(Seat seat, Machine machine, Tally tally)
    {
        (Seat, _machine, _tally) = (seat, machine, tally);
    }

    /// <summary>The account's user and venue.</summary>
    public Seat Seat { get; }

    /// <summary>The account as its durable facts make it, fact by fact.</summary>
    public AccountState State { get; private set; } = AccountState.Empty;

    /// <summary>The limits under which the process works that lives.</summary>
    public RiskLimits Limits => Seat.Trading.Limits;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => _machine.Clock.Now;

    /// <summary>When the process that lives began.</summary>
    public DateTimeOffset BeganAt => _machine.BeganAt;

    /// <summary>Our orders as the venue has them at this moment.</summary>
    public IReadOnlyList<StandingOrder> VenueOrders => _seen ?? Seat.Venue.Orders();

    /// <summary>Our positions as the venue has them at this moment, flat ones left out.</summary>
    public IReadOnlyList<(MarketId Market, Size Size)> VenuePositions =>
        [.. Seat.Venue.Books().Positions.Where(position => !position.Size.IsZero)];

    /// <summary>An order as the journal has it; null for one that it does not know.</summary>
    public OrderIntent? IntentOf(ClientOrderId id) => _intents.GetValueOrDefault(id);

    /// <summary>A market.</summary>
    public Market Market(MarketId id) => _engine!.Markets[id];

    /// <summary>A market as its venue has told it.</summary>
    public MarketView View(MarketId id) => Seat.Tap.Views[Market(id).Index];

    /// <summary>The oracle price as the venue has told it.</summary>
    public decimal Mark(MarketId id) =>
        View(id).OraclePrice * Decimals.PowerOfTen(Market(id).OracleExponent);

    /// <summary>Says that something must hold; ends the rehearsal where it does not.</summary>
    public void Demand(Invariant invariant, bool holds, Func<string> message)
    {
        _tally.Checks++;
        if (holds) return;
        if (_isTrying) _failures++;
        else if (_tally.Breach is null) Break(invariant, message());
    }

    /// <summary>Something does not hold.</summary>
    public void Break(Invariant invariant, string message) => _tally.Break(new Breach
    {
        Invariant = invariant.Name,
        Requirement = invariant.Requirement,
        Account = Seat.Account.ToString(),
        At = Now,
        Fact = State.Sequence,
        Message = message,
        Before = [.. _kept],
    });

    /// <summary>The process ended of a fault of its own.</summary>
    public void BreakOwn(Exception error) =>
        Break(The<OwnFaults>(), error.ToString());

    /// <summary>A position stood at the venue without a stop for a while.</summary>
    public void Bare(TimeSpan time) => _tally.Bare(time);

    /// <summary>A process begins.</summary>
    public void OnBegin(TradingRun run, IRecordLog log)
    {
        _engine = run.Session.Engine;
        Keep("process", $"begins on fact {run.Session.State.Sequence}");
        The<JournalIsState>().OnBegin(this, run.Session, log);
        run.Session.FactRecorded += (_, recorded) =>
        {
            if (Seat.Run == run) Take(recorded.Fact, isFresh: true);
        };
    }

    /// <summary>The process has ended.</summary>
    public void OnEnd()
    {
        if (Seat.Run is not null) Keep("process", "ends");
    }

    /// <summary>A fact that was durable when the process died before it could tell.</summary>
    public void OnRecovered(JournaledFact fact) => Take(fact, isFresh: false);

    /// <summary>An order leaves.</summary>
    public void OnSend(OrderIntent order)
    {
        CheckTime();
        Keep("send", $"{order.Role} {order.ClientId} {order.Side} {order.Size} at {order.Limit}");
        foreach (var invariant in _invariants) invariant.OnSend(this, order);
    }

    /// <summary>A cancel leaves.</summary>
    public void OnCancel(ClientOrderId order)
    {
        CheckTime();
        Keep("cancel", order.ToString());
        foreach (var invariant in _invariants) invariant.OnCancel(this, order);
    }

    /// <summary>A caller was answered.</summary>
    public void OnAnswer(TradeSignal signal, ExecutionReport answer)
    {
        _tally.Answers++;
        The<SameSignalSameAnswer>().OnAnswer(this, signal, answer);
    }

    /// <summary>A fault has happened.</summary>
    public void OnFault(string name) => Keep("fault", name);

    /// <summary>A little time has passed.</summary>
    public void OnLook()
    {
        if (Seat.Run is null || !State.IsOpen) return;
        _seen = Seat.Venue.Orders();
        if (_seen.Count > 0 || !State.Brackets.IsEmpty || _wasBusy)
        {
            foreach (var invariant in _invariants) invariant.OnLook(this);
        }

        _wasBusy = _seen.Count > 0 || !State.Brackets.IsEmpty || VenuePositions.Count > 0;
        _seen = null;
    }

    /// <summary>
    /// Whether everything is at rest at this very moment; nothing is broken where it is not.
    /// </summary>
    public bool IsAtRest()
    {
        (_isTrying, _failures) = (true, 0);
        OnRest();
        _isTrying = false;
        return _failures == 0;
    }

    /// <summary>Everything has to be at rest.</summary>
    public void OnRest()
    {
        foreach (var invariant in _invariants) invariant.OnRest(this);
    }

    /// <summary>The process is asked for something.</summary>
    public void OnAsk() => CheckTime();

    /// <summary>The user has asked for something, and a living process has had time to do it.</summary>
    public void OnAsked(Request request, bool isSo) => Demand(
        The<NothingNewWhileStopped>(), isSo, () => $"{request} was asked for, and is not so");

    /// <summary>A caller was not answered, although the process lives that was asked.</summary>
    public void OnSilence(TradeSignal signal) => Break(
        The<AnsweredInTime>(),
        $"nobody has answered signal {signal.Id}, made at {signal.IssuedAt:HH:mm:ss}");

    /// <summary>The rehearsal is over.</summary>
    public void OnOver() => The<FlatInTheEnd>().OnEnd(this);

    private void Take(JournaledFact fact, bool isFresh)
    {
        if (fact.Fact is Fact.OrderIntended intended)
        {
            _intents[intended.Order.ClientId] = intended.Order;
        }

        CheckTime();
        var step = new FactStep(fact, State, _engine!.Evolve(State, fact), isFresh);
        State = step.After;
        Keep("fact", $"{fact.Sequence} {fact.Fact}");
        _tally.Take(step);
        foreach (var invariant in _invariants) invariant.OnFact(this, step);
        if (isFresh && fact.Fact is Fact.EntryPlanned or Fact.AddPlanned) Seat.Operator.OnBegun();
    }

    private T The<T>()
        where T : Invariant => _invariants.OfType<T>().Single();

    /// <summary>
    /// Who asks and is answered at one and the same instant, again and again, never lets time go on.
    /// </summary>
    private void CheckTime()
    {
        (_atOnce, _lastAt) = _lastAt == Now ? (_atOnce + 1, _lastAt) : (1, Now);
        var goesOn = The<TimeGoesOn>();
        Demand(goesOn, _atOnce <= MostAtOnce, () => $"more than {MostAtOnce} facts and messages at {Now:O}");
        if (_atOnce > MostAtOnce) throw new InvalidOperationException("Time stands still.");
    }

    private void Keep(string kind, string words)
    {
        var line = $"{Now:MM-dd HH:mm:ss.fff} {kind,-7} {words}";
        _tally.Trace?.Invoke($"{Seat.Account.Owner} {line}");
        if (_kept.Count == MostKept) _kept.Dequeue();
        _kept.Enqueue(line);
    }
}
