using System.Collections.Immutable;
using System.Diagnostics;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>
/// Gathers the facts of one request, each decided on the state that those before it have made. Lives no
/// longer than the call that made it.
/// </summary>
internal sealed partial class FactDraft(AccountEngine engine, AccountState state, DateTimeOffset now)
{
    /// <summary>
    /// More steps than this for one market in one request mean that a rule does not come to rest.
    /// </summary>
    private const int MostSteps = 64;

    private const decimal MostCloseSlippage = 0.2m;

    private readonly ImmutableArray<JournaledFact>.Builder _facts =
        ImmutableArray.CreateBuilder<JournaledFact>();

    /// <summary>The state after the facts so far.</summary>
    public AccountState State { get; private set; } = state;

    /// <summary>The prices that the request carries; empty where it carries none.</summary>
    public ImmutableArray<MarketFacts> Prices { get; init; } = [];

    /// <summary>Engine time of the request.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The facts so far.</summary>
    public ImmutableArray<JournaledFact> Facts => _facts.ToImmutable();

    /// <summary>Adds a fact.</summary>
    public void Add(Fact fact)
    {
        var journaled = new JournaledFact(State.Sequence + 1, now, fact);
        _facts.Add(journaled);
        State = engine.Evolve(State, journaled);
    }

    /// <summary>
    /// Raises the alarm for every position that has been unprotected for as long as the deadline.
    /// </summary>
    public void RaiseAlarms()
    {
        foreach (var (market, bracket) in State.Brackets)
        {
            if (bracket is { UnprotectedSince: { } since, AlarmRaised: false }
                && now - since >= bracket.ProtectionDeadline)
            {
                Add(new Fact.ProtectionAlarm { Market = market, Since = since });
                if (engine.Limits.OnUnprotected == UnprotectedPolicy.Close && bracket.CloseReason is null)
                {
                    Add(new Fact.CloseWanted { Market = market, Reason = "unprotected" });
                }
            }
        }
    }

    /// <summary>Does what the brackets need done, until each of them only waits.</summary>
    public void Settle()
    {
        foreach (var market in State.Brackets.Keys)
        {
            var steps = 0;
            while (State.Brackets.TryGetValue(market, out var bracket)
                && BracketRules.Next(
                    bracket, State.SizeIn(market), State.Order, State.MayEnter, now) is { } step
                && Do(bracket, step))
            {
                if (++steps > MostSteps) throw new UnreachableException($"{market} does not come to rest.");
            }

            EndSignals(market);
        }
    }

    /// <summary>
    /// The earliest time at which a step finds room in the placement budget. A stop that only takes the place
    /// of one that stands leaves alone what is kept for protection.
    /// </summary>
    public static DateTimeOffset RoomFrom(
        AccountState state, Bracket bracket, BracketStep step, DateTimeOffset now) => step switch
        {
            BracketStep.PlaceStop when BracketRules.IsReplacement(bracket, state.Order) =>
                state.Placements.FreeFrom(now),
            BracketStep.PlaceStop => state.Placements.ProtectionFrom(now),
            BracketStep.PlaceTarget => state.Placements.FreeFrom(now),
            BracketStep.SendEntry when (bracket.AmendTo ?? bracket.Terms) is
            { Time: OrderTime.GoodTilTime or OrderTime.PostOnly } => state.Placements.FreeFrom(now),
            _ => now,
        };

    /// <summary>False when the step has to wait for room in the placement budget.</summary>
    private bool Do(Bracket bracket, BracketStep step)
    {
        if (RoomFrom(State, bracket, step, now) > now) return false;
        switch (step)
        {
            case BracketStep.PlaceStop:
                PlaceStop(bracket);
                break;
            case BracketStep.PlaceTarget:
                Protect(bracket, OrderRole.Target, OrderKind.TakeProfitMarket, bracket.Size,
                    bracket.TargetLimit, bracket.TargetTrigger);
                break;
            case BracketStep.SendEntry:
                SendEntry(bracket);
                break;
            case BracketStep.CloseNow close:
                SeePrice(bracket.Market);
                bracket = State.Brackets[bracket.Market];
                Protect(bracket, OrderRole.Close, OrderKind.Market, close.Size, CloseLimit(bracket), null);
                break;
            case BracketStep.ReduceNow reduce:
                SeePrice(bracket.Market);
                bracket = State.Brackets[bracket.Market];
                Protect(bracket, OrderRole.Reduce, OrderKind.Market, reduce.Size, CloseLimit(bracket), null);
                break;
            case BracketStep.TimeUp:
                Add(new Fact.CloseWanted { Market = bracket.Market, Reason = "time-stop" });
                break;
            case BracketStep.AbandonAdd abandon:
                Add(new Fact.AddAbandoned { Market = bracket.Market, Reason = abandon.Reason });
                EndAbandoned(bracket, abandon.Reason);
                break;
            case BracketStep.Cancel cancel:
                Add(new Fact.CancelIntended { ClientId = cancel.ClientId, Reason = cancel.Reason });
                break;
            case BracketStep.End end:
                var refusal = bracket.Stop is { } stop ? State.Order(stop).Refusal : null;
                Add(Ended(bracket, end.Reason));
                EndSignalsOf(bracket, end.Reason, refusal);
                break;
            default:
                throw new UnreachableException($"{step.GetType().Name} is no known step.");
        }

        return true;
    }

