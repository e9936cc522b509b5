using Microsoft.Extensions.Logging;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;

namespace Perpkeel.Runtime.Execution;

/// <summary>
/// The one door for signals: it has the account confirmed, posts the signal to the account's session with the
/// prices of the moment, and answers with the recorded outcome. It holds no balance of its own: the session
/// decides one request after the other, so that nothing is spent twice.
/// </summary>
public sealed class OrderExecutor
{
    private readonly Dictionary<AccountId, AccountDesk> _desks = [];
    private readonly IAccountConfirmer _confirmer;
    private readonly TimeProvider _clock;
    private readonly ExecutionLog _log;

    /// <summary>Makes a door to no account yet.</summary>
    /// <param name="confirmer">Has accounts confirmed.</param>
    /// <param name="clock">Engine time.</param>
    /// <param name="logger">Takes one event for each outcome.</param>
    /// <param name="meters">Counts and measures outcomes.</param>
    public OrderExecutor(
        IAccountConfirmer confirmer, TimeProvider clock, ILogger<OrderExecutor> logger,
        ExecutionMeters meters)
    {
        _confirmer = confirmer;
        _clock = clock;
        _log = new ExecutionLog(logger, meters);
    }

    /// <summary>How long a caller waits for an outcome before it is told what is known until then.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens the door to an account.</summary>
    public void Add(AccountDesk desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        _desks.Add(desk.Account, desk);
    }

    /// <summary>
    /// Carries a signal out, once: the same one again is answered with what became of the first. Ends when
    /// its outcome is recorded, when its entry rests in the book, or when <see cref="AnswerWithin"/> is over.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="signal">What is wanted.</param>
    /// <param name="cancellation">Ends the wait; what was posted goes on.</param>
    public async Task<ExecutionReport> ExecuteSignalAsync(
        AccountId account, TradeSignal signal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var began = _clock.GetTimestamp();
        var report = await ExecuteAsync(account, signal, cancellation);
        report = report with { Took = _clock.GetElapsedTime(began) };
        _log.Tell(account, signal, report);
        return report;
    }

    /// <summary>What a signal would lead to now, with nothing sent and nothing recorded.</summary>
    /// <returns>The facts that would follow.</returns>
    /// <exception cref="KeyNotFoundException">There is no such account.</exception>
    public async Task<IReadOnlyList<JournaledFact>> PreviewAsync(
        AccountId account, TradeSignal signal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var desk = _desks[account];
        var confirmed = await ConfirmAsync(desk, signal, cancellation);
        var session = desk.Session;
        return session.Engine.Decide(
            session.State, RequestOf(desk, signal, confirmed), _clock.GetUtcNow());
    }

    /// <summary>Decides the second half of a signal, at fresh prices.</summary>
    public async Task ContinueAsync(AccountDesk desk, TradeSignal signal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(desk);
        var confirmed = await ConfirmAsync(desk, signal, cancellation);
        desk.Session.PostFirst(RequestOf(desk, signal, confirmed));
    }

    private async Task<ExecutionReport> ExecuteAsync(
        AccountId account, TradeSignal signal, CancellationToken cancellation)
    {
        if (SignalCheck.NameFault(signal) is { } nameless) return Refused(signal, nameless);
        if (!_desks.TryGetValue(account, out var desk))
        {
            return Refused(
                signal, new TradeExecutionError.InvalidSignal("account", $"{account} is not here"));
        }

        if (desk.Find(signal.Id) is { } before) return await RepeatAsync(desk, signal, before, cancellation);
        var confirmed = await ConfirmAsync(desk, signal, cancellation);

        // While the venue was asked, another call may have brought the same signal.
        if (desk.Find(signal.Id) is { } other) return await RepeatAsync(desk, signal, other, cancellation);
        if (!desk.Post(RequestOf(desk, signal, confirmed)))
        {
            return Refused(signal, new TradeExecutionError.Busy(
                account.ToString(), $"{Sessions.AccountSession.RiskLane} other signals"));
        }

        await AwaitAsync(desk.Watch(signal.Id), cancellation);
        return Report(desk, signal);
    }

    /// <summary>The same signal is answered with what became of the first; another one is refused.</summary>
    private async Task<ExecutionReport> RepeatAsync(
        AccountDesk desk, TradeSignal signal, TradeSignal first, CancellationToken cancellation)
    {
        // When it was made does not make it another one: who repeats it may stamp it anew.
        if (first with { IssuedAt = signal.IssuedAt } != signal)
        {
            return Refused(signal, new TradeExecutionError.SignalReused(signal.Id.Value));
        }

        if (Known(desk, signal) is not { } known || MayStillChange(desk, known))
        {
            await AwaitAsync(desk.Watch(signal.Id), cancellation);
        }

        return Report(desk, signal) with { IsRepeat = true };
    }

