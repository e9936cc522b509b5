using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>Orders that wait for the oracle price.</summary>
internal static class TriggerCases
{
    private const string Area = "Trigger";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-25", Area, "lets a stop rest while the oracle price is away from its trigger", WaitsAsync),
        new(
            "CONF-26", Area, "triggers the stop of a long when the oracle price falls to it",
            StopOfLongAsync),
        new(
            "CONF-27", Area, "triggers the stop of a short when the oracle price rises to it",
            StopOfShortAsync),
        new("CONF-28", Area, "triggers the target of a long when the oracle price rises to it", TargetAsync),
        new("CONF-29", Area, "takes a stop before there is a position", BeforeEntryAsync),
        new("CONF-30", Area, "ends a triggered order that nobody meets within its limit", NobodyAsync),
    ];

    private static async Task WaitsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);

        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.97m, reduceOnly: true));
        await scene.ShowAsync((Side.Buy, 0.96m, 5m), (Side.Sell, 0.965m, 5m));
        await scene.MoveOracleAsync(0.98m);
        await scene.SettleAsync();

        Conforms.Same("Opened", scene.StoryOf(stop), "what was told");
        await scene.PositionIsAsync(scene.Usual);
    }

    private static Task StopOfLongAsync(ConformanceScene scene) =>
        TriggersAsync(scene, OrderKind.StopMarket, Side.Buy, trigger: 0.98m, oracle: 0.979m);

    private static Task StopOfShortAsync(ConformanceScene scene) =>
        TriggersAsync(scene, OrderKind.StopMarket, Side.Sell, trigger: 1.02m, oracle: 1.021m);

    private static Task TargetAsync(ConformanceScene scene) =>
        TriggersAsync(scene, OrderKind.TakeProfitMarket, Side.Buy, trigger: 1.02m, oracle: 1.021m);

    private static async Task TriggersAsync(
        ConformanceScene scene, OrderKind kind, Side entry, decimal trigger, decimal oracle)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(entry, 1m);
        var limit = entry == Side.Buy ? 0.9m : 1.1m;
        var order = await scene.OpenedAsync(
            scene.Order(kind, entry.Opposite(), 1m, limit, trigger, reduceOnly: true));
        await scene.PassAsync(5);

        await scene.MoveOracleAsync(oracle);
        await scene.EndsAsync(order, OrderEnding.Filled, scene.Usual);

        Conforms.Same("Opened, Triggered, Filled, Ended", scene.StoryOf(order), "what was told");
        var triggered = scene.Of<VenueReport.Triggered>(order).Single();
        Conforms.Same(scene.At(oracle), triggered.Oracle, "the oracle price");
        Conforms.Same(FillKind.Taker, scene.Of<VenueReport.Filled>(order).Single().Kind, "who took");
        await scene.PositionIsAsync(Size.Zero);
        await scene.BalanceAgreesAsync();
    }

    private static async Task BeforeEntryAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.98m, reduceOnly: true));
        await scene.TradeAsync(Side.Buy, 1m);
        await scene.MoveOracleAsync(0.97m);

        await scene.EndsAsync(stop, OrderEnding.Filled, scene.Usual);
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task NobodyAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);
        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.975m, 0.98m, reduceOnly: true));

        await scene.ShowAsync((Side.Buy, 0.9m, 5m), (Side.Sell, 1.001m, 5m));
        await scene.MoveOracleAsync(0.979m);
        await scene.EndsAsync(stop, OrderEnding.RestDropped, Size.Zero);

        Conforms.Same("Opened, Triggered, Ended", scene.StoryOf(stop), "what was told");
        await scene.PositionIsAsync(scene.Usual);
    }
}
