using System.Collections.Frozen;
using System.Collections.Immutable;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>
/// One account's rules: what follows from a request, what a fact changes, what it asks of the world. Pure:
/// the same state and request give the same facts. There is one engine for live, paper, backtest and
/// simulation.
/// </summary>
public sealed class AccountEngine
{
    private readonly FrozenDictionary<MarketId, Market> _markets;
    private readonly RiskLimits _limits;
    private readonly Evolution _evolution;

    /// <summary>Makes the engine for some markets under some limits.</summary>
    public AccountEngine(IEnumerable<Market> markets, RiskLimits limits)
    {
        _markets = markets.ToFrozenDictionary(market => market.Id);
        _limits = limits;
        _evolution = new Evolution(_markets);
    }

    /// <summary>The limits it works under.</summary>
    public RiskLimits Limits => _limits;

    /// <summary>The markets it knows.</summary>
    public IReadOnlyDictionary<MarketId, Market> Markets => _markets;

    /// <summary>The state after one more fact.</summary>
    /// <exception cref="ArgumentException">The fact does not follow the state's last one.</exception>
    public AccountState Evolve(AccountState state, JournaledFact fact) => _evolution.Evolve(state, fact);

    /// <summary>
    /// The facts that follow from a request, in their places after the state; none when it changes nothing.
    /// </summary>
    public ImmutableArray<JournaledFact> Decide(AccountState state, Request request, DateTimeOffset now)
    {
        // Facts are in the order of time, whatever the clock does: after a restart it may stand before the
        // last one.
        var draft = new FactDraft(this, state, now < state.At ? state.At : now)
        {
            Prices = PricesOf(request),
        };
        switch (request)
        {
            case Request.Open open:
                if (!state.IsOpen)
                {
                    draft.Add(new Fact.AccountOpened
                    {
                        FirstClientId = open.FirstClientId,
                        Source = open.Source,
                    });
                }

                break;
            case Request.Enter enter:
                Enter(draft, enter);
                break;
            case Request.Exit exit:
                Exit(draft, exit);
                break;
            case Request.Hear hear:
                Hear(draft, hear.Reports);
                break;
            case Request.MarkEquity mark:
                draft.Add(new Fact.EquityMarked
                {
                    Equity = AccountMath.Equity(state, AccountMath.Marks(state, mark.Prices)),
                    Prices = mark.Prices,
                });
                break;
            case Request.Execute execute:
                new SignalDesk(this, draft, execute).Decide();
                break;
            case Request.MoveStop move:
                MoveStop(draft, move);
                break;
            case Request.Wake:
                draft.RaiseAlarms();
                draft.Settle();
                break;
            case Request.CallRejected or Request.CallUnanswered or Request.NotAtVenue:
                CallEnded(draft, request);
                break;
            default:
                UserRules.Decide(draft, request);
                break;
        }

        return draft.Facts;
    }

    /// <summary>
    /// What a fact asks of the world; the same fact asks the same thing again after a restart.
    /// </summary>
    public static Effect? EffectOf(AccountState state, JournaledFact journaled) => journaled.Fact switch
    {
        Fact.OrderIntended intended => Send(intended.Order),
        Fact.OrderSentAgain again => Send(state.Order(again.ClientId).Intent),
        Fact.CancelIntended cancel => new Effect.Cancel(cancel.ClientId, journaled.At),
        Fact.OutcomeUnknown unknown => new Effect.LookUp(unknown.ClientId),
        Fact.OrphanFound orphan => new Effect.Cancel(orphan.ClientId, journaled.At),
        Fact.SignalReady ready => new Effect.Execute(state.Signals[ready.Signal].Signal),
        Fact.ProtectionAlarm alarm => new Effect.Alarm(alarm.Market, alarm.Since),
        _ => null,
    };

    /// <summary>
    /// What a recovered state still waits for, in the order in which it was asked: orders without an answer,
    /// to be looked up and sent again only where the venue does not have them (only looked up where their
    /// cancellation was asked for), and cancellations without one.
    /// </summary>
    public static IEnumerable<Effect> Unanswered(AccountState state)
    {
        var asked = new SortedList<long, Effect>();
        foreach (var order in state.Orders.Values)
        {
            if (order.Phase is OrderPhase.Intended or OrderPhase.OutcomeUnknown)
            {
                asked.Add(
                    order.IntendedBy,
                    order.CancelAsked ? new Effect.LookUp(order.Intent.ClientId) : Send(order.Intent));
            }

            if (order is { IsLive: true, CancelAskedAt: { } at })
            {
                asked.Add(order.CancelAskedBy, new Effect.Cancel(order.Intent.ClientId, at));
            }
        }

        foreach (var (id, at) in state.Orphans) asked.Add(-id.Value - 1L, new Effect.Cancel(id, at));
        return asked.Values.Concat(state.OpenSignals
            .Where(id => state.Signals[id].Phase == SignalPhase.Ready)
            .Select(id => new Effect.Execute(state.Signals[id].Signal)));
    }

