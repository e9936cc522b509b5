using System.Collections.Immutable;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <summary>The fold of facts into an account's state. It decides nothing.</summary>
internal sealed partial class Evolution(IReadOnlyDictionary<MarketId, Market> markets)
{
    /// <summary>The state after one more fact.</summary>
    public AccountState Evolve(AccountState state, JournaledFact journaled)
    {
        if (journaled.Sequence != state.Sequence + 1)
        {
            throw new ArgumentException(
                $"Fact {journaled.Sequence} cannot follow fact {state.Sequence}.", nameof(journaled));
        }

        var next = Apply(state, journaled) with { Sequence = journaled.Sequence, At = journaled.At };
        return WatchProtection(next, journaled.At);
    }

    private AccountState Apply(AccountState state, JournaledFact journaled) => journaled.Fact switch
    {
        Fact.AccountOpened opened => state with
        {
            IsOpen = true,
            FirstClientId = opened.FirstClientId,
            NextClientId = opened.FirstClientId,
        },
        Fact.Decided => state with
        {
            Totals = state.Totals with { Decisions = state.Totals.Decisions + 1 },
        },
        Fact.PlanRefused refused => state with
        {
            EntriesFrom = refused.EntriesFrom,
            Totals = state.Totals with { Refusals = state.Totals.Refusals + 1 },
        },
        Fact.EntryPlanned planned => EntryPlanned(state, planned, journaled.At),
        Fact.CloseWanted close => CloseWanted(state, close),
        Fact.OrderIntended intended => Intended(state, intended.Order, journaled),
        Fact.CancelIntended cancel => WithOrder(
            state, cancel.ClientId, order => order with
            {
                CancelAskedAt = journaled.At,
                CancelAskedBy = journaled.Sequence,
            }),
        Fact.CallRejected rejected => Ended(
            Refused(state, rejected.ClientId, rejected.Code, rejected.Message),
            rejected.ClientId, OrderEnding.Rejected, journaled.At),
        Fact.OutcomeUnknown unknown => WithOrder(
            state, unknown.ClientId, order => order with { Phase = OrderPhase.OutcomeUnknown }),
        Fact.OrderSentAgain again => WithOrder(
            state, again.ClientId, order => order with { Phase = OrderPhase.Intended }),
        Fact.Reported reported => Reported(state, reported.Report, journaled.At),
        Fact.ProtectionAlarm alarm => WithBracket(
            state, alarm.Market, bracket => bracket with { AlarmRaised = true }) with
        {
            Totals = state.Totals with { Alarms = state.Totals.Alarms + 1 },
        },
        Fact.BracketEnded ended => BracketEnded(state, ended),
        Fact.EquityMarked marked => Marked(state, marked, journaled.At),
        _ => ApplyUsers(state, journaled),
    };

    private static AccountState EntryPlanned(AccountState state, Fact.EntryPlanned planned, DateTimeOffset at)
    {
        state = Changed(state, at) with
        {
            Brackets = state.Brackets.SetItem(planned.Bracket.Market, planned.Bracket),
            NextBracket = planned.Bracket.Id + 1,
            LastEntryAt = at,
            EntriesFrom = planned.EntriesFrom,
        };
        return planned.Bracket.Signal is { } id
            ? WithSignal(state, id, signal => signal with
            {
                Phase = SignalPhase.Working,
                Bracket = planned.Bracket.Id,
                Expected = planned.Bracket.Side == Side.Buy ? planned.Facts.Ask : planned.Facts.Bid,
            })
            : state;
    }

    private static AccountState CloseWanted(AccountState state, Fact.CloseWanted close)
    {
        state = WithBracket(state, close.Market, bracket => bracket with
        {
            CloseReason = close.Reason,
            ExitSignal = close.Signal ?? bracket.ExitSignal,
            LastPrice = Seen(close.Facts) ?? bracket.LastPrice,
        });
        return close.Signal is { } id ? WithExit(state, id, close.Market, close.Facts) : state;
    }

