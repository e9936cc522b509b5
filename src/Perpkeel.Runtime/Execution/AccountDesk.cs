using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Runtime.Execution;

/// <summary>One account as the executor reaches it: its session, and the prices of its venue.</summary>
public sealed class AccountDesk : IDisposable
{
    private readonly Dictionary<SignalId, List<TaskCompletionSource>> _waiting = [];
    private readonly Dictionary<SignalId, TradeSignal> _posted = [];

    /// <summary>Opens the desk; on the session's thread, as everything about it.</summary>
    public AccountDesk(AccountId account, AccountSession session, MarketBoard board)
    {
        ArgumentNullException.ThrowIfNull(session);
        Account = account;
        Session = session;
        Board = board;
        session.FactRecorded += OnFact;
    }

    /// <summary>The account.</summary>
    public AccountId Account { get; }

    /// <summary>Its session.</summary>
    public AccountSession Session { get; }

    /// <summary>The prices.</summary>
    public MarketBoard Board { get; }

    /// <summary>
    /// Hands a signal to the session; false when its lane for new risk is full.
    /// </summary>
    public bool Post(Request.Execute request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Session.Post(request)) return false;
        _posted[request.Signal.Id] = request.Signal;
        return true;
    }

    /// <summary>
    /// The signal that was received, or handed in, under an id; null where that id is new.
    /// </summary>
    public TradeSignal? Find(SignalId id) =>
        Session.State.Signals.GetValueOrDefault(id)?.Signal ?? _posted.GetValueOrDefault(id);

    /// <summary>
    /// Completes when a signal has ended, or its entry rests in the book.
    /// </summary>
    public Task Watch(SignalId signal)
    {
        // Continuations run where the fact is told, on the session's thread: those that a source runs
        // asynchronously pass through the thread pool, which must never come near a session.
        var waiter = new TaskCompletionSource();
        if (!_waiting.TryGetValue(signal, out var waiters)) _waiting.Add(signal, waiters = []);
        waiters.Add(waiter);
        return waiter.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => Session.FactRecorded -= OnFact;

    [SuppressMessage("Style", "IDE0072", Justification = "The other facts are no signal's end.")]
    private void OnFact(object? sender, FactEventArgs recorded)
    {
        if (recorded.Fact.Fact is Fact.SignalReceived received) _posted.Remove(received.Signal.Id);
        if (_waiting.Count == 0) return;
        SignalId? done = recorded.Fact.Fact switch
        {
            Fact.SignalEnded ended => ended.Signal,
            Fact.SignalRefused refused => refused.Signal,
            Fact.Reported { Report: VenueReport.Opened { Order.ClientId: var id } } =>
                Resting(recorded.State, id),
            _ => null,
        };
        if (done is not { } signal || !_waiting.Remove(signal, out var waiters)) return;
        foreach (var waiter in waiters) waiter.SetResult();
    }

    /// <summary>The signal whose order rests; a venue's own record of an order knows of no signal.</summary>
    private static SignalId? Resting(AccountState state, ClientOrderId id) =>
        state.Orders.GetValueOrDefault(id)?.Intent is { MayRest: true } order ? order.Signal : null;
}