    /// <summary>
    /// A closing order is bounded by the price of now, where the request tells it: the last one that was seen
    /// may be an hour old.
    /// </summary>
    private void SeePrice(MarketId market)
    {
        foreach (var facts in Prices)
        {
            if (facts.Market != market || facts.Quality != QualityGrade.Good) continue;
            if (facts.Oracle != State.Brackets[market].LastPrice) Add(new Fact.PriceSeen { Facts = facts });
        }
    }

    private void PlaceStop(Bracket bracket)
    {
        var market = engine.Markets[bracket.Market];
        var isReplacement = BracketRules.IsReplacement(bracket, State.Order);
        var trigger = EntryPlanner.Inward(
            market, BracketRules.StopPrice(bracket, isReplacement), bracket.Side);
        var limit = EntryPlanner.Worst(
            market, trigger, EntryPlanner.StopSlippage, bracket.Side.Opposite());
        Protect(bracket, OrderRole.Stop, OrderKind.StopMarket, bracket.Size, limit, trigger);
    }

    private void SendEntry(Bracket bracket)
    {
        var size = bracket.PendingAdd
            ?? (bracket is { AmendTo: not null, Entry: { } before }
                ? State.Order(before).Intent.Size - State.Order(before).Filled
                : bracket.EntryFor);
        var order = EntryPlanner.EntryOrder(bracket, size, State.NextClientId, now);
        var approved = RiskGate.ConfirmPlanned(order, bracket, engine.Markets[bracket.Market]);
        Add(new Fact.OrderIntended { Order = approved.Intent });
    }

    private void Protect(
        Bracket bracket, OrderRole role, OrderKind kind, Size size, Price limit, Price? trigger)
    {
        var intent = new OrderIntent
        {
            ClientId = State.NextClientId,
            Bracket = bracket.Id,
            Signal = role switch
            {
                OrderRole.Reduce => bracket.ReduceSignal,
                OrderRole.Close => bracket.ExitSignal,
                _ => null,
            },
            Market = bracket.Market,
            Role = role,
            Kind = kind,
            Side = bracket.Side.Opposite(),
            Size = size,
            Limit = limit,
            Trigger = trigger,
            ReduceOnly = true,
            IntendedAt = now,
        };
        var approved = RiskGate.ApproveProtection(
            intent, engine.Markets[bracket.Market], bracket.Side, trigger ?? bracket.LastPrice);
        if (!approved.TryGet(out var order, out var refusal))
        {
            throw new UnreachableException($"A {role} of our own making was refused: {refusal}.");
        }

        Add(new Fact.OrderIntended { Order = order.Intent });
    }

    /// <summary>The worst price of a closing order; each attempt that left something goes further.</summary>
    private Price CloseLimit(Bracket bracket)
    {
        var slippage = Math.Min(MostCloseSlippage, engine.Limits.Slippage * (1 + bracket.CloseFailures));
        return EntryPlanner.Worst(
            engine.Markets[bracket.Market], bracket.LastPrice, slippage, bracket.Side.Opposite());
    }

    private Fact.BracketEnded Ended(Bracket bracket, string reason)
    {
        Position? position = State.Positions.GetValueOrDefault(bracket.Market);
        return new Fact.BracketEnded
        {
            Bracket = bracket.Id,
            Market = bracket.Market,
            Reason = reason,
            Realised = position?.Realised ?? Usd.Zero,
            Fees = position?.Fees ?? Usd.Zero,
            Funding = position?.Funding ?? Usd.Zero,
        };
    }
}
