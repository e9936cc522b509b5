using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
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
        foreach (var bracket in state.Brackets.Values) CheckReleased(audit, bracket);
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
            var worst = Math.Max(entry.Limit.Value, Math.Min(entry.Limit.Value, audit.Mark(entry.Market)));
            var needed = order.Left.Value * worst * fraction;
            var reserved = waiting.Value * bracket.ReservePerUnit.Value;
            audit.Demand(
                this, bracket.PlannedAt < audit.Seat.LimitsSince || reserved >= needed,
                () => $"{order.Left} of order {order.ClientId} needs {needed}, {reserved} is set aside");
            audit.Demand(
                this, waiting >= order.Left,
                () => $"{order.Left} of order {order.ClientId} may fill, {waiting} is set aside for");
        }
    }

    /// <summary>What can fill no more binds nothing.</summary>
    private void CheckReleased(Audit audit, Bracket bracket)
    {
        var state = audit.State;
        var isOver = bracket is { PendingAdd: null, AmendTo: null, Entry: { } id }
            && state.Orders[id].Phase == OrderPhase.Ended;
        audit.Demand(
            this, !isOver || AccountMath.Waiting(state, bracket).IsZero,
            () => $"bracket {bracket.Id} binds something although its entry is over");
    }
}

/// <summary>A plan that passed is within the limits.</summary>
internal sealed class LimitsKept : Invariant
{
    /// <summary>Prices move between the look at them and the sum.</summary>
    private const decimal Tolerance = 1.001m;

    /// <summary>Sizes are reckoned at the price of the book, and fees lower the balance meanwhile.</summary>
    private const decimal LooseTolerance = 1.02m;

    private readonly Queue<DateTimeOffset> _changes = new();

    public override string Name => "limits-kept";

    public override string Requirement => "SIZ-1";

    public override string Words =>
        "with each entry: positions, leverage, exposure, size, daily loss and changes are within limits";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is Fact.StopMoved) _changes.Enqueue(step.Journaled.At);
        if (step.Fact is not (Fact.EntryPlanned or Fact.AddPlanned or Fact.AmendWanted)) return;
        CheckRate(audit, step);
        if (!step.IsFresh) return;
        var (state, limits) = (step.After, audit.Limits);
        CheckMarket(audit, step);
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
            var limit = Math.Max(bracket.EntryLimit.Value, bracket.AmendTo?.Limit.Value ?? 0m);
            var worst = Math.Max(audit.Mark(id), limit) * waiting;
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

    /// <summary>What a fact alone, or its market, may take.</summary>
    private void CheckMarket(Audit audit, in FactStep step)
    {
        var (state, limits, at) = (step.After, audit.Limits, step.Journaled.At);
        var (id, wanted) = step.Fact switch
        {
            Fact.EntryPlanned planned => (planned.Bracket.Market, planned.Bracket.Size.Value),
            Fact.AddPlanned add => (add.Market, add.Size.Value),
            _ => (((Fact.AmendWanted)step.Fact).Market, 0m),
        };
        // Sizes are reckoned where the book is; an oracle that has just jumped is elsewhere.
        var mark = Math.Min(audit.Mark(id), audit.Market(id).PriceOf(audit.View(id).Bid).Value);
        audit.Demand(
            this, wanted * mark <= limits.MaxOrder.Value * LooseTolerance,
            () => $"an order of {wanted * mark} USD at {at:HH:mm:ss}, at most {limits.MaxOrder} is allowed");
        var equity = state.Balance.Value + state.Positions.Sum(
            pair => pair.Value.Size.Value * audit.Mark(pair.Key));
        var held = Math.Abs(state.SizeIn(id).Value) + Waiting(state, state.Brackets[id]);
        audit.Demand(
            this, step.Fact is Fact.AmendWanted
                || held * mark <= equity * limits.MaxMarketExposure * LooseTolerance,
            () => $"{held * mark} USD in {id} of {equity}, the share allowed is {limits.MaxMarketExposure}");
        var lost = state.DayStartEquity.Value - equity;
        audit.Demand(
            this, step.Fact is Fact.AmendWanted
                || lost <= state.DayStartEquity.Value * limits.DailyLoss * LooseTolerance,
            () => $"{lost} USD of {state.DayStartEquity} are lost today, the limit is {limits.DailyLoss}");
    }

    private void CheckRate(Audit audit, in FactStep step)
    {
        var at = step.Journaled.At;
        while (_changes.TryPeek(out var oldest) && oldest <= at - TimeSpan.FromMinutes(1)) _changes.Dequeue();
        var (count, most) = (_changes.Count, audit.Limits.ChangesPerMinute);
        audit.Demand(
            this, !step.IsFresh || step.Fact is Fact.AmendWanted || count < most,
            () => $"a new entry after {count} changes within a minute, the limit is {most}");
        _changes.Enqueue(at);
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
        if (step.IsFresh) CheckView(audit, step.Fact);
        var unknown = step.Before.Orders.Values.Count(order => order.Phase == OrderPhase.OutcomeUnknown);
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

    /// <summary>The market as the venue has told it, whatever the fact says of it.</summary>
    private void CheckView(Audit audit, Fact fact)
    {
        var market = fact is Fact.EntryPlanned planned
            ? planned.Bracket.Market
            : ((Fact.AddPlanned)fact).Market;
        var view = audit.View(market);
        var age = audit.Now - view.PricedAt;
        audit.Demand(
            this, view.Bid < view.Ask && age <= audit.Limits.StaleAfter,
            () => $"a new entry where {market} was told {view.Bid} over {view.Ask} {age} ago");
    }
}

/// <summary>Stop means stop, and off means off.</summary>
internal sealed class NothingNewWhileStopped : Invariant
{
    private readonly HashSet<Component> _off = [];
    private readonly Dictionary<SignalId, SignalSource> _sources = [];
    private bool _isStopped;

    public override string Name => "nothing-new-while-stopped";

    public override string Requirement => "USR-5";

    public override string Words =>
        "what the user stops or switches off is so at once: nothing new is planned, no entry is sent";

    public override void OnFact(Audit audit, in FactStep step)
    {
        switch (step.Fact)
        {
            case Fact.TradingStopped:
                _isStopped = true;
                break;
            case Fact.TradingResumed:
                _isStopped = false;
                break;
            case Fact.Switched { IsOn: true } on:
                _off.Remove(on.Component);
                break;
            case Fact.Switched off:
                _off.Add(off.Component);
                break;
            case Fact.SignalReceived received:
                _sources[received.Signal.Id] = received.Signal.Source;
                break;
            case Fact.EntryPlanned planned:
                CheckPlan(audit, planned.Bracket.Signal);
                break;
            case Fact.AddPlanned add:
                CheckPlan(audit, add.Signal);
                break;
            default:
                break;
        }
    }

    public override void OnSend(Audit audit, OrderIntent order) => audit.Demand(
        this, order.Role != OrderRole.Entry || (!_isStopped && !_off.Contains(Component.Execution)),
        () => $"entry {order.ClientId} was sent, {Why}");

    private string Why => _isStopped ? "and trading is stopped" : $"and off is {string.Join(", ", _off)}";

    private void CheckPlan(Audit audit, SignalId? signal)
    {
        Component[] needed = signal is not { } id
            ? [Component.Strategies, Component.Execution]
            : _sources[id] == SignalSource.Webhook
                ? [Component.Webhooks, Component.Signals, Component.Execution]
                : [Component.Signals, Component.Execution];
        audit.Demand(
            this, !_isStopped && !needed.Any(_off.Contains),
            () => $"a new entry of {signal?.ToString() ?? "the strategy"}, {Why}");
    }
}