    private static AccountState Intended(AccountState state, OrderIntent intent, JournaledFact journaled)
    {
        var order = new OrderState
        {
            Intent = intent,
            IntendedBy = journaled.Sequence,
            Phase = OrderPhase.Intended,
        };
        state = state with
        {
            Orders = state.Orders.SetItem(intent.ClientId, order),
            NextClientId = new(intent.ClientId.Value + 1),
            Placements = intent.IsStateful ? state.Placements.Take(journaled.At) : state.Placements,
            Totals = state.Totals with { Orders = state.Totals.Orders + 1 },
        };
        return WithBracket(state, intent.Market, bracket => intent.Role switch
        {
            OrderRole.Stop => WithStop(state, bracket, intent),
            OrderRole.Entry => bracket with
            {
                Entry = intent.ClientId,
                EntrySize = intent.Size == bracket.Size ? null : intent.Size,
                EntryLimit = intent.Limit,
                Terms = bracket.AmendTo ?? bracket.Terms,
                PendingAdd = null,
                AmendTo = null,
            },
            OrderRole.Reduce => bracket with { Reduce = intent.ClientId, ReduceBy = null },
            OrderRole.Target => bracket with { Target = intent.ClientId },
            OrderRole.Close => bracket with { Close = intent.ClientId },
            _ => bracket,
        });
    }

    /// <summary>A stop that is placed while another one lives stands beside it until it rests.</summary>
    private static Bracket WithStop(AccountState state, Bracket bracket, OrderIntent intent)
    {
        var isReplacing = bracket.Stop is { } stop && state.Order(stop).IsLive;
        return bracket with
        {
            Stop = intent.ClientId,
            OldStop = isReplacing ? bracket.Stop : bracket.OldStop,
            StopTrigger = bracket.MoveStopTo ?? bracket.StopTrigger,
            MoveStopTo = null,
        };
    }

    private AccountState Reported(AccountState state, VenueReport report, DateTimeOffset at)
    {
        state = state with { LastVenueSequence = report.Sequence };
        return report switch
        {
            VenueReport.Deposited deposited => Deposited(state, deposited.Amount, at),
            VenueReport.Opened opened => Opened(state, opened.Order.ClientId),
            VenueReport.Rejected rejected => Ended(
                Refused(state, rejected.ClientId, rejected.Code, rejected.Message),
                rejected.ClientId, OrderEnding.Rejected, at),
            VenueReport.Triggered triggered => Triggered(state, triggered),
            VenueReport.Filled filled => Filled(state, filled, at),
            VenueReport.Ended ended => Ended(state, ended.ClientId, ended.Ending, at),
            VenueReport.CancelRefused refused => WithOrder(
                state, refused.ClientId,
                order => order.IsWorking ? order with { CancelAskedAt = null } : order),
            VenueReport.FundingPaid paid => FundingPaid(state, paid),
            VenueReport.Liquidated liquidated => Liquidated(state, liquidated, at),
            _ => throw new ArgumentException($"{report.GetType().Name} is no known report.", nameof(report)),
        };
    }

    /// <summary>
    /// The venue has the order. A cancel that was asked for before may have come too early, so it counts as
    /// not asked.
    /// </summary>
    private static AccountState Opened(AccountState state, ClientOrderId id)
    {
        state = WithOrder(state, id, order => order.Phase switch
        {
            OrderPhase.Ended or OrderPhase.Triggered => order,
            _ => order with { Phase = OrderPhase.Open, CancelAskedAt = null },
        });
        return state.Orders.TryGetValue(id, out var stop) && stop.Intent.Role == OrderRole.Stop
            ? WithBracket(state, stop.Intent.Market, bracket => bracket with { MoveFailures = 0 })
            : state;
    }

    private static AccountState Deposited(AccountState state, Usd amount, DateTimeOffset at) => state with
    {
        Balance = state.Balance + amount,
        MarkedEquity = state.MarkedEquity + amount,
        PeakEquity = state.PeakEquity + amount,
        Day = state.Day == default ? Midnight(at) : state.Day,
        DayStartEquity = state.DayStartEquity + amount,
        Totals = state.Totals with { Deposits = state.Totals.Deposits + amount },
    };

