using System.Collections.Immutable;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>
/// Decides on signals: the balance, the leverage, the margin, the size, the reservation, in this order, each
/// step kept with what went in and what came out. Lives no longer than the request.
/// </summary>
internal sealed class SignalDesk(AccountEngine engine, FactDraft draft, Request.Execute request)
{
    private readonly List<TraceStep> _steps = [];
    private readonly TradeSignal _signal = request.Signal;

    private AccountState State => draft.State;

    private RiskLimits Limits => engine.Limits;

    private Bracket? Bracket => State.Brackets.GetValueOrDefault(_signal.Market);

    /// <summary>
    /// Adds the facts that follow; none for a signal that was received before, unless its second half is due.
    /// </summary>
    public void Decide()
    {
        // What has no name cannot be journaled under one; who sent it is told by the executor.
        if (SignalCheck.NameFault(_signal) is not null) return;
        if (State.Signals.TryGetValue(_signal.Id, out var known))
        {
            if (known.Phase != SignalPhase.Ready) return;
        }
        else
        {
            draft.Add(new Fact.SignalReceived
            {
                Signal = _signal,
                Facts = request.Facts,
                Confirmed = request.Confirmed,
            });
        }

        var error = Refusal() ?? (known is not null ? Open() : Act());
        if (error is not null && known is not null)
        {
            // The first half of a flip is done: that is its end, and why there was no second one.
            draft.Add(new Fact.SignalEnded { Signal = _signal.Id, Reason = "flat", Error = error });
            return;
        }

        if (error is not null)
        {
            draft.Add(new Fact.SignalRefused { Signal = _signal.Id, Error = error, Steps = [.. _steps] });
            return;
        }

        draft.Settle();
    }

    private TradeExecutionError? Act() => _signal.Action switch
    {
        SignalAction.Open => Open(),
        SignalAction.Add => Add(),
        SignalAction.Reduce => Reduce(),
        SignalAction.Close => Close("signal"),
        SignalAction.Flip => Flip(),
        SignalAction.Amend => Amend(),
        _ => new TradeExecutionError.InvalidSignal("action", "none is given"),
    };

    /// <summary>What forbids it before its own action is looked at.</summary>
    private TradeExecutionError? Refusal()
    {
        if (!engine.Markets.ContainsKey(_signal.Market))
        {
            return new TradeExecutionError.UnknownMarket(
                _signal.Market.Value,
                string.Join(", ", SignalCheck.Near(_signal.Market, engine.Markets.Keys)));
        }

        if (SignalCheck.Fault(_signal, engine.Markets[_signal.Market]) is { } invalid) return invalid;
        if (Bracket is { Side: var held } && SignalCheck.WrongSide(_signal, held) is { } wrong) return wrong;
        if (Switch() is { } off) return new TradeExecutionError.SwitchedOff(off.ToString());
        if (Bracket is { Owner: { } owner } && _signal.Source != SignalSource.Person
            && !string.Equals(owner, _signal.Strategy, StringComparison.Ordinal))
        {
            return new TradeExecutionError.MarketOwned(_signal.Market.Value, owner);
        }

        return _signal.IsNewRisk ? NewRiskRefusal() : null;
    }

    private Component? Switch()
    {
        if (State.SwitchedOff.IsEmpty || !_signal.IsNewRisk) return null;
        Component[] needed = _signal.Source switch
        {
            SignalSource.Strategy => [Component.Strategies, Component.Execution],
            SignalSource.Webhook => [Component.Webhooks, Component.Signals, Component.Execution],
            _ => [Component.Signals, Component.Execution],
        };
        foreach (var component in needed)
        {
            if (State.SwitchedOff.Contains(component)) return component;
        }

        return null;
    }

    private TradeExecutionError? NewRiskRefusal()
    {
        if (State.Stopped is { } stop)
        {
            return new TradeExecutionError.Stopped(
                stop.By, stop.Reason, $"{stop.At:yyyy-MM-dd HH:mm:ss} UTC");
        }

        var age = draft.Now - (State.Signals[_signal.Id].ReadyAt ?? _signal.IssuedAt);
        if (age.Duration() > Limits.SignalMaxAge)
        {
            return new TradeExecutionError.SignalTooOld(
                $"{age.TotalSeconds:0.###} s", $"{Limits.SignalMaxAge.TotalSeconds:0.###} s");
        }

        if (request.Confirmed is { } confirmed)
        {
            if (confirmed.Failure is { } failure) return failure;
            _steps.Add(new TraceStep(
                "balance", $"total {confirmed.Total}, available {confirmed.Available} at the venue",
                $"{confirmed.BalanceAsOf:HH:mm:ss.fff} UTC"));
            if (confirmed is { LeverageUsed: { } used, LeverageMax: { } most })
            {
                _steps.Add(new TraceStep(
                    "leverage", $"{used:0.####} of {most:0.##}", $"{most - used:0.####} left"));
                if (used >= most)
                {
                    return new TradeExecutionError.InsufficientLeverage($"{most:0.##}x", $"{used:0.####}x");
                }
            }
        }

        return request.Facts is null || request.Facts.Quality == QualityGrade.Missing
            ? ExecutionErrors.Of(RiskRefusal.StaleData(Limits.StaleAfter, nameof(QualityGrade.Missing), 0))
            : SignalCheck.FarPrice(_signal, request.Facts.Oracle);
    }

