using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.World;
using Perpkeel.Runtime.Execution;

namespace Perpkeel.Rehearsal.Users;

/// <summary>
/// A strategy elsewhere that sends signals by webhook: now and then twice, late, or senseless; one that got
/// no answer because the process died is sent again under the same id, as webhooks are.
/// </summary>
internal sealed class SignalCaller(Seat seat, Machine machine, Chance chance, string name)
{
    private const int MostTries = 20;

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MostPause = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(40);

    private int _sent;

    /// <summary>Begins to send, until a time.</summary>
    public void Begin(DateTimeOffset until) => machine.Alarm(
        chance.Between(LeastPause, MostPause), () =>
        {
            if (machine.Clock.Now >= until) return;
            Send();
            Begin(until);
        });

    private void Send()
    {
        var signal = Make();
        Deliver(signal, chance.Percent(5) ? chance.Between(TimeSpan.FromSeconds(5), Late) : TimeSpan.Zero);
        if (chance.Percent(15)) Deliver(signal, TimeSpan.Zero);
        if (chance.Percent(15)) Deliver(signal, chance.Between(TimeSpan.FromMilliseconds(1), Late));
        if (chance.Percent(2))
        {
            // Another signal under the same id is refused, and changes nothing about the first.
            Deliver(signal with { TrailBy = 0.09m, Size = new Size(0.123m) }, TimeSpan.FromSeconds(3));
        }
    }

    private static TimeSpan Late => TimeSpan.FromSeconds(150);

    /// <summary>How long it may take to have an account confirmed, with retries.</summary>
    private static TimeSpan Confirming => TimeSpan.FromSeconds(120);

    private TradeSignal Again(TradeSignal signal) =>
        chance.Percent(50) ? signal : signal with { IssuedAt = machine.Clock.Now };

    private void Deliver(TradeSignal signal, TimeSpan after, int tries = 0) =>
        machine.Alarm(after, () => Machine.Supervise(seat, DeliverAsync(signal, tries)));

    private async Task DeliverAsync(TradeSignal signal, int tries)
    {
        var run = seat.Run;
        var line = seat.Line;
        if (run is null || line is null)
        {
            if (tries < MostTries) Deliver(signal, RetryAfter, tries + 1);
            return;
        }

        // A death leaves the call without an answer: nobody knows, so it is asked again, by some with a new
        // stamp.
        var isAnswered = false;
        machine.Alarm(run.Executor.AnswerWithin + Confirming, () =>
        {
            if (isAnswered) return;
            if (!line.IsCut) seat.Audit.OnSilence(signal);
            else if (tries < MostTries) Deliver(Again(signal), TimeSpan.Zero, tries + 1);
        });
        ExecutionReport answer;
        try
        {
            answer = await run.Executor.ExecuteSignalAsync(
                seat.Account, signal, machine.ProcessEnds);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (line.IsCut) return;
        isAnswered = true;
        seat.Audit.OnAnswer(signal, answer);
    }

    private TradeSignal Make()
    {
        var market = chance.Of(seat.Venue.Markets);
        var held = seat.Run?.Session.State.Brackets.GetValueOrDefault(market.Id);
        var action = ActionFor(held);
        var isOpening = action is SignalAction.Open or SignalAction.Flip;
        var signal = new TradeSignal
        {
            Id = new SignalId(string.Create(CultureInfo.InvariantCulture, $"{name}/{++_sent}")),
            Strategy = name,
            Source = chance.Percent(80) ? SignalSource.Webhook : SignalSource.Person,
            IssuedAt = machine.Clock.Now,
            Market = chance.Percent(1) ? new MarketId("NOPE-USD") : market.Id,
            Action = action,
            Side = !isOpening ? Side.None
                : action == SignalAction.Flip && held is not null ? held.Side.Opposite()
                : chance.Percent(50) ? Side.Buy : Side.Sell,
            Size = SizeFor(action, market, held),
            StopDistance = isOpening ? chance.Between(2, 150) / 10_000m : null,
        };
        if (isOpening && chance.Percent(30))
        {
            signal = signal with { TrailBy = chance.Between(3, 60) / 10_000m };
        }

        if (isOpening && chance.Percent(30))
        {
            var time = chance.Between(TimeSpan.FromSeconds(20), TimeSpan.FromHours(2));
            signal = signal with { HoldFor = time };
        }

        if (action is SignalAction.Amend || (signal.IsNewRisk && chance.Percent(40)))
        {
            signal = signal with { Entry = Terms(market, isOpening ? signal.Side : held?.Side ?? Side.Buy) };
        }

        return signal;
    }

    private SignalAction ActionFor(Bracket? held)
    {
        if (held is null) return chance.Percent(92) ? SignalAction.Open : chance.Of(Actions);
        return chance.Of(Actions);
    }

    private static ImmutableArray<SignalAction> Actions { get; } =
    [
        SignalAction.Open, SignalAction.Add, SignalAction.Add, SignalAction.Reduce, SignalAction.Reduce,
        SignalAction.Close, SignalAction.Flip, SignalAction.Flip, SignalAction.Amend,
    ];

    private Size? SizeFor(SignalAction action, Market market, Bracket? held)
    {
        if (action is SignalAction.Close or SignalAction.Amend) return null;
        if (action != SignalAction.Reduce && chance.Percent(60)) return null;
        var whole = held?.Size.Value ?? 0m;
        var price = Oracle(market);
        var wanted = whole > 0m && chance.Percent(85)
            ? whole * chance.Between(5, 130) / 100m
            : chance.Between(20, 20_000) / Math.Max(price, market.TickSize);
        return new Size(decimal.Round(wanted, 9));
    }

    private EntryTerms Terms(Market market, Side side)
    {
        var away = chance.Between(-10, 60) / 10_000m;
        var price = Math.Max(Oracle(market) * (1m - (side.Sign() * away)), market.TickSize);
        return new EntryTerms
        {
            Limit = chance.Percent(3) ? new Price(price) : market.FloorToTick(price),
            Time = chance.Of(Times),
            GoodFor = chance.Percent(40)
                ? chance.Between(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(40))
                : null,
        };
    }

    private static ImmutableArray<OrderTime> Times { get; } =
        [OrderTime.GoodTilTime, OrderTime.GoodTilTime, OrderTime.PostOnly, OrderTime.ImmediateOrCancel];

    private decimal Oracle(Market market) =>
        seat.Tap.Views[market.Index].OraclePrice * Decimals.PowerOfTen(market.OracleExponent);
}
