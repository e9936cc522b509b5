using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Paper;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>No position is bare for long without anybody being told.</summary>
internal sealed class ProtectedOrAlarmed : Invariant
{
    /// <summary>The alarm comes with the timer that is set for it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>The Indexer may be ten minutes behind: nobody can know before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(16);

    private readonly Dictionary<MarketId, DateTimeOffset> _bareSince = [];

    public override string Name => "protected-or-alarmed";

    public override string Requirement => "EXE-6";

    public override string Words =>
        "a position of ours that has no stop beyond the deadline has raised an alarm";

    public override void OnLook(Audit audit)
    {
        var state = audit.State;
        foreach (var (market, bracket) in state.Brackets)
        {
            if (bracket.UnprotectedSince is not { } since) continue;
            var from = since > audit.BeganAt ? since : audit.BeganAt;
            audit.Demand(
                this, bracket.AlarmRaised || audit.Now - from <= bracket.ProtectionDeadline + Slack,
                () => $"{state.SizeIn(market)} {market} without a stop since {since:HH:mm:ss.fff}, no alarm");
        }

        var positions = audit.VenuePositions;
        foreach (var (market, size) in positions) LookAt(audit, market, size);
        foreach (var market in _bareSince.Keys.Where(
            known => positions.All(position => position.Market != known)).ToList())
        {
            _bareSince.Remove(market, out var since);
            audit.Bare(audit.Now - since);
        }
    }

    private void LookAt(Audit audit, MarketId market, Size size)
    {
        if (Covers(audit, market, size, but: null))
        {
            if (_bareSince.Remove(market, out var since)) audit.Bare(audit.Now - since);
            return;
        }

        _bareSince.TryAdd(market, audit.Now);
        var from = _bareSince[market] > audit.BeganAt ? _bareSince[market] : audit.BeganAt;
        var isTold = audit.State.Brackets.TryGetValue(market, out var bracket) && bracket.AlarmRaised;
        audit.Demand(
            this, isTold || audit.Now - from <= Patience,
            () => $"{size} {market} stand at the venue without a stop since {_bareSince[market]:HH:mm:ss}");
    }

    /// <summary>Whether stops at the venue cover a position.</summary>
    internal static bool Covers(Audit audit, MarketId market, Size size, ClientOrderId? but) =>
        audit.VenueOrders.Any(order => order.ClientId != but && IsStop(audit, order) && order.Market == market
            && order.Side.Sign() == -Math.Sign(size.Value) && order.Left >= size.Abs());

    private static bool IsStop(Audit audit, StandingOrder order) =>
        order.IsReduceOnly && audit.IntentOf(order.ClientId)?.Role == OrderRole.Stop;
}

/// <summary>The stop comes first.</summary>
internal sealed class StopBeforeEntry : Invariant
{
    /// <summary>An entry waits five minutes at most; the way to the line may take one more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    public override string Name => "stop-before-entry";

    public override string Requirement => "EXE-6";

    public override string Words =>
        "an entry leaves only while a stop for all of it is known to rest at the venue";

    public override void OnSend(Audit audit, OrderIntent order)
    {
        if (order.Role != OrderRole.Entry) return;
        var state = audit.State;
        var held = state.SizeIn(order.Market).Abs();
        var isCovered = state.Orders.Values.Any(stop => stop.Intent.Role == OrderRole.Stop
            && stop.Intent.Market == order.Market && stop.Phase == OrderPhase.Open
            && stop.Intent.Side == order.Side.Opposite() && !stop.CancelAsked
            && stop.Intent.Size >= order.Size + held);
        audit.Demand(
            this, isCovered,
            () => $"entry {order.ClientId} for {order.Size} beside {held} was sent without a stop for it");
        audit.Demand(
            this, audit.Now - order.IntendedAt <= Longest,
            () => $"entry {order.ClientId} was sent, which was meant at {order.IntendedAt:HH:mm:ss}");
    }
}

/// <summary>Make before break.</summary>
internal sealed class NewStopBeforeOldGoes : Invariant
{
    private readonly HashSet<ClientOrderId> _sent = [];

    public override string Name => "new-stop-before-old-goes";

    public override string Requirement => "EXE-6";

    public override string Words =>
        "a stop is cancelled only when neither position nor entry needs it, or another one covers";

    public override void OnCancel(Audit audit, ClientOrderId order)
    {
        if (audit.IntentOf(order) is not { Role: OrderRole.Stop, Market: var market }) return;

        // What was lost on its way is repeated, also where the other stop has fired meanwhile.
        if (!_sent.Add(order)) return;

        // What is gone already needs nobody's leave.
        if (audit.VenueOrders.All(each => each.ClientId != order)) return;
        var entry = audit.State.Orders.Values.FirstOrDefault(each => each.IsLive
            && each.Intent.Role == OrderRole.Entry && each.Intent.Bracket == audit.IntentOf(order)!.Bracket);
        var size = audit.VenuePositions.FirstOrDefault(position => position.Market == market).Size;
        audit.Demand(
            this, !size.IsZero || entry is null,
            () => $"stop {order} was cancelled while entry {entry!.Intent.ClientId} may still fill");
        audit.Demand(
            this, size.IsZero || ProtectedOrAlarmed.Covers(audit, market, size, but: order),
            () => $"stop {order} was cancelled while {size} {market} stand at the venue with no other");
    }
}

/// <summary>The chain's limits of placements are kept, and room for protection with them.</summary>
internal sealed class BudgetKept : Invariant
{
    private const int Most = 20;
    private const int MostUnprotecting = 15;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private readonly Queue<DateTimeOffset> _placed = new();

    public override string Name => "budget-kept";

    public override string Requirement => "EXE-6";

    public override string Words =>
        "of orders that the chain keeps, 2 a second and 20 in 300 s are meant, 5 of them for stops only";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.OrderIntended { Order.IsStateful: true }) return;
        var at = step.Journaled.At;
        while (_placed.TryPeek(out var oldest) && oldest <= at - Window) _placed.Dequeue();
        _placed.Enqueue(at);
        var most = step.Fact is Fact.OrderIntended { Order.Role: OrderRole.Stop } ? Most : MostUnprotecting;
        var within = _placed.Count(each => each > at - TimeSpan.FromSeconds(1));
        audit.Demand(
            this, _placed.Count <= most && within <= 2,
            () => $"{_placed.Count} placements in {Window}, {within} in a second, at {at:HH:mm:ss}");
    }
}
