using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Guards;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Effects;

/// <summary>
/// Carries out what durable facts ask of the venue, and brings the answers back as requests. An answer that
/// did not come is looked up; the order is sent again only when the venue is proven not to have it, under
/// its own id.
/// </summary>
public sealed partial class EffectRunner
{
    /// <summary>Attempts at a call that the venue did not take, before the order counts as refused.</summary>
    public const int MostAttempts = 5;

    /// <summary>
    /// Questions and cancellations that are repeated, a few seconds apart, before the run ends with a fault:
    /// about half a day.
    /// </summary>
    public const int MostQuestions = 10_000;

    private readonly AccountSession _session;
    private readonly IOrderGateway _gateway;
    private readonly TimeProvider _clock;
    private readonly ILogger<EffectRunner> _logger;
    private readonly CancellationToken _cancellation;

    /// <summary>Begins to carry out a session's effects.</summary>
    public EffectRunner(
        AccountSession session, IOrderGateway gateway, TimeProvider clock, ILogger<EffectRunner> logger,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = session;
        _gateway = gateway;
        _clock = clock;
        _logger = logger;
        _cancellation = cancellation;
        session.EffectDue += (_, due) => _ = RunAsync(due.Effect);
    }

    /// <summary>
    /// The second half of a signal is due: it has to be decided at fresh prices.
    /// </summary>
    public event EventHandler<SignalEventArgs>? SignalDue;

    /// <summary>
    /// After a restart: asks the venue for every order without an answer and sends again what it does not
    /// have; sends cancellations again. Each is noted beside the facts.
    /// </summary>
    public Task RecoverAsync() => Task.WhenAll(
        [.. AccountEngine.Unanswered(_session.State).Select(RecoverAsync)]);

    /// <summary>One does not wait for another: they were sent side by side the first time, too.</summary>
    private async Task RecoverAsync(Effect effect)
    {
        if (effect is Effect.Cancel cancel)
        {
            _session.Note("cancel-sent-again", new RecoveryNote(
                "its end was not heard of", cancel.ClientId.Value));
            await RunAsync(effect);
        }
        else if (effect is Effect.LookUp or Effect.Execute)
        {
            // It is not wanted any more, or has to be decided anew; the start does not wait for its answer.
            _ = RunAsync(effect);
        }
        else if (await IsAbsentAsync(IdOf(effect)) && IsWanted(IdOf(effect), "it never came"))
        {
            await RunAsync(effect);
        }
    }

    private async Task<bool> IsAbsentAsync(ClientOrderId id)
    {
        var looked = await _gateway.LookUpAsync(id, _cancellation);
        if (!looked.TryGet(out var answer, out var error))
        {
            _session.Note("order-look-up-failed", new RecoveryNote(error.ToString(), id.Value));
            _session.Post(new Request.CallUnanswered(id));
            return false;
        }

        if (answer.Presence == OrderPresence.Refused)
        {
            _session.Note("order-looked-up", new RecoveryNote($"refused: {answer.Evidence}", id.Value));
            _session.Post(new Request.CallRejected(id, answer.Code, answer.Evidence));
            return false;
        }

        var what = answer.Presence switch
        {
            OrderPresence.Absent => "sent again",
            OrderPresence.Known => "awaited",
            _ => "asked again",
        };
        _session.Note("order-looked-up", new RecoveryNote($"{what}: {answer.Evidence}", id.Value));

        // Neither the order nor its absence is proven: the look-up goes on until one of them is.
        if (answer.Presence == OrderPresence.Unknown) AskOn(id);
        return answer.Presence == OrderPresence.Absent;
    }

    /// <summary>
    /// That an outcome is unknown is journaled once; after a restart only the asking goes on.
    /// </summary>
    private void AskOn(ClientOrderId id)
    {
        if (_session.State.Orders.TryGetValue(id, out var order) && order.Phase == OrderPhase.OutcomeUnknown)
        {
            _ = RunAsync(new Effect.LookUp(id));
        }
        else
        {
            _session.Post(new Request.CallUnanswered(id));
        }
    }

    /// <summary>
    /// Whether an order that the venue does not have is to be sent. One whose cancellation was asked for in
    /// the meantime is over: that cancellation found nothing to cancel, and a later copy would trade. So is
    /// an entry whose prices are of long ago.
    /// </summary>
    private bool IsWanted(ClientOrderId id, string evidence)
    {
        if (!_session.State.Orders.TryGetValue(id, out var order) || !order.IsLive) return false;
        if (!order.CancelAsked && !BracketRules.IsTooLate(order.Intent, _clock.GetUtcNow())) return true;
        _session.Post(new Request.NotAtVenue(id, evidence));
        return false;
    }

    private static ClientOrderId IdOf(Effect effect) => effect switch
    {
        Effect.Place place => place.Order.Intent.ClientId,
        Effect.Protect protect => protect.Order.Intent.ClientId,
        _ => throw new ArgumentException($"{effect.GetType().Name} sends no order.", nameof(effect)),
    };