    /// <summary>An approved order of the journal, to be sent byte for byte.</summary>
    public static Effect Send(OrderIntent journaled) => journaled.Role == OrderRole.Entry
        ? new Effect.Place(RiskGate.ReinstateOrder(journaled))
        : new Effect.Protect(RiskGate.ReinstateProtection(journaled));

    /// <summary>
    /// The earliest time at which the account wants a <see cref="Request.Wake"/>; null for none.
    /// </summary>
    public static DateTimeOffset? NextWake(AccountState state, DateTimeOffset now)
    {
        DateTimeOffset? wake = null;
        foreach (var (market, bracket) in state.Brackets)
        {
            if (bracket is { UnprotectedSince: { } since, AlarmRaised: false })
            {
                Earlier(since + bracket.ProtectionDeadline);
            }

            var position = state.SizeIn(market);
            if (BracketRules.Next(bracket, position, state.Order, state.MayEnter, now) is { } step)
            {
                Earlier(FactDraft.RoomFrom(state, bracket, step, now));
            }

            if (bracket is { CloseReason: null, TimeStopAt: { } end } && end > now) Earlier(end);
            if (BracketRules.EntryDueBy(bracket) is { } dueBy && dueBy >= now) Earlier(dueBy.AddTicks(1));

            if (!position.IsZero && BracketRules.CloseDueAt(bracket) is { } due && due > now)
            {
                Earlier(due);
            }
        }

        return wake;

        void Earlier(DateTimeOffset at)
        {
            if (wake is null || at < wake) wake = at;
        }
    }

    /// <summary>The prices that a request carries; empty where it carries none.</summary>
    private static ImmutableArray<MarketFacts> PricesOf(Request request) => request switch
    {
        Request.Wake wake => wake.Prices,
        Request.Flatten flatten => flatten.Prices,
        Request.Execute execute => execute.Prices,
        Request.Enter enter => enter.Prices,
        Request.Exit exit => [exit.Facts],
        _ => [],
    };

    private void Enter(FactDraft draft, Request.Enter enter)
    {
        var decision = enter.Plan.Decision;
        draft.Add(new Fact.Decided { Decision = decision });
        var wish = new EntryWish { Side = decision.Side, StopDistance = enter.Plan.StopDistance };
        var facts = AccountMath.Facts(
            draft.State, _markets, _limits, decision.Market,
            AccountMath.Marks(draft.State, enter.Prices), wish.Placements, draft.Now);
        var refusal = UserRules.WhyNoPlan(draft.State);
        if (refusal is null && EntryPlanner.Plan(
            wish, _markets[decision.Market], facts, _limits, enter.Facts, draft.Now)
            .TryGet(out var plan, out refusal))
        {
            draft.Add(new Fact.EntryPlanned
            {
                Bracket = BracketOf(
                    plan, draft.State.NextBracket, decision.Market, decision.Side, enter.Facts, _limits,
                    draft.Now) with
                {
                    Owner = decision.Strategy,
                    StopDistance = enter.Plan.StopDistance,
                    HoldUntil = draft.Now + enter.Plan.HoldFor,
                },
                EntriesFrom = draft.Now + _limits.Cooldown,
                SizedBy = plan.SizedBy,
                Limits = plan.Limits,
                Facts = enter.Facts,
            });
            draft.Settle();
        }
        else
        {
            draft.Add(new Fact.PlanRefused
            {
                Market = decision.Market,
                Refusal = refusal!,
                Facts = enter.Facts,
                EntriesFrom = draft.Now + refusal!.Pause,
            });
        }
    }

    /// <summary>
    /// What the venue tells at one instant is taken whole before anything is done about it: an order that
    /// opened and ended at once never stood there.
    /// </summary>
    private static void Hear(FactDraft draft, ImmutableArray<VenueReport> reports)
    {
        foreach (var report in reports)
        {
            var last = draft.State.LastVenueSequence;
            if (report.Sequence <= last) continue;
            if (report.Sequence > last + 1)
            {
                throw new InvalidOperationException(
                    $"The venue's report {report.Sequence} came after {last}: what lies between is missing.");
            }

            draft.Add(new Fact.Reported { Report = report });
            if (report is VenueReport.Opened { Order: var order } && IsOrphan(draft.State, order.ClientId))
            {
                draft.Add(new Fact.OrphanFound { ClientId = order.ClientId, Market = order.Market });
            }
        }

        draft.Settle();
    }