    private static bool MayStillChange(AccountDesk desk, SignalState known) =>
        known.Phase is not (SignalPhase.Ended or SignalPhase.Refused)
        && !string.Equals(Waits(desk, known), ExecutionWords.Resting, StringComparison.Ordinal);

    /// <summary>
    /// Only new risk waits for the venue's word; what shrinks a position is never held up by it.
    /// </summary>
    private async Task<VenueConfirmation?> ConfirmAsync(
        AccountDesk desk, TradeSignal signal, CancellationToken cancellation) =>
        signal.IsNewRisk ? await _confirmer.ConfirmAsync(desk.Account, cancellation) : null;

    private Request.Execute RequestOf(AccountDesk desk, TradeSignal signal, VenueConfirmation? confirmed)
    {
        var now = _clock.GetUtcNow();
        var session = desk.Session;
        var staleAfter = session.Engine.Limits.StaleAfter;
        var market = session.Engine.Markets.GetValueOrDefault(signal.Market);
        return new Request.Execute(
            signal, market is null ? null : desk.Board.Facts(market, now, staleAfter),
            desk.Board.Exposed(session.State, now, staleAfter), confirmed)
        {
            Depth = market is null ? [] : desk.Board.Depth(market, SideOf(desk, signal)),
        };
    }

    private async Task AwaitAsync(Task outcome, CancellationToken cancellation)
    {
        try
        {
            await outcome.WaitAsync(AnswerWithin, _clock, cancellation);
        }
        catch (TimeoutException)
        {
            // The caller is told what is known until now; the signal goes on.
        }
    }

    private static SignalState? Known(AccountDesk desk, TradeSignal signal) =>
        desk.Session.State.Signals.GetValueOrDefault(signal.Id);

    private static ExecutionReport Report(AccountDesk desk, TradeSignal signal)
    {
        if (Known(desk, signal) is not { } known)
        {
            return Refused(signal, new TradeExecutionError.OutcomeUnknown(
                "the signal", "the session has not answered"));
        }

        var report = ExecutionReport.Of(known, SideOf(desk, signal), Waits(desk, known));
        return string.Equals(report.Reason, ExecutionWords.Unanswered, StringComparison.Ordinal)
            && known.Reason is null
            ? report with { Error = Unknown(desk, known) }
            : report;
    }

    private static TradeExecutionError.OutcomeUnknown Unknown(AccountDesk desk, SignalState known) => new(
        string.Join(", ", OrdersOf(desk, known).Select(order => $"order {order.Intent.ClientId}")),
        $"{known.ReceivedAt:HH:mm:ss} UTC");

    /// <summary>What a signal waits for that is not over.</summary>
    private static string Waits(AccountDesk desk, SignalState known)
    {
        if (known.Phase == SignalPhase.Ready) return ExecutionWords.AwaitsFlat;
        var orders = OrdersOf(desk, known).ToList();
        if (orders.Any(order => order.Phase == OrderPhase.OutcomeUnknown)) return ExecutionWords.Unanswered;
        return orders.Any(order => order is { Phase: OrderPhase.Open, Intent.MayRest: true })
            ? ExecutionWords.Resting
            : ExecutionWords.UnderWay;
    }

    private static IEnumerable<OrderState> OrdersOf(AccountDesk desk, SignalState known) =>
        desk.Session.State.Orders.Values.Where(
            order => order.IsLive && order.Intent.Bracket == known.Bracket);

    /// <summary>The side of the orders that a signal leads to.</summary>
    private static Side SideOf(AccountDesk desk, TradeSignal signal)
    {
        if (signal.Action is SignalAction.Open or SignalAction.Flip) return signal.Side;
        var held = desk.Session.State.Brackets.GetValueOrDefault(signal.Market)?.Side ?? Side.None;
        return signal.Action is SignalAction.Reduce or SignalAction.Close && held != Side.None
            ? held.Opposite()
            : held;
    }

    private static ExecutionReport Refused(TradeSignal signal, TradeExecutionError error) => new()
    {
        Signal = signal.Id,
        Phase = SignalPhase.Refused,
        Reason = error.Code,
        Error = error,
    };
}
