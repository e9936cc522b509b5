using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Runtime.Tests.Sessions;

/// <summary>One fact of each kind.</summary>
internal static class FactSamples
{
    public static IReadOnlyList<Fact> All =>
    [
        new Fact.AccountOpened
        {
            FirstClientId = new ClientOrderId(4_000_000_000),
            Source = "synthetic market, seed 7",
        },
        new Fact.Decided { Decision = Samples.Decision(DecisionAction.Enter, Side.Buy) },
        new Fact.PlanRefused
        {
            Market = Samples.Btc.Id,
            EntriesFrom = Samples.Start,
            Refusal = RiskRefusal.CoolingDown(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(12.5)),
            Facts = Samples.Facts(),
        },
        new Fact.EntryPlanned
        {
            Bracket = Samples.Bracket,
            EntriesFrom = Samples.Start,
            SizedBy = "risk",
            Limits = ["risk 0.1 = 100", "exposure 0.05 = 5000"],
            Facts = Samples.Facts(),
        },
        new Fact.CloseWanted { Market = Samples.Btc.Id, Reason = "time", Facts = Samples.Facts() },
        new Fact.OrderIntended { Order = Samples.Order() },
        new Fact.CancelIntended { ClientId = new ClientOrderId(1_001), Reason = "position-closed" },
        new Fact.CallRejected
        {
            ClientId = new ClientOrderId(1_001),
            Code = "clob/10001",
            Message = "too many",
        },
        new Fact.OutcomeUnknown { ClientId = new ClientOrderId(1_001) },
        new Fact.OrderSentAgain { ClientId = new ClientOrderId(1_001), Evidence = "never had it" },
        new Fact.ProtectionAlarm { Market = Samples.Btc.Id, Since = Samples.Start.AddTicks(7) },
        new Fact.BracketEnded
        {
            Bracket = 7,
            Market = Samples.Btc.Id,
            Reason = "stop",
            Realised = new Usd(-101.5m),
            Fees = new Usd(10.000250m),
            Funding = new Usd(0.000001m),
        },
        new Fact.EquityMarked
        {
            Equity = new Usd(10_123.456789m),
            Prices = [Samples.Facts(), Samples.Facts(2_600m, Samples.Markets[1])],
        },
        .. Signals(),
        .. Changes(),
        .. Reported(),
    ];

    private static TradeSignal Signal => new()
    {
        Id = new SignalId("tv:2025-03-04/17"),
        Strategy = "breakout",
        Source = SignalSource.Webhook,
        IssuedAt = Samples.Start,
        Market = Samples.Btc.Id,
        Action = SignalAction.Open,
        Side = Side.Sell,
        Size = new Size(0.25m),
        Stop = new Price(101_000m),
        Target = new Price(98_000m),
        TrailBy = 0.02m,
        HoldFor = TimeSpan.FromHours(6),
        Entry = new EntryTerms
        {
            Limit = new Price(100_100m),
            Time = OrderTime.PostOnly,
            GoodFor = TimeSpan.FromMinutes(90),
        },
    };

    private static ImmutableArray<Fact> Signals() =>
    [
        new Fact.SignalReceived
        {
            Signal = Signal,
            Facts = Samples.Facts(),
            Confirmed = new VenueConfirmation
            {
                Total = new Usd(10_000m),
                Available = new Usd(9_000.5m),
                BalanceAsOf = Samples.Start,
                LeverageUsed = 0.5m,
                LeverageMax = 20m,
                LeverageAsOf = Samples.Start,
            },
        },
        new Fact.SignalRefused
        {
            Signal = Signal.Id,
            Error = new TradeExecutionError.InsufficientBalance("10 USD", "12.5 USD"),
            Steps = [new TraceStep("balance", "total 10", "available 10")],
        },
        new Fact.SignalReady { Signal = Signal.Id },
        new Fact.SignalEnded
        {
            Signal = Signal.Id,
            Reason = "rejected",
            Error = new TradeExecutionError.OrderRejected("clob/2", "no"),
        },
    ];

    private static ImmutableArray<Fact> Changes() =>
    [
        new Fact.AddPlanned
        {
            Market = Samples.Btc.Id,
            Signal = Signal.Id,
            Size = new Size(0.1m),
            Expected = new Price(100_000m),
            EntryLimit = new Price(101_000m),
            Terms = Signal.Entry,
            ReservePerUnit = new Usd(21_000m),
            EntriesFrom = Samples.Start,
            SizedBy = "asked",
            Steps = [new TraceStep("size", "risk 0.2", "0.1")],
        },
        new Fact.AddAbandoned { Market = Samples.Btc.Id, Reason = "stop-refused" },
        new Fact.AmendWanted
        {
            Market = Samples.Btc.Id,
            Signal = Signal.Id,
            Terms = Signal.Entry!,
            ReservePerUnit = new Usd(21_000m),
        },
        new Fact.ReduceWanted
        {
            Market = Samples.Btc.Id,
            Signal = Signal.Id,
            Size = new Size(0.1m),
            Facts = Samples.Facts(),
        },
        new Fact.StopMoved
        {
            Market = Samples.Btc.Id,
            Bracket = 7,
            Trigger = new Price(99_000m),
            Reason = "trailing",
            Oracle = new Price(101_000m),
        },
        new Fact.OrphanFound { ClientId = new ClientOrderId(1_001), Market = Samples.Btc.Id },
        new Fact.PriceSeen { Facts = Samples.Facts() },
        new Fact.TradingStopped { By = "cli", Reason = "lunch" },
        new Fact.TradingResumed { By = "cli" },
        new Fact.Switched { Component = Component.Strategies, IsOn = false, By = "cli" },
    ];

    private static ImmutableArray<Fact> Reported() =>
        [.. Samples.Reports.Select(report => new Fact.Reported { Report = report })];
}