    private static AccountState Triggered(AccountState state, VenueReport.Triggered triggered)
    {
        state = WithOrder(state, triggered.ClientId, order => order with
        {
            Phase = order.IsLive ? OrderPhase.Triggered : order.Phase,
            Fired = true,
        });
        if (!state.Orders.TryGetValue(triggered.ClientId, out var known)) return state;
        var firedBy = known.Intent.Role == OrderRole.Stop ? "stop" : "target";
        return WithBracket(state, known.Intent.Market, bracket => bracket with
        {
            LastPrice = triggered.Oracle,
            FiredBy = bracket.FiredBy ?? firedBy,
        });
    }

    private AccountState Filled(AccountState state, VenueReport.Filled fill, DateTimeOffset at)
    {
        state = WithOrder(
            state, fill.ClientId, order => order with { Filled = order.Filled + fill.Size });
        if (state.Orders.TryGetValue(fill.ClientId, out var known) && known.Intent.Signal is { } id)
        {
            var value = ValueOf(fill.Market, fill.Price, fill.Size);
            state = WithSignal(state, id, signal => signal with
            {
                Filled = signal.Filled + fill.Size,
                Value = signal.Value + value,
                Fees = signal.Fees + fill.Fee,
            });
        }

        return Moved(state, fill.Market, fill.Side, fill.Price, fill.Size, fill.Fee, at);
    }

    private AccountState Liquidated(AccountState state, VenueReport.Liquidated fill, DateTimeOffset at)
    {
        state = state with
        {
            Totals = state.Totals with { Liquidations = state.Totals.Liquidations + 1 },
        };
        return Moved(state, fill.Market, fill.Side, fill.Price, fill.Size, fill.Fee, at);
    }

    private AccountState Moved(
        AccountState state, MarketId id, Side side, Price price, Size size, Usd fee, DateTimeOffset at)
    {
        var value = ValueOf(id, price, size);
        var position = Position.After(
            state.Positions.GetValueOrDefault(id), id, side, price, size, value, fee, at);
        state = state with
        {
            Balance = state.Balance - new Usd(value.Value * side.Sign()) - fee,
            Positions = state.Positions.SetItem(id, position),
            Totals = state.Totals with
            {
                Fills = state.Totals.Fills + 1,
                Fees = state.Totals.Fees + fee,
            },
        };
        return WithBracket(state, id, bracket => bracket with { LastPrice = price });
    }

    /// <summary>What a fill is worth as the venue reckons it, positive.</summary>
    private Usd ValueOf(MarketId id, Price price, Size size)
    {
        var market = markets[id];
        return market.FillValue(market.TicksOf(price), market.StepsOf(size)).ToUsd();
    }

    private static AccountState FundingPaid(AccountState state, VenueReport.FundingPaid paid)
    {
        var positions = state.Positions.TryGetValue(paid.Market, out var position)
            ? state.Positions.SetItem(
                paid.Market, position with { Funding = position.Funding + paid.Payment })
            : state.Positions;
        return state with
        {
            Balance = state.Balance + paid.Payment,
            Positions = positions,
            Totals = state.Totals with { Funding = state.Totals.Funding + paid.Payment },
        };
    }

    private static AccountState Refused(
        AccountState state, ClientOrderId id, string code, string message) =>
        WithOrder(state, id, order => order.IsLive
            ? order with { Refusal = new VenueRefusal(code, message) }
            : order);

