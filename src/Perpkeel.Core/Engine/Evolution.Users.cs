using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <content>The fold of what signals and the user bring about.</content>
internal sealed partial class Evolution
{
    /// <summary>Within this time entries and changes are counted.</summary>
    private static TimeSpan RateWindow => TimeSpan.FromMinutes(1);

    private static AccountState ApplyUsers(
        AccountState state, JournaledFact journaled) => journaled.Fact switch
        {
            Fact.SignalReceived received => Received(state, received, journaled.At),
            Fact.SignalRefused refused => Over(
                state, refused.Signal, SignalPhase.Refused, refused.Error.Code, refused.Error, journaled.At),
            Fact.SignalEnded ended => Over(
                state, ended.Signal, SignalPhase.Ended, ended.Reason, ended.Error, journaled.At),
            Fact.SignalReady ready => WithSignal(state, ready.Signal, signal => signal with
            {
                // What closed the old position was the means; what the signal wanted begins now.
                Phase = SignalPhase.Ready,
                ReadyAt = journaled.At,
                Bracket = 0,
                Filled = Size.Zero,
                Value = Usd.Zero,
                Fees = Usd.Zero,
            }),
            Fact.AddPlanned add => AddPlanned(state, add, journaled.At),
            Fact.AddAbandoned abandoned => WithBracket(state, abandoned.Market, bracket => bracket with
            {
                Size = bracket.Size - (bracket.PendingAdd ?? Size.Zero),
                PendingAdd = null,
                AmendTo = null,
                MoveFailures = 0,
            }),
            Fact.AmendWanted amend => AmendWanted(state, amend, journaled.At),
            Fact.ReduceWanted reduce => WithExit(
                WithBracket(state, reduce.Market, bracket => bracket with
                {
                    ReduceBy = reduce.Size,
                    ReduceSignal = reduce.Signal,
                    LastPrice = Seen(reduce.Facts) ?? bracket.LastPrice,
                }),
                reduce.Signal, reduce.Market, reduce.Facts),
            Fact.StopMoved moved => StopMoved(state, moved, journaled.At),
            Fact.PriceSeen seen => WithBracket(state, seen.Facts.Market, bracket => bracket with
            {
                LastPrice = Seen(seen.Facts) ?? bracket.LastPrice,
            }),
            Fact.OrphanFound orphan => state with
            {
                Orphans = state.Orphans.SetItem(orphan.ClientId, journaled.At),
            },
            Fact.TradingStopped stopped => state with
            {
                Stopped = new TradingStop(stopped.By, stopped.Reason, journaled.At),
            },
            Fact.TradingResumed => state with { Stopped = null },
            Fact.Switched switched => state with
            {
                SwitchedOff = switched.IsOn
                    ? state.SwitchedOff.Remove(switched.Component)
                    : state.SwitchedOff.Add(switched.Component),
            },
            _ => throw new ArgumentException(
                $"{journaled.Fact.GetType().Name} is no known fact.", nameof(journaled)),
        };

    private static AccountState StopMoved(AccountState state, Fact.StopMoved moved, DateTimeOffset at) =>
        WithBracket(Changed(state, at), moved.Market, bracket => bracket with
        {
            MoveStopTo = moved.Trigger,
            StopMovedAt = at,
            LastPrice = moved.Oracle,
        });

    private static AccountState Received(AccountState state, Fact.SignalReceived received, DateTimeOffset at)
    {
        var forgotten = state.Signals.Values.Where(signal => signal.EndedAt < at - SignalState.Kept)
            .Select(signal => signal.Signal.Id);
        var signal = new SignalState
        {
            Signal = received.Signal,
            Phase = SignalPhase.Working,
            ReceivedAt = at,
        };
        return state with
        {
            Signals = state.Signals.RemoveRange(forgotten).SetItem(received.Signal.Id, signal),
            OpenSignals = state.OpenSignals.Add(received.Signal.Id),
        };
    }

    private static AccountState Over(
        AccountState state, SignalId id, SignalPhase phase, string reason, TradeExecutionError? error,
        DateTimeOffset at)
    {
        state = WithSignal(state, id, signal => signal with
        {
            Phase = phase,
            EndedAt = at,
            Reason = reason,
            Error = error,
        });
        return state with
        {
            OpenSignals = state.OpenSignals.Remove(id),
            Totals = phase == SignalPhase.Refused
                ? state.Totals with { Refusals = state.Totals.Refusals + 1 }
                : state.Totals,
        };
    }

    private static AccountState AddPlanned(AccountState state, Fact.AddPlanned add, DateTimeOffset at)
    {
        state = WithBracket(Changed(state, at), add.Market, bracket => bracket with
        {
            Size = bracket.Size + add.Size,
            PendingAdd = add.Size,
            AddedAt = at,
            EntryLimit = add.EntryLimit,
            Terms = add.Terms,
            ReservePerUnit = add.ReservePerUnit,
            Signal = add.Signal,
            MoveFailures = 0,
        });
        var bracket = state.Brackets[add.Market];
        return WithSignal(state, add.Signal, signal => signal with
        {
            Bracket = bracket.Id,
            Expected = add.Expected,
        }) with
        {
            LastEntryAt = at,
            EntriesFrom = add.EntriesFrom,
        };
    }

    private static AccountState AmendWanted(AccountState state, Fact.AmendWanted amend, DateTimeOffset at)
    {
        state = WithBracket(Changed(state, at), amend.Market, bracket => bracket with
        {
            AmendTo = amend.Terms,
            ReservePerUnit = Usd.Max(bracket.ReservePerUnit, amend.ReservePerUnit),
        });
        return WithExit(state, amend.Signal, amend.Market, null);
    }

    /// <summary>A signal that changes what is there belongs to the bracket that it changes.</summary>
    private static AccountState WithExit(
        AccountState state, SignalId id, MarketId market, MarketFacts? facts)
    {
        var bracket = state.Brackets[market];
        return WithSignal(state, id, signal => signal with
        {
            Bracket = bracket.Id,
            Expected = facts is null ? null : bracket.Side == Side.Buy ? facts.Bid : facts.Ask,
        });
    }

    /// <summary>Counts an entry or a change; forgets those of longer ago.</summary>
    private static AccountState Changed(AccountState state, DateTimeOffset at) => state with
    {
        RecentChanges = [.. state.RecentChanges.Where(each => each > at - RateWindow), at],
    };

    private static AccountState WithSignal(
        AccountState state, SignalId id, Func<SignalState, SignalState> change) =>
        state.Signals.TryGetValue(id, out var signal)
            ? state with { Signals = state.Signals.SetItem(id, change(signal)) }
            : state;
}
