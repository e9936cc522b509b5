using System.Collections.Frozen;
using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
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
        var draft = new FactDraft(this, state, now < state.At ? state.At : now);
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
            case Request.Wake:
                draft.RaiseAlarms();
                draft.Settle();
                break;
            default:
                CallEnded(draft, request);
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

        return asked.Values;
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
            if (BracketRules.Next(bracket, position, state.Order, now) is not null)
            {
                Earlier(state.Placements.ProtectionFrom(now));
            }

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

    private void Enter(FactDraft draft, Request.Enter enter)
    {
        var decision = enter.Plan.Decision;
        draft.Add(new Fact.Decided { Decision = decision });
        var facts = AccountMath.Facts(
            draft.State, _markets, _limits, decision.Market,
            AccountMath.Marks(draft.State, enter.Prices), draft.Now);
        var planned = EntryPlanner.Plan(
            enter.Plan, draft.State.NextBracket, _markets[decision.Market], facts, _limits, enter.Facts,
            draft.Now);
        if (planned.TryGet(out var entry, out var refusal))
        {
            draft.Add(entry);
            draft.Settle();
        }
        else
        {
            draft.Add(new Fact.PlanRefused
            {
                Market = decision.Market,
                Refusal = refusal,
                Facts = enter.Facts,
                EntriesFrom = draft.Now + refusal.Pause,
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
        }

        draft.Settle();
    }

    private static void Exit(FactDraft draft, Request.Exit exit)
    {
        var decision = exit.Plan.Decision;
        if (!draft.State.Brackets.TryGetValue(decision.Market, out var bracket)
            || bracket.CloseReason is not null)
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
                Absent(draft.State.Order(absent.ClientId), absent.Evidence),
            _ => null,
        };
        if (fact is null) return;
        draft.Add(fact);
        draft.Settle();
    }

    /// <summary>
    /// An order that is not wanted any more is not sent again: that it is absent is its end.
    /// </summary>
    private static Fact Absent(OrderState order, string evidence) => order.CancelAsked
        ? new Fact.CallRejected
        {
            ClientId = order.Intent.ClientId,
            Code = "not-at-venue",
            Message = evidence,
        }
        : new Fact.OrderSentAgain { ClientId = order.Intent.ClientId, Evidence = evidence };

    /// <summary>The venue's own reports go before the answer of the call that placed an order.</summary>
    private static bool IsUnanswered(AccountState state, ClientOrderId id) =>
        state.Orders.TryGetValue(id, out var order)
        && order.Phase is OrderPhase.Intended or OrderPhase.OutcomeUnknown;
}
