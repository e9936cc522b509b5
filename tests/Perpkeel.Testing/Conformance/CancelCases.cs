using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>Orders that are taken back.</summary>
internal static class CancelCases
{
    private const string Area = "Cancel";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-19", Area, "ends a resting order that is cancelled, once", RestingAsync),
        new("CONF-20", Area, "tells what was filled of an order before its cancel", PartAsync),
        new("CONF-21", Area, "takes a second cancel of one order without harm", TwiceAsync),
        new("CONF-22", Area, "takes a cancel of an order that is over without harm", OverAsync),
        new("CONF-23", Area, "takes a cancel of an order that it never had without harm", NeverAsync),
        new("CONF-24", Area, "cancels a stop before its trigger, which then does nothing", StopAsync),
    ];

    private static async Task RestingAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        await scene.PassAsync(5);

        await scene.CancelAsync(order);
        await scene.EndsAsync(order, OrderEnding.Cancelled, Size.Zero);

        Conforms.Same("Opened, Ended", scene.StoryOf(order), "what was told");
        Conforms.Same(default, ConnectCases.SizeAt(scene, Side.Buy, 0.9995m), "what the book shows");
        await scene.TakeAsync(Side.Sell, 0.9992m, 1m);
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task PartAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Sell, 3m, 1.0005m));
        await scene.PassAsync(5);
        await scene.TakeAsync(Side.Buy, 1.0008m, 1m);

        await scene.CancelAsync(order);

        await scene.EndsAsync(order, OrderEnding.Cancelled, scene.Usual);
        await scene.PositionIsAsync(-scene.Usual);
    }

    private static async Task TwiceAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        await scene.PassAsync(5);

        await scene.CancelAsync(order);
        await scene.CancelAsync(order);
        await scene.SettleAsync();
        await scene.CancelAsync(order);

        await scene.EndsAsync(order, OrderEnding.Cancelled, Size.Zero);
    }

    private static async Task OverAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var resting = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Sell, 1m, 1.0005m));
        await scene.PassAsync(5);
        await scene.TakeAsync(Side.Buy, 1.0008m, 1m);
        var taking = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Sell, 1m, 0.99m));
        await scene.EndAsync(resting);
        await scene.EndAsync(taking);

        await scene.CancelAsync(resting);
        await scene.CancelAsync(taking);

        await scene.EndsAsync(resting, OrderEnding.Filled, scene.Usual);
        await scene.EndsAsync(taking, OrderEnding.Filled, scene.Usual);
        scene.SequenceIsWhole();
    }

    private static async Task NeverAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        await scene.CancelAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        await scene.SettleAsync();

        Conforms.Same(1, scene.Reports.Count, "reports");
    }

    private static async Task StopAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);
        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.98m, reduceOnly: true));
        await scene.PassAsync(5);

        await scene.CancelAsync(stop);
        await scene.EndsAsync(stop, OrderEnding.Cancelled, Size.Zero);
        await scene.MoveOracleAsync(0.97m);
        await scene.SettleAsync();

        Conforms.Same("Opened, Ended", scene.StoryOf(stop), "what was told");
        await scene.PositionIsAsync(scene.Usual);
    }
}
