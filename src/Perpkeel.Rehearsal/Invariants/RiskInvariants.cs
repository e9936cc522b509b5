using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>What may still fill has its collateral set aside.</summary>
internal sealed class ReservationCovers : Invariant
{
    public override string Name => "reservation-covers";

    public override string Requirement => "EXE-3";

    public override string Words =>
        "collateral is set aside for all that an entry at the venue may still fill, at its worst price";

    public override void OnLook(Audit audit)
    {
        var state = audit.State;
        foreach (var order in audit.VenueOrders)
        {
            if (audit.IntentOf(order.ClientId) is not { Role: OrderRole.Entry } entry) continue;

            // Where its bracket is over it is an orphan, which another rule looks after.
            if (!state.Orders.ContainsKey(entry.ClientId)) continue;
            if (!state.Brackets.TryGetValue(entry.Market, out var bracket)) continue;
            var waiting = AccountMath.Waiting(state, bracket);
            var market = audit.Market(entry.Market);
            var fraction = Math.Max(
                market.InitialMarginPpm.Fraction, 1m / audit.Limits.Leverage.Value);
            var needed = order.Left.Value * entry.Limit.Value * fraction;
            var reserved = waiting.Value * bracket.ReservePerUnit.Value;
            audit.Demand(
                this, bracket.PlannedAt < audit.Seat.LimitsSince || reserved >= needed,
                () => $"{order.Left} of order {order.ClientId} needs {needed}, {reserved} is set aside");
            audit.Demand(
                this, waiting >= order.Left,
                () => $"{order.Left} of order {order.ClientId} may fill, {waiting} is set aside for");
        }
    }
}

/// <summary>A plan that passed is within the limits.</summary>
internal sealed class LimitsKept : Invariant
{
    /// <summary>Prices move between the look at them and the sum.</summary>
    private const decimal Tolerance = 1.001m;

    public override string Name => "limits-kept";

    public override string Requirement => "SIZ-1";

    public override string Words =>
        "with each new entry: positions, leverage and exposure are within the limits, every reservation counted";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (!step.IsFresh || step.Fact is not (Fact.EntryPlanned or Fact.AddPlanned)) return;
        var (state, limits) = (step.After, audit.Limits);
        audit.Demand(
            this, state.Brackets.Count <= limits.MaxPositions,
            () => $"{state.Brackets.Count} positions where {limits.MaxPositions} are allowed");
        var (equity, gross, bound) = (state.Balance.Value, 0m, 0m);
        foreach (var (id, position) in state.Positions)
        {
            var worth = position.Size.Value * audit.Mark(id);
            equity += worth;
            gross += Math.Abs(worth);
            bound += Math.Abs(worth) * Fraction(audit, id);
        }

        foreach (var (id, bracket) in state.Brackets)
        {
            var waiting = Waiting(state, bracket);
            var worst = Math.Max(audit.Mark(id), bracket.EntryLimit.Value) * waiting;
            gross += worst;
            bound += worst * Fraction(audit, id);
        }

        audit.Demand(
            this, gross <= equity * limits.LeverageCap.Value * Tolerance,
            () => $"exposure {gross} over equity {equity}, the cap is {limits.LeverageCap}");
        audit.Demand(
            this, gross <= equity * limits.MaxTotalExposure * Tolerance,
            () => $"exposure {gross} over equity {equity}, at most {limits.MaxTotalExposure} is allowed");
        audit.Demand(
            this, bound <= equity * Tolerance, () => $"margin of {bound} is needed, equity is {equity}");
    }

    private static decimal Fraction(Audit audit, MarketId market) =>
        Math.Max(audit.Market(market).InitialMarginPpm.Fraction, 1m / audit.Limits.Leverage.Value);

    /// <summary>What entries may still fill, from the orders themselves.</summary>
    private static decimal Waiting(AccountState state, Bracket bracket)
    {
        if (bracket.PendingAdd is { } add) return add.Value;
        if (bracket.Entry is not { } id) return bracket.CloseReason is null ? bracket.Size.Value : 0m;
        var entry = state.Orders[id];
        return entry.Phase != OrderPhase.Ended || bracket.AmendTo is not null
            ? (entry.Intent.Size - entry.Filled).Value
            : 0m;
    }
}

/// <summary>Entries keep their distance.</summary>
internal sealed class CooldownKept : Invariant
{
    private DateTimeOffset? _last;

    public override string Name => "cooldown-kept";

    public override string Requirement => "SIZ-1";

    public override string Words => "between two new entries lies the cooldown";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not (Fact.EntryPlanned or Fact.AddPlanned)) return;
        var (last, at) = (_last, step.Journaled.At);
        audit.Demand(
            this, !step.IsFresh || last is null || at - last >= audit.Limits.Cooldown,
            () => $"an entry at {at:HH:mm:ss.fff} after one at {last:HH:mm:ss.fff}, the cooldown is "
                + $"{audit.Limits.Cooldown}");
        _last = at;
    }
}

/// <summary>Who does not see takes no new risk.</summary>
internal sealed class NothingNewWhileBlind : Invariant
{
    public override string Name => "nothing-new-while-blind";

    public override string Requirement => "RSK-1";

    public override string Words =>
        "nothing new is risked on stale or crossed prices, or while an order's outcome is unknown";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not (Fact.EntryPlanned or Fact.AddPlanned)) return;
        var unknown = step.Before.UnknownOutcomes;
        audit.Demand(
            this, unknown == 0, () => $"a new entry beside {unknown} orders of unknown outcome");
        if (step.Fact is not Fact.EntryPlanned { Facts: var facts }) return;
        var stale = audit.Limits.StaleAfter;
        audit.Demand(
            this, facts.Quality == QualityGrade.Good && facts.AgeMs <= stale.TotalMilliseconds,
            () => $"a new entry on prices that are {facts.Quality} and {facts.AgeMs} ms old");
        audit.Demand(
            this, facts.Bid < facts.Ask, () => $"a new entry in a book of {facts.Bid} over {facts.Ask}");
    }
}

/// <summary>Stop means stop.</summary>
internal sealed class NothingNewWhileStopped : Invariant
{
    public override string Name => "nothing-new-while-stopped";

    public override string Requirement => "USR-5";

    public override string Words => "while trading is stopped nothing new is planned, and no entry is sent";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not (Fact.EntryPlanned or Fact.AddPlanned)) return;
        var before = step.Before;
        audit.Demand(
            this, before.MayEnter, () => $"a new entry after {before.Stopped?.ToString() ?? "a switch"}");
    }

    public override void OnSend(Audit audit, OrderIntent order)
    {
        if (order.Role != OrderRole.Entry) return;
        var state = audit.State;
        audit.Demand(
            this, state.MayEnter,
            () => $"entry {order.ClientId} was sent after {state.Stopped?.ToString() ?? "a switch"}");
    }
}
