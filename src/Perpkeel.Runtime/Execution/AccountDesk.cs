using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Runtime.Execution;

/// <summary>One account as the executor reaches it: its session, and the prices of its venue.</summary>
public sealed class AccountDesk : IDisposable
{
    private readonly Dictionary<SignalId, List<TaskCompletionSource>> _waiting = [];

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
    /// Completes when a signal has ended, or its entry rests in the book.
    /// </summary>
    public Task Watch(SignalId signal)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.TryGetValue(signal, out var waiters)) _waiting.Add(signal, waiters = []);
        waiters.Add(waiter);
        return waiter.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => Session.FactRecorded -= OnFact;

    [SuppressMessage("Style", "IDE0072", Justification = "The other facts are no signal's end.")]
    private void OnFact(object? sender, FactEventArgs recorded)
    {
        if (_waiting.Count == 0) return;
        SignalId? done = recorded.Fact.Fact switch
        {
            Fact.SignalEnded ended => ended.Signal,
            Fact.SignalRefused refused => refused.Signal,
            Fact.Reported { Report: VenueReport.Opened { Order: { MayRest: true } resting } } =>
                resting.Signal,
            _ => null,
        };
        if (done is not { } signal || !_waiting.Remove(signal, out var waiters)) return;
        foreach (var waiter in waiters) waiter.SetResult();
    }
}