    [SuppressMessage("Design", "CA1031", Justification =
        "The supervisor of effects: a bug in a call must end the run, not vanish in a task nobody awaits.")]
    private async Task RunAsync(Effect effect)
    {
        try
        {
            switch (effect)
            {
                case Effect.Place place:
                    await SendAsync(
                        place.Order.Intent, () => _gateway.PlaceAsync(place.Order, _cancellation));
                    break;
                case Effect.Protect protect:
                    await SendAsync(
                        protect.Order.Intent, () => _gateway.ProtectAsync(protect.Order, _cancellation));
                    break;
                case Effect.Cancel cancel:
                    await CancelAsync(cancel);
                    break;
                case Effect.LookUp lookUp:
                    await LookUpAsync(lookUp.ClientId);
                    break;
                case Effect.Execute execute:
                    SignalDue?.Invoke(this, new SignalEventArgs(execute.Signal));
                    break;
                case Effect.Alarm alarm:
                    LogUnprotected(alarm.Market.Value, alarm.Since);
                    break;
                default:
                    throw new InvalidOperationException($"{effect.GetType().Name} is no known effect.");
            }
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // The run is ending; what was under way is looked up at the next start.
        }
        catch (Exception error)
        {
            _session.Halt(error);
        }
    }

    private async Task SendAsync(OrderIntent order, Func<Task<Result<Taken, VenueError>>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await call();
            if (result.TryGet(out _, out var error)) return;
            switch (error)
            {
                case VenueError.Rejected rejected:
                    _session.Post(new Request.CallRejected(order.ClientId, rejected.Code, rejected.Message));
                    return;
                case VenueError.OutcomeUnknown:
                    _session.Post(new Request.CallUnanswered(order.ClientId));
                    return;
                case VenueError.Unavailable unavailable when attempt < MostAttempts:
                    LogUnavailable(order.ClientId.Value, unavailable.Reason, attempt);
                    await Task.Delay(
                        Backoff.After(attempt, order.ClientId.Value, unavailable.RetryAfter), _clock,
                        _cancellation);
                    if (!IsWanted(order.ClientId, "the venue took none of the attempts")) return;
                    break;
                default:
                    _session.Post(new Request.CallRejected(
                        order.ClientId, "unavailable",
                        $"The venue took nothing in {MostAttempts} attempts."));
                    return;
            }
        }
    }

    /// <summary>A cancellation does no harm twice: it is repeated until the venue takes it.</summary>
    private async Task CancelAsync(Effect.Cancel cancel)
    {
        for (var attempt = 1; attempt <= MostQuestions; attempt++)
        {
            var result = await _gateway.CancelAsync(cancel.ClientId, cancel.IntendedAt, _cancellation);
            if (result.TryGet(out _, out var error)) return;
            var wished = (error as VenueError.Unavailable)?.RetryAfter;
            await Task.Delay(
                Backoff.After(attempt, cancel.ClientId.Value, wished), _clock, _cancellation);
            if (!MayStillFill(cancel.ClientId)) return;
        }

        throw new InvalidOperationException(
            $"The venue has not taken the cancellation of order {cancel.ClientId} in {MostQuestions} "
            + "attempts.");
    }

    /// <summary>
    /// Whether a refused cancellation has to be asked for again: not once the order's end was heard.
    /// </summary>
    private bool MayStillFill(ClientOrderId id) => _session.State.Orphans.ContainsKey(id)
        || (_session.State.Orders.TryGetValue(id, out var order) && order.IsLive);

    private async Task LookUpAsync(ClientOrderId id)
    {
        for (var attempt = 1; attempt <= MostQuestions; attempt++)
        {
            var result = await _gateway.LookUpAsync(id, _cancellation);
            if (result.TryGet(out var answer, out _) && answer.Presence != OrderPresence.Unknown)
            {
                if (answer.Presence == OrderPresence.Absent)
                {
                    _session.Post(new Request.NotAtVenue(id, answer.Evidence));
                }
                else if (answer.Presence == OrderPresence.Refused)
                {
                    _session.Post(new Request.CallRejected(id, answer.Code, answer.Evidence));
                }

                return;
            }

            // Nobody knows yet: the reservation stays and the question is asked again.
            await Task.Delay(Backoff.After(attempt, id.Value, null), _clock, _cancellation);
        }

        throw new InvalidOperationException(
            $"The venue has not told what became of order {id} in {MostQuestions} attempts.");
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Critical,
        Message = "{Market} has been without a stop at the venue since {Since:O}.")]
    private partial void LogUnprotected(string market, DateTimeOffset since);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning,
        Message = "The venue did not take order {ClientId} ({Reason}), attempt {Attempt}.")]
    private partial void LogUnavailable(uint clientId, string reason, int attempt);
}

/// <summary>A signal to be decided.</summary>
/// <param name="signal">The signal.</param>
public sealed class SignalEventArgs(TradeSignal signal) : EventArgs
{
    /// <summary>The signal.</summary>
    public TradeSignal Signal => signal;
}