    private TradeExecutionError? Open()
    {
        if (Bracket is { } taken)
        {
            return new TradeExecutionError.MarketOwned(_signal.Market.Value, taken.Owner ?? "another trade");
        }

        var wish = Wish(_signal.Side, _signal.Stop, Usd.Zero);
        if (!Plan(wish, isAdding: false).TryGet(out var plan, out var error)) return error;
        draft.Add(new Fact.EntryPlanned
        {
            Bracket = AccountEngine.BracketOf(
                plan, State.NextBracket, _signal.Market, _signal.Side, request.Facts!, Limits, draft.Now) with
            {
                Owner = _signal.Strategy,
                Signal = _signal.Id,
                Terms = _signal.Entry,
                TrailBy = _signal.TrailBy,
                HoldUntil = _signal.HoldFor is { } span ? draft.Now + span : DateTimeOffset.MaxValue,
                TimeStopAt = draft.Now + _signal.HoldFor,
            },
            EntriesFrom = draft.Now + Limits.Cooldown,
            SizedBy = plan.SizedBy,
            Limits = plan.Limits,
            Facts = request.Facts!,
            Steps = [.. _steps],
        });
        return null;
    }

    private TradeExecutionError? Add()
    {
        if (Held("add to") is { } nothing) return nothing;
        var bracket = Bracket!;
        if (Changing(bracket) is { } busy) return busy;
        var wish = Wish(bracket.Side, bracket.StopTrigger, Notional());
        if (!Plan(wish, isAdding: true).TryGet(out var plan, out var error)) return error;
        draft.Add(new Fact.AddPlanned
        {
            Market = _signal.Market,
            Signal = _signal.Id,
            Size = plan.Size,
            Expected = plan.Expected,
            EntryLimit = plan.EntryLimit,
            Terms = _signal.Entry,
            ReservePerUnit = plan.ReservePerUnit,
            EntriesFrom = draft.Now + Limits.Cooldown,
            SizedBy = plan.SizedBy,
            Steps = [.. _steps],
        });
        return null;
    }

    private TradeExecutionError? Reduce()
    {
        if (Held("reduce") is { } nothing) return nothing;
        var bracket = Bracket!;
        if (bracket.ReduceBy is not null || (bracket.Reduce is { } id && State.Order(id).IsLive))
        {
            return new TradeExecutionError.Busy(_signal.Market.Value, "a reduction");
        }

        var size = engine.Markets[_signal.Market].FloorToStep(_signal.Size!.Value.Value);
        if (size >= State.SizeIn(_signal.Market).Abs()) return Close("signal");
        draft.Add(new Fact.ReduceWanted
        {
            Market = _signal.Market,
            Signal = _signal.Id,
            Size = size,
            Facts = request.Facts,
        });
        return null;
    }

    /// <summary>Closes what is open, and takes back an entry that still waits.</summary>
    private TradeExecutionError? Close(string reason)
    {
        if (Bracket is not { } bracket)
        {
            return new TradeExecutionError.NothingHeld(_signal.Market.Value, "close");
        }

        if (bracket.CloseReason is { } closing)
        {
            return new TradeExecutionError.Busy(_signal.Market.Value, $"a close ({closing})");
        }

        draft.Add(new Fact.CloseWanted
        {
            Market = _signal.Market,
            Reason = reason,
            Signal = _signal.Id,
            Facts = request.Facts,
        });
        return null;
    }

    private TradeExecutionError? Flip()
    {
        if (Held("flip") is { } nothing) return nothing;
        return Bracket!.Side == _signal.Side
            ? new TradeExecutionError.InvalidSignal("side", $"the position is {_signal.Side} already")
            : Close("flip");
    }

