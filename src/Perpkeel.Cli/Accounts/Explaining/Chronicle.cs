using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>Which of a journal's facts belong together: each bracket has its story.</summary>
internal sealed class Chronicle
{
    private readonly ImmutableArray<JournaledFact> _facts;
    private readonly long?[] _brackets;
    private readonly Dictionary<ClientOrderId, long> _orders = [];
    private readonly Dictionary<MarketId, long> _open = [];
    private readonly Dictionary<SignalId, int> _signals = [];

    /// <summary>Reads all facts of an account once.</summary>
    /// <param name="facts">All of them, in order.</param>
    public Chronicle(ImmutableArray<JournaledFact> facts)
    {
        _facts = facts;
        _brackets = new long?[facts.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            _brackets[i] = BracketOf(facts[i].Fact);
            if (facts[i].Fact is Fact.EntryPlanned && DecisionBefore(i) is { } decision)
            {
                _brackets[decision] = _brackets[i];
            }

            NoteSignal(i);
        }
    }

    /// <summary>Whether there is a fact of this sequence.</summary>
    public bool HasFact(long sequence) => sequence >= 1 && sequence <= _facts.Length;

    /// <summary>Whether there is, or was, a bracket of this number.</summary>
    public bool HasBracket(long number) => Array.IndexOf(_brackets, number) >= 0;

    /// <summary>The bracket that a fact belongs to; null for none.</summary>
    public long? BracketOfFact(long sequence) => _brackets[sequence - 1];

    /// <summary>The bracket that an order belongs to; null where there is no such order.</summary>
    public long? BracketOfOrder(long id) =>
        id is >= 0 and <= uint.MaxValue && _orders.TryGetValue(new ClientOrderId((uint)id), out var bracket)
            ? bracket
            : null;

    /// <summary>The facts of a bracket, in order.</summary>
    public ImmutableArray<JournaledFact> Of(long bracket) =>
        [.. _facts.Where((_, i) => _brackets[i] == bracket)];

    /// <summary>A fact that belongs to no bracket, and the decision or refusal that goes with it.</summary>
    public ImmutableArray<JournaledFact> Alone(long sequence)
    {
        var i = (int)sequence - 1;
        if (_facts[i].Fact is Fact.PlanRefused && DecisionBefore(i) is { } decision)
        {
            return [_facts[decision], _facts[i]];
        }

        if (_facts[i].Fact is Fact.SignalReceived { Signal.Id: var signal })
        {
            return [.. _facts.Skip(i).Where(fact => fact.Sequence == sequence
                || fact.Fact is Fact.SignalRefused refused && refused.Signal == signal)];
        }

        var isRefused = _facts[i].Fact is Fact.Decided && i + 1 < _facts.Length
            && _facts[i + 1].Fact is Fact.PlanRefused && DecisionBefore(i + 1) == i;
        return isRefused ? [_facts[i], _facts[i + 1]] : [_facts[i]];
    }

    /// <summary>What follows from a decision is journaled right behind it.</summary>
    private int? DecisionBefore(int index)
    {
        if (index == 0 || _facts[index - 1].Fact is not Fact.Decided { Decision: var decision }) return null;
        var market = _facts[index].Fact switch
        {
            Fact.EntryPlanned planned => planned.Bracket.Market,
            Fact.PlanRefused refused => refused.Market,
            _ => default,
        };
        return decision.Market == market ? index - 1 : null;
    }

    private long? BracketOf(Fact fact)
    {
        switch (fact)
        {
            case Fact.EntryPlanned { Bracket: var planned }:
                _open[planned.Market] = planned.Id;
                return planned.Id;
            case Fact.OrderIntended { Order: var order }:
                _orders[order.ClientId] = order.Bracket;
                return order.Bracket;
            case Fact.BracketEnded ended:
                _open.Remove(ended.Market);
                return ended.Bracket;
            case Fact.Decided { Decision: { Action: DecisionAction.Exit } exit }:
                return InMarket(exit.Market);
            case Fact.CloseWanted close:
                return InMarket(close.Market);
            case Fact.ProtectionAlarm alarm:
                return InMarket(alarm.Market);
            case Fact.CancelIntended cancel:
                return OfOrder(cancel.ClientId);
            case Fact.CallRejected rejected:
                return OfOrder(rejected.ClientId);
            case Fact.OutcomeUnknown unknown:
                return OfOrder(unknown.ClientId);
            case Fact.OrderSentAgain again:
                return OfOrder(again.ClientId);
            case Fact.Reported { Report: var report }:
                return BracketOf(report);
            case Fact.AddPlanned add:
                return InMarket(add.Market);
            case Fact.AddAbandoned abandoned:
                return InMarket(abandoned.Market);
            case Fact.AmendWanted amend:
                return InMarket(amend.Market);
            case Fact.ReduceWanted reduce:
                return InMarket(reduce.Market);
            case Fact.PriceSeen seen:
                return InMarket(seen.Facts.Market);
            case Fact.StopMoved moved:
                return moved.Bracket;
            case Fact.OrphanFound orphan:
                return OfOrder(orphan.ClientId);
            case Fact.SignalEnded ended:
                return OfSignal(ended.Signal);
            case Fact.SignalReady ready:
                return OfSignal(ready.Signal);
            default:
                return null;
        }
    }

    private long? BracketOf(VenueReport report) => report switch
    {
        VenueReport.Opened opened => OfOrder(opened.Order.ClientId),
        VenueReport.Rejected rejected => OfOrder(rejected.ClientId),
        VenueReport.Triggered triggered => OfOrder(triggered.ClientId),
        VenueReport.Filled filled => OfOrder(filled.ClientId),
        VenueReport.Ended ended => OfOrder(ended.ClientId),
        VenueReport.CancelRefused refused => OfOrder(refused.ClientId),
        VenueReport.FundingPaid paid => InMarket(paid.Market),
        VenueReport.Liquidated liquidated => InMarket(liquidated.Market),
        _ => null,
    };

    /// <summary>A signal stands in the story of the bracket that carries it out.</summary>
    private void NoteSignal(int index)
    {
        if (_facts[index].Fact is Fact.SignalReceived received) _signals[received.Signal.Id] = index;
        SignalId? named = _facts[index].Fact switch
        {
            Fact.EntryPlanned planned => planned.Bracket.Signal,
            Fact.AddPlanned add => add.Signal,
            Fact.AmendWanted amend => amend.Signal,
            Fact.ReduceWanted reduce => reduce.Signal,
            Fact.CloseWanted close => close.Signal,
            _ => null,
        };
        if (named is { } id && _signals.TryGetValue(id, out var at)) _brackets[at] = _brackets[index];
    }

    /// <summary>Where a signal was received; null where it was not.</summary>
    public long? FactOfSignal(string id) =>
        _signals.TryGetValue(new SignalId(id), out var at) ? _facts[at].Sequence : null;

    private long? OfSignal(SignalId id) => _signals.TryGetValue(id, out var at) ? _brackets[at] : null;

    private long? OfOrder(ClientOrderId id) => _orders.TryGetValue(id, out var bracket) ? bracket : null;

    private long? InMarket(MarketId market) => _open.TryGetValue(market, out var bracket) ? bracket : null;
}