    private static AccountState Ended(
        AccountState state, ClientOrderId id, OrderEnding ending, DateTimeOffset at)
    {
        state = state with { Orphans = state.Orphans.Remove(id) };
        if (!state.Orders.TryGetValue(id, out var order) || !order.IsLive) return state;
        state = WithOrder(state, id, known => known with { Phase = OrderPhase.Ended, Ending = ending });
        var failed = order is { Fired: false, CancelAsked: false };
        return WithBracket(state, order.Intent.Market, bracket => order.Intent.Role switch
        {
            OrderRole.Stop when id == bracket.OldStop => bracket with { OldStop = null },
            OrderRole.Stop when failed && bracket.OldStop is { } old => bracket with
            {
                Stop = old,
                OldStop = null,
                StopTrigger = state.Order(old).Intent.Trigger ?? bracket.StopTrigger,
                MoveFailures = bracket.MoveFailures + 1,
            },
            OrderRole.Stop when failed => bracket with { StopFailures = bracket.StopFailures + 1 },
            OrderRole.Entry when order.Unfilled.IsZero => bracket with { AmendTo = null },
            OrderRole.Target when failed => bracket with { TargetFailures = bracket.TargetFailures + 1 },
            OrderRole.Close => bracket with
            {
                CloseEndedAt = at,
                // One that the venue did not take says nothing about its price.
                CloseFailures = bracket.CloseFailures + (ending == OrderEnding.Rejected ? 0 : 1),
            },
            _ => bracket,
        });
    }

    private static AccountState BracketEnded(AccountState state, Fact.BracketEnded ended)
    {
        var bracket = state.Brackets[ended.Market];
        var hadPosition = state.Positions.ContainsKey(ended.Market);
        var totals = state.Totals with
        {
            Realised = state.Totals.Realised + ended.Realised,
            Wins = state.Totals.Wins + (ended.Realised > Usd.Zero ? 1 : 0),
            Losses = state.Totals.Losses + (ended.Realised < Usd.Zero ? 1 : 0),
            UnprotectedLateMs = state.Totals.UnprotectedLateMs + bracket.UnprotectedLateMs,
        };
        if (hadPosition)
        {
            var counts = totals.UnprotectedMs;
            var count = counts.GetValueOrDefault(bracket.UnprotectedMs) + 1;
            totals = totals with { UnprotectedMs = counts.SetItem(bracket.UnprotectedMs, count) };
        }

        return state with
        {
            Brackets = state.Brackets.Remove(ended.Market),
            Positions = state.Positions.Remove(ended.Market),
            Orders = state.Orders.RemoveRange(
                state.Orders.Values.Where(order => order.Intent.Bracket == ended.Bracket)
                    .Select(order => order.Intent.ClientId)),
            Totals = totals,
        };
    }

    private static AccountState Marked(AccountState state, Fact.EquityMarked marked, DateTimeOffset at)
    {
        var peak = Usd.Max(state.PeakEquity, marked.Equity);
        var fall = peak > Usd.Zero ? (peak - marked.Equity).Value / peak.Value : 0m;
        var newDay = Midnight(at) > state.Day;
        foreach (var facts in marked.Prices)
        {
            state = WithBracket(
                state, facts.Market,
                bracket => bracket with { LastPrice = Seen(facts) ?? bracket.LastPrice });
        }

        return state with
        {
            MarkedEquity = marked.Equity,
            PeakEquity = peak,
            MaxDrawdown = Math.Max(state.MaxDrawdown, decimal.Round(fall, 10)),
            Day = newDay ? Midnight(at) : state.Day,
            DayStartEquity = newDay ? marked.Equity : state.DayStartEquity,
        };
    }

    private static AccountState WithBracket(
        AccountState state, MarketId market, Func<Bracket, Bracket> change) =>
        state.Brackets.TryGetValue(market, out var bracket)
            ? state with { Brackets = state.Brackets.SetItem(market, change(bracket)) }
            : state;

    private static AccountState WithOrder(
        AccountState state, ClientOrderId id, Func<OrderState, OrderState> change) =>
        state.Orders.TryGetValue(id, out var order)
            ? state with { Orders = state.Orders.SetItem(id, change(order)) }
            : state;

    /// <summary>The oracle price of facts that have one.</summary>
    private static Price? Seen(MarketFacts? facts) =>
        facts is null || facts.Quality == QualityGrade.Missing || facts.Oracle == default
            ? null
            : facts.Oracle;

    private static DateTimeOffset Midnight(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);
}
