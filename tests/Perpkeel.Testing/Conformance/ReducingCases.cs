using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>Orders that can only shrink a position.</summary>
internal static class ReducingCases
{
    private const string Area = "Reduce-only";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-31", Area, "cuts a reduce-only order to the position", CutAsync),
        new("CONF-32", Area, "opens nothing with a reduce-only order without a position", NothingAsync),
        new("CONF-33", Area, "cuts a triggered stop to a position that is smaller than it", StopAsync),
        new("CONF-34", Area, "fills nothing of a stop whose position has gone", GoneAsync),
    ];

    private static async Task CutAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 2m);

        var close = await scene.TakenAsync(
            scene.Order(OrderKind.Market, Side.Sell, 5m, 0.98m, reduceOnly: true));

        await scene.EndsAsync(close, OrderEnding.ReduceOnly, scene.SizeOf(2m));
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task NothingAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = scene.Order(OrderKind.Market, Side.Sell, 1m, 0.98m, reduceOnly: true);

        var answer = await scene.PlaceAsync(order);
        if (answer.TryGet(out _, out _)) await scene.EndsAsync(order, OrderEnding.ReduceOnly, Size.Zero);
        await scene.SettleAsync();

        await scene.PositionIsAsync(Size.Zero);
        await scene.BalanceAgreesAsync();
    }

    private static async Task StopAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Sell, 1m);
        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Buy, 4m, 1.1m, 1.02m, reduceOnly: true));

        await scene.MoveOracleAsync(1.03m);

        await scene.EndsAsync(stop, OrderEnding.ReduceOnly, scene.Usual);
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task GoneAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);
        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.98m, reduceOnly: true));
        await scene.TradeAsync(Side.Sell, 1m);

        await scene.MoveOracleAsync(0.97m);

        await scene.EndsAsync(stop, OrderEnding.ReduceOnly, Size.Zero);
        await scene.PositionIsAsync(Size.Zero);
    }
}
