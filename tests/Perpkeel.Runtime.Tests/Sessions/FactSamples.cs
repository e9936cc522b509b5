using System.Collections.Immutable;
using Perpkeel.Core.Engine;
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
        .. Reported(),
    ];

    private static ImmutableArray<Fact> Reported() =>
        [.. Samples.Reports.Select(report => new Fact.Reported { Report = report })];
}
