using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>A plan is filled once, however often its orders were sent.</summary>
internal sealed class EntriesWithinPlan : Invariant
{
    private readonly Dictionary<long, Size> _planned = [];
    private readonly Dictionary<long, Size> _filled = [];

    public override string Name => "entries-within-plan";

    public override string Requirement => "EXE-4";

    public override string Words => "the entries of a bracket fill no more than was planned of it";

    public override void OnFact(Audit audit, in FactStep step)
    {
        switch (step.Fact)
        {
            case Fact.EntryPlanned planned:
                _planned[planned.Bracket.Id] = planned.Bracket.Size;
                break;
            case Fact.AddPlanned more:
                var bracket = step.After.Brackets[more.Market].Id;
                _planned[bracket] = _planned.GetValueOrDefault(bracket) + more.Size;
                break;
            case Fact.AddAbandoned given
                when step.Before.Brackets[given.Market] is { PendingAdd: { } add } from:
                _planned[from.Id] -= add;
                break;
            case Fact.Reported { Report: VenueReport.Filled fill }
                when audit.IntentOf(fill.ClientId) is { Role: OrderRole.Entry, Bracket: var owner }:
                var filled = _filled[owner] = _filled.GetValueOrDefault(owner) + fill.Size;
                var wanted = _planned.GetValueOrDefault(owner);
                audit.Demand(
                    this, filled <= wanted, () => $"bracket {owner}: {filled} bought or sold of {wanted}");
                break;
            default:
                break;
        }
    }
}

/// <summary>One intent has one order at the venue.</summary>
internal sealed class OneLiveEntry : Invariant
{
    public override string Name => "one-live-entry";

    public override string Requirement => "EXE-4";

    public override string Words =>
        "an intent keeps its id: no entry is sent while another of its bracket may live";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.OrderIntended { Order: { Role: OrderRole.Entry } entry }) return;
        var other = step.Before.Orders.Values.FirstOrDefault(order => order.IsLive
            && order.Intent.Role == OrderRole.Entry && order.Intent.Bracket == entry.Bracket);
        audit.Demand(
            this, other is null,
            () => $"entry {entry.ClientId} beside {other!.Intent.ClientId}, which is {other.Phase}");
    }

    public override void OnLook(Audit audit)
    {
        foreach (var entries in audit.VenueOrders
            .Where(order => audit.IntentOf(order.ClientId)?.Role == OrderRole.Entry)
            .GroupBy(order => audit.IntentOf(order.ClientId)!.Bracket))
        {
            audit.Demand(
                this, entries.Count() == 1,
                () => $"bracket {entries.Key} has {string.Join(" and ", entries)}");
        }
    }
}

/// <summary>What was declared dead stays dead.</summary>
internal sealed class DeadIsDead : Invariant
{
    private readonly HashSet<ClientOrderId> _dead = [];

    public override string Name => "dead-is-dead";

    public override string Requirement => "EXE-4";

    public override string Words =>
        "an order that has ended does not live at the venue, then or later, and is not heard of again";

    public override void OnLook(Audit audit)
    {
        foreach (var order in audit.VenueOrders)
        {
            audit.Demand(
                this, !_dead.Contains(order.ClientId),
                () => $"order {order.ClientId} had ended, and lives at the venue");
        }
    }

    public override void OnFact(Audit audit, in FactStep step)
    {
        ClientOrderId? heard = step.Fact switch
        {
            Fact.Reported { Report: VenueReport.Opened opened } => opened.Order.ClientId,
            Fact.Reported { Report: VenueReport.Filled filled } => filled.ClientId,
            Fact.Reported { Report: VenueReport.Triggered triggered } => triggered.ClientId,
            _ => null,
        };
        if (heard is { } alive)
        {
            audit.Demand(
                this, !_dead.Contains(alive), () => $"order {alive} had ended, and is heard of again");
        }

        ClientOrderId? ended = step.Fact switch
        {
            Fact.CallRejected rejected => rejected.ClientId,
            Fact.Reported { Report: VenueReport.Rejected rejected } => rejected.ClientId,
            Fact.Reported { Report: VenueReport.Ended over } => over.ClientId,
            _ => null,
        };
        if (ended is not { } id) return;
        _dead.Add(id);
        audit.Demand(
            this, !step.IsFresh || audit.VenueOrders.All(order => order.ClientId != id),
            () => $"order {id} has ended for us, and lives at the venue");
    }
}

/// <summary>Only what the journal holds is sent, and as it holds it.</summary>
internal sealed class SentAsJournaled : Invariant
{
    private readonly HashSet<ClientOrderId> _cancelled = [];

    public override string Name => "sent-as-journaled";

    public override string Requirement => "EXE-4";

    public override string Words =>
        "orders and cancels leave only after they are durable, and under an id always the same order";

    public override void OnFact(Audit audit, in FactStep step)
    {
        ClientOrderId? cancelled = step.Fact switch
        {
            Fact.CancelIntended cancel => cancel.ClientId,
            Fact.OrphanFound orphan => orphan.ClientId,
            _ => null,
        };
        if (cancelled is { } id) _cancelled.Add(id);
    }

    public override void OnCancel(Audit audit, ClientOrderId order) => audit.Demand(
        this, _cancelled.Contains(order), () => $"a cancel of {order} is not in the journal");

    public override void OnSend(Audit audit, OrderIntent order)
    {
        var journaled = audit.IntentOf(order.ClientId);
        audit.Demand(
            this, journaled == order, () => $"{order} was sent where the journal has "
                + $"{journaled?.ToString() ?? "nothing"}");
    }
}

/// <summary>A number names one order for ever.</summary>
internal sealed class IdsNeverReused : Invariant
{
    private ClientOrderId? _last;

    public override string Name => "ids-never-reused";

    public override string Requirement => "EXE-4";

    public override string Words => "order ids rise, over all lives of the process";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.OrderIntended { Order.ClientId: var id }) return;
        var last = _last;
        audit.Demand(this, last is null || id > last, () => $"order {id} after {last}");
        _last = id;
    }
}

/// <summary>Nothing of ours is left behind.</summary>
internal sealed class NoOrphans : Invariant
{
    /// <summary>The Indexer may be ten minutes behind, and the chain stand still for five.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly Dictionary<ClientOrderId, DateTimeOffset> _since = [];

    public override string Name => "no-orphans";

    public override string Requirement => "EXE-6";

    public override string Words => "no order of ours stays at the venue whose bracket is over";

    public override void OnLook(Audit audit)
    {
        var orphans = audit.VenueOrders
            .Where(order => !audit.State.Orders.ContainsKey(order.ClientId))
            .Select(order => order.ClientId).ToHashSet();
        foreach (var id in _since.Keys.Where(id => !orphans.Contains(id)).ToList()) _since.Remove(id);
        foreach (var id in orphans)
        {
            _since.TryAdd(id, audit.Now);
            var since = _since[id] > audit.BeganAt ? _since[id] : audit.BeganAt;
            audit.Demand(
                this, audit.Now - since <= Patience,
                () => $"order {id} of {audit.IntentOf(id)?.Role} has been left since {since:HH:mm:ss}");
        }
    }
}
