using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Runtime.Tests.Sessions;

/// <summary>Markets, prices, plans and reports to tell stories with.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<Market> Markets = new SyntheticMarkets(1, Start).Markets;

    public static Market Btc => Markets[0];

    public static MarketFacts Facts(decimal oracle = 100_000m, Market? market = null) => new()
    {
        Market = (market ?? Btc).Id,
        Bid = new Price(oracle - 5m),
        Ask = new Price(oracle + 5m),
        Oracle = new Price(oracle),
        AgeMs = 12,
        StreamSequence = 345,
        Quality = QualityGrade.Good,
    };

    public static Decision Decision(DecisionAction action, Side side, Market? market = null) => new()
    {
        Strategy = "sniper",
        Rule = action == DecisionAction.Enter ? "best-score-confirmed" : "score-below-exit",
        Action = action,
        Market = (market ?? Btc).Id,
        Side = side,
        Rows =
        [
            new DecisionRow(Btc.Id, 7_250, [9_000, 5_000, 6_000], 3, Side.None),
            new DecisionRow(Markets[1].Id, 6_100, [3_000, 8_100, 7_000], 0, Side.Sell),
            new DecisionRow(Markets[2].Id, 5_000, [5_000, 5_000, 5_000], 0, Side.None),
            new DecisionRow(Markets[3].Id, 4_000, [5_000, 5_000, 5_000], 0, Side.None),
        ],
    };

    public static Plan.Enter Enter(Side side = Side.Buy, Market? market = null) => new()
    {
        Decision = Decision(DecisionAction.Enter, side, market),
        StopDistance = 0.01m,
        HoldFor = TimeSpan.FromMinutes(240),
    };

    public static Plan.Exit Exit(Side side = Side.Buy) =>
        new() { Decision = Decision(DecisionAction.Exit, side) };

    public static Bracket Bracket => new()
    {
        Id = 7,
        Market = Btc.Id,
        Side = Side.Buy,
        Size = new Size(0.25m),
        EntryLimit = new Price(101_005m),
        StopTrigger = new Price(99_005m),
        StopDistance = 0.015m,
        ProtectionDeadline = TimeSpan.FromSeconds(5),
        TargetTrigger = new Price(102_005m),
        TargetLimit = new Price(100_985m),
        ReservePerUnit = new Usd(20_302.005m),
        PlannedAt = Start,
        HoldUntil = Start.AddHours(4),
        LastPrice = new Price(100_000m),
    };

    public static OrderIntent Order(
        OrderRole role = OrderRole.Stop, uint id = 1_001, decimal size = 0.25m) => new()
        {
            ClientId = new ClientOrderId(id),
            Bracket = 7,
            Market = Btc.Id,
            Role = role,
            Kind = role switch
            {
                OrderRole.Stop => OrderKind.StopMarket,
                OrderRole.Target => OrderKind.TakeProfitMarket,
                _ => OrderKind.Market,
            },
            Side = role == OrderRole.Entry ? Side.Buy : Side.Sell,
            Size = new Size(size),
            Limit = new Price(89_105m),
            Trigger = role is OrderRole.Stop or OrderRole.Target ? new Price(99_005m) : null,
            ReduceOnly = role != OrderRole.Entry,
            IntendedAt = Start,
        };

    /// <summary>One report of each kind.</summary>
    public static ImmutableArray<VenueReport> Reports =>
    [
        new VenueReport.Deposited { Sequence = 1, At = Start, Amount = new Usd(10_000m) },
        new VenueReport.Opened { Sequence = 2, At = Start, Order = Order() },
        new VenueReport.Rejected
        {
            Sequence = 3, At = Start, ClientId = new ClientOrderId(5), Code = "clob/12",
            Message = "off the grid",
        },
        new VenueReport.Triggered
        {
            Sequence = 4, At = Start, ClientId = new ClientOrderId(5), Oracle = new Price(99_004.5m),
        },
        new VenueReport.Filled
        {
            Sequence = 5, At = Start.AddTicks(3), ClientId = new ClientOrderId(5), Market = Btc.Id,
            Side = Side.Buy, Price = new Price(100_005m), Size = new Size(0.1m), Fee = new Usd(5.00025m),
            Kind = FillKind.Taker,
        },
        new VenueReport.Ended
        {
            Sequence = 6, At = Start, ClientId = new ClientOrderId(5), Ending = OrderEnding.RestDropped,
            FilledSize = new Size(0.1m),
        },
        new VenueReport.CancelRefused { Sequence = 7, At = Start, ClientId = new ClientOrderId(5) },
        new VenueReport.FundingPaid
        {
            Sequence = 8, At = Start, Market = Btc.Id, HourlyRate = 0.0000125m, Payment = new Usd(-0.125m),
        },
        new VenueReport.Liquidated
        {
            Sequence = 9, At = Start, Market = Btc.Id, Side = Side.Sell, Price = new Price(95_000m),
            Size = new Size(0.01m), Fee = new Usd(14.25m), Kind = FillKind.Liquidated,
        },
    ];
}
