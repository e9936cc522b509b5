using System.Collections.Immutable;
using System.Diagnostics;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>
/// Gathers the facts of one request, each decided on the state that those before it have made. Lives no
/// longer than the call that made it.
/// </summary>
internal sealed class FactDraft(AccountEngine engine, AccountState state, DateTimeOffset now)
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
                && BracketRules.Next(bracket, State.SizeIn(market), State.Order, now) is { } step
                && Do(bracket, step))
            {
                if (++steps > MostSteps) throw new UnreachableException($"{market} does not come to rest.");
            }
        }
    }

    /// <summary>False when the step has to wait for room in the placement budget.</summary>
    private bool Do(Bracket bracket, BracketStep step)
    {
        var needsRoom = step is BracketStep.PlaceStop or BracketStep.PlaceTarget;
        if (needsRoom && State.Placements.ProtectionFrom(now) > now) return false;
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
                Protect(bracket, OrderRole.Close, OrderKind.Market, close.Size, CloseLimit(bracket), null);
                break;
            case BracketStep.Cancel cancel:
                Add(new Fact.CancelIntended { ClientId = cancel.ClientId, Reason = cancel.Reason });
                break;
            case BracketStep.End end:
                Add(Ended(bracket, end.Reason));
                break;
            default:
                throw new UnreachableException($"{step.GetType().Name} is no known step.");
        }

        return true;
    }

    private void PlaceStop(Bracket bracket)
    {
        var market = engine.Markets[bracket.Market];
        var trigger = EntryPlanner.Inward(market, BracketRules.StopPrice(bracket), bracket.Side);
        var limit = EntryPlanner.Worst(
            market, trigger, EntryPlanner.StopSlippage, bracket.Side.Opposite());
        Protect(bracket, OrderRole.Stop, OrderKind.StopMarket, bracket.Size, limit, trigger);
    }

    private void SendEntry(Bracket bracket)
    {
        var order = EntryPlanner.EntryOrder(bracket, State.NextClientId, now);
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
