using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.World;

namespace Perpkeel.Rehearsal.Users;

/// <summary>
/// The user at the command: stops, resumes, flattens, switches, and takes it back after a while; now and then
/// right after something new was begun.
/// </summary>
internal sealed class Operator(Seat seat, Machine machine, Chance chance)
{
    private const string Name = "operator";
    private const int Nosy = 4;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostPause = TimeSpan.FromHours(4);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private DateTimeOffset _until;

    /// <summary>Begins, until a time.</summary>
    public void Begin(DateTimeOffset until)
    {
        _until = until;
        machine.Alarm(chance.Between(LeastPause, MostPause), () =>
        {
            if (machine.Clock.Now >= until) return;
            Act();
            Begin(until);
        });
    }

    /// <summary>Something new was begun.</summary>
    public void OnBegun()
    {
        if (machine.Clock.Now >= _until || !chance.Percent(Nosy)) return;
        machine.Alarm(chance.Between(TimeSpan.Zero, Soon), Act);
    }

    /// <summary>Nothing new is to be begun, for good.</summary>
    public void Stop() => Ask(new Request.Stop(Name, "the rehearsal ends"));

    /// <summary>Everything is to be closed now, for good.</summary>
    public void Flatten() => Ask(new Request.Flatten(Name, "the rehearsal ends"));

    private void Act()
    {
        var rest = chance.Between(TimeSpan.FromSeconds(1), LongestRest);
        switch (chance.Below(4))
        {
            case 0:
                Ask(new Request.Stop(Name, "enough for now"));
                machine.Alarm(rest, () => Ask(new Request.Resume(Name)));
                break;
            case 1:
                Ask(new Request.Flatten(Name, "all of it, now"));
                machine.Alarm(rest, () => Ask(new Request.Resume(Name)));
                break;
            case 2:
                // A halted start is undone like a stop.
                Ask(new Request.Resume(Name));
                break;
            default:
                var component = chance.Of(Components);
                Ask(new Request.Switch(component, IsOn: false, Name));
                machine.Alarm(rest, () => Ask(new Request.Switch(component, IsOn: true, Name)));
                break;
        }
    }

    private static ImmutableArray<Component> Components { get; } =
        [Component.Signals, Component.Strategies, Component.Execution, Component.Webhooks];

    /// <summary>Asks until it is so: who finds nobody there comes again.</summary>
    private void Ask(Request request)
    {
        var session = seat.Run?.Session;
        if (session is { State.IsOpen: true }) session.Post(Priced(request));
        if (session is null || !session.State.IsOpen)
        {
            machine.Alarm(RetryAfter, () => Ask(request));
            return;
        }

        // The process may die of it before it is durable; otherwise it is so at once.
        var life = machine.Lives;
        machine.Alarm(TimeSpan.FromMilliseconds(1), () =>
        {
            if (machine.Lives == life && machine.IsAlive) seat.Audit.OnAsked(request, IsSo(request));
        });
        machine.Alarm(RetryAfter, () =>
        {
            if (machine.Lives != life && !IsSo(request)) Ask(request);
        });
    }

    private Request Priced(Request request) => request is Request.Flatten flatten && seat.Run is { } run
        ? flatten with { Prices = run.Session.Prices() }
        : request;

    private bool IsSo(Request request)
    {
        if (seat.Run?.Session.State is not { } state) return false;
        return request switch
        {
            Request.Stop or Request.Flatten => state.Stopped is not null,
            Request.Resume => state.Stopped is null,
            Request.Switch turn => state.SwitchedOff.Contains(turn.Component) != turn.IsOn,
            _ => true,
        };
    }
}