    private TradeExecutionError? Amend()
    {
        if (Bracket is not { Entry: { } id } bracket || State.Order(id) is not { Intent.MayRest: true } entry
            || entry.Unfilled.IsZero)
        {
            return new TradeExecutionError.NothingHeld(_signal.Market.Value, "amend");
        }

        if ((bracket.CloseReason ?? bracket.FiredBy) is { } ending)
        {
            return new TradeExecutionError.Busy(_signal.Market.Value, $"its end ({ending})");
        }

        if (bracket.AmendTo is not null)
        {
            return new TradeExecutionError.Busy(_signal.Market.Value, "an amendment");
        }

        var terms = _signal.Entry!;
        var market = engine.Markets[_signal.Market];
        var reserve = AccountMath.ReservePerUnit(
            market, Limits, bracket.Side, terms.Limit, request.Facts!.Oracle);
        var rest = entry.Unfilled;
        var account = Account(isAdding: true, placements: 1);
        var already = bracket.ReservePerUnit * rest.Value;
        var wish = Wish(bracket.Side, bracket.StopTrigger, Notional()) with
        {
            StopDistance = null,
            Target = bracket.TargetTrigger,
            Size = rest,
        };
        var planned = EntryPlanner.Plan(
            wish, market, account with
            {
                Available = account.Available + already,
                GrossExposure = account.GrossExposure - (bracket.EntryLimit * rest),
            },
            Limits with { Cooldown = TimeSpan.Zero, MinOrder = Usd.Zero }, request.Facts, draft.Now);
        if (!planned.TryGet(out _, out var refusal)) return ExecutionErrors.Of(refusal);
        draft.Add(new Fact.AmendWanted
        {
            Market = _signal.Market,
            Signal = _signal.Id,
            Terms = terms,
            ReservePerUnit = reserve,
        });
        return null;
    }

    private TradeExecutionError? Held(string action) =>
        Bracket is not { } bracket || State.SizeIn(_signal.Market).IsZero
            ? new TradeExecutionError.NothingHeld(_signal.Market.Value, action)
            : bracket.CloseReason is { } closing
                ? new TradeExecutionError.Busy(_signal.Market.Value, $"a close ({closing})")
                : bracket.FiredBy is { } fired
                    ? new TradeExecutionError.Busy(_signal.Market.Value, $"its {fired}")
                    : null;

    private TradeExecutionError.Busy? Changing(Bracket bracket)
    {
        if (bracket.PendingAdd is not null || bracket.Entry is { } entry && State.Order(entry).IsLive)
        {
            return new TradeExecutionError.Busy(_signal.Market.Value, "an entry");
        }

        if (bracket.AmendTo is not null)
        {
            return new TradeExecutionError.Busy(_signal.Market.Value, "an amendment");
        }

        return bracket.OldStop is not null || bracket.MoveStopTo is not null
            ? new TradeExecutionError.Busy(_signal.Market.Value, "a new stop")
            : null;
    }

    /// <summary>Worth of the position that is there.</summary>
    private Usd Notional() => State.SizeIn(_signal.Market).IsZero
        ? Usd.Zero
        : (AccountMath.Marks(State, request.Prices)(_signal.Market) * State.SizeIn(_signal.Market)).Abs();

    private EntryWish Wish(Side side, Price? stop, Usd openExposure) => new()
    {
        Side = side,
        Stop = stop,
        StopDistance = _signal.StopDistance,
        Target = _signal.Target,
        Size = _signal.Size,
        Terms = _signal.Entry,
        Depth = request.Depth,
        OpenExposure = openExposure,
    };

    private Result<EntryPlan, TradeExecutionError> Plan(EntryWish wish, bool isAdding)
    {
        var account = Account(isAdding, wish.Placements);
        _steps.Add(new TraceStep(
            "margin", $"equity {account.Equity}, exposure {account.GrossExposure}",
            $"{account.Available} available"));
        var planned = EntryPlanner.Plan(
            wish, engine.Markets[_signal.Market], account, Limits, request.Facts!, draft.Now);
        if (!planned.TryGet(out var plan, out var refusal)) return ExecutionErrors.Of(refusal);
        _steps.Add(new TraceStep(
            "size", string.Join("; ", plan.Limits), $"{plan.Size}, bound by {plan.SizedBy}"));
        _steps.Add(new TraceStep(
            "reserve", $"{plan.ReservePerUnit} a unit at {plan.EntryLimit} at worst",
            $"{plan.ReservePerUnit * plan.Size.Value}"));
        return plan;
    }

    /// <summary>
    /// The account at the request's prices. What the venue confirms to be available bounds what we reckon:
    /// of two witnesses the more careful one is believed. The venue knows nothing of what is set aside for
    /// entries that may still fill, so that it is taken off what it confirms, too.
    /// </summary>
    private AccountFacts Account(bool isAdding, int placements)
    {
        var account = AccountMath.Facts(
            State, engine.Markets, Limits, _signal.Market, AccountMath.Marks(State, request.Prices),
            placements, draft.Now);
        if (request.Confirmed?.Available is { } confirmed)
        {
            var free = confirmed - AccountMath.Reserved(State);
            if (free < account.Available) account = account with { Available = free };
        }

        return isAdding
            ? account with { MarketIsTaken = false, Positions = account.Positions - 1 }
            : account;
    }
}