    private static void Exit(FactDraft draft, Request.Exit exit)
    {
        var decision = exit.Plan.Decision;
        if (!draft.State.Brackets.TryGetValue(decision.Market, out var bracket)
            || bracket.CloseReason is not null || !IsOwnedBy(bracket, decision.Strategy))
        {
            return;
        }

        draft.Add(new Fact.Decided { Decision = decision });
        draft.Add(new Fact.CloseWanted
        {
            Market = decision.Market,
            Reason = decision.Rule,
            Facts = exit.Facts,
        });
        draft.Settle();
    }

    /// <summary>One market has one owner; who is not it does not end its position.</summary>
    private static bool IsOwnedBy(Bracket bracket, string strategy) =>
        bracket.Owner is not { } owner || string.Equals(owner, strategy, StringComparison.Ordinal);

    private static void CallEnded(FactDraft draft, Request request)
    {
        Fact? fact = request switch
        {
            Request.CallRejected rejected when IsUnanswered(draft.State, rejected.ClientId) =>
                new Fact.CallRejected
                {
                    ClientId = rejected.ClientId,
                    Code = rejected.Code,
                    Message = rejected.Message,
                },
            Request.CallUnanswered silent when IsUnanswered(draft.State, silent.ClientId) =>
                new Fact.OutcomeUnknown { ClientId = silent.ClientId },
            Request.NotAtVenue absent when IsUnanswered(draft.State, absent.ClientId) =>
                Absent(draft.State.Order(absent.ClientId), absent.Evidence, draft.Now),
            _ => null,
        };
        if (fact is null) return;
        draft.Add(fact);
        draft.Settle();
    }

    /// <summary>
    /// An order that is not wanted any more is not sent again: that it is absent is its end. Nor is an entry
    /// whose prices are of long ago.
    /// </summary>
    private static Fact Absent(OrderState order, string evidence, DateTimeOffset now) =>
        order.CancelAsked || BracketRules.IsTooLate(order.Intent, now)
        ? new Fact.CallRejected
        {
            ClientId = order.Intent.ClientId,
            Code = "not-at-venue",
            Message = evidence,
        }
        : new Fact.OrderSentAgain { ClientId = order.Intent.ClientId, Evidence = evidence };

    /// <summary>
    /// Whether an id is one that we gave, of an order that no bracket knows any more. The ids of others, and
    /// of orders that the user places elsewhere, are left alone.
    /// </summary>
    private static bool IsOrphan(AccountState state, ClientOrderId id) =>
        id >= state.FirstClientId && id < state.NextClientId && !state.Orders.ContainsKey(id)
        && !state.Orphans.ContainsKey(id);

    /// <summary>
    /// A stop is moved in its position's favour only, one at a time, and as room that is not kept for
    /// protection allows; who asked in vain asks again.
    /// </summary>
    private void MoveStop(FactDraft draft, Request.MoveStop move)
    {
        var state = draft.State;
        if (!state.Brackets.TryGetValue(move.Market, out var bracket) || bracket.Id != move.Bracket) return;
        var trigger = EntryPlanner.Inward(_markets[move.Market], move.Trigger.Value, bracket.Side);
        if (!Trailing.MayMove(bracket, state.Order, trigger, draft.Now)
            || state.Placements.FreeFrom(draft.Now) > draft.Now
            || state.SizeIn(move.Market).IsZero)
        {
            return;
        }

        draft.Add(new Fact.StopMoved
        {
            Market = move.Market,
            Bracket = move.Bracket,
            Trigger = trigger,
            Reason = "trailing",
            Oracle = move.Facts.Oracle,
        });
        draft.Settle();
    }

    /// <summary>A bracket as it was planned, without owner and signal.</summary>
    internal static Bracket BracketOf(
        EntryPlan plan, long id, MarketId market, Side side, MarketFacts facts, RiskLimits limits,
        DateTimeOffset now) => new()
        {
            Id = id,
            Market = market,
            Side = side,
            Size = plan.Size,
            EntryLimit = plan.EntryLimit,
            StopTrigger = plan.StopTrigger,
            StopDistance = plan.StopDistance,
            TargetTrigger = plan.TargetTrigger,
            TargetLimit = plan.TargetLimit,
            ProtectionDeadline = limits.ProtectionDeadline,
            ReservePerUnit = plan.ReservePerUnit,
            PlannedAt = now,
            HoldUntil = DateTimeOffset.MaxValue,
            LastPrice = facts.Oracle,
        };

    /// <summary>The venue's own reports go before the answer of the call that placed an order.</summary>
    private static bool IsUnanswered(AccountState state, ClientOrderId id) =>
        state.Orders.TryGetValue(id, out var order)
        && order.Phase is OrderPhase.Intended or OrderPhase.OutcomeUnknown;
}
