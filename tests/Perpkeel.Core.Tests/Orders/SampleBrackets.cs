using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;

namespace Perpkeel.Core.Tests.Orders;

/// <summary>Brackets and their orders as any rule may find them, without the way that led there.</summary>
internal static class SampleBrackets
{
    public static DateTimeOffset Now { get; } = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Planned now for 0.1 BTC at 50,000, with the stop at 49,000 and nothing sent yet.</summary>
    public static Bracket Long { get; } = new()
    {
        Id = 1,
        Market = SampleMarkets.Btc.Id,
        Side = Side.Buy,
        Size = new Size(0.1m),
        EntryLimit = new Price(50_000m),
        StopTrigger = new Price(49_000m),
        StopDistance = 0.02m,
        ProtectionDeadline = TimeSpan.FromSeconds(5),
        TargetTrigger = new Price(52_000m),
        TargetLimit = new Price(51_480m),
        ReservePerUnit = new Usd(10_000m),
        PlannedAt = Now,
        HoldUntil = Now.AddHours(4),
        LastPrice = new Price(50_000m),
    };

    /// <summary>The same the other way, with the stop at 51,000.</summary>
    public static Bracket Short { get; } = Long with
    {
        Side = Side.Sell,
        StopTrigger = new Price(51_000m),
        TargetTrigger = new Price(48_000m),
        TargetLimit = new Price(48_480m),
    };

    /// <summary>An order of <see cref="Long"/> that rests, for all of it.</summary>
    public static OrderState Resting(uint id, OrderRole role, decimal size = 0.1m) => new()
    {
        Intent = new OrderIntent
        {
            ClientId = new ClientOrderId(id),
            Bracket = 1,
            Market = SampleMarkets.Btc.Id,
            Role = role,
            Kind = role switch
            {
                OrderRole.Stop => OrderKind.StopMarket,
                OrderRole.Target => OrderKind.TakeProfitMarket,
                _ => OrderKind.Market,
            },
            Side = role == OrderRole.Entry ? Side.Buy : Side.Sell,
            Size = new Size(size),
            Limit = new Price(50_000m),
            ReduceOnly = role != OrderRole.Entry,
            IntendedAt = Now,
        },
        Phase = OrderPhase.Open,
        IntendedBy = 1,
    };

    /// <summary>The same order, over.</summary>
    public static OrderState Ended(uint id, OrderRole role, decimal filled = 0m, decimal size = 0.1m) =>
        Resting(id, role, size) with { Phase = OrderPhase.Ended, Filled = new Size(filled) };

    /// <summary>Finds among orders.</summary>
    public static Func<ClientOrderId, OrderState> Find(params OrderState[] orders) =>
        id => orders.Single(order => order.Intent.ClientId == id);
}
