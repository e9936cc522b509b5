using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Conformance;

/// <summary>What an account hears when it was away.</summary>
internal static class RestartCases
{
    private const string Area = "Reconnect";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-52", Area, "gives exactly the missed reports to who subscribes again", SubscribeAsync),
        new("CONF-53", Area, "tells who subscribes from the beginning the same again", FromZeroAsync),
        new("CONF-54", Area, "goes on after a restart and tells nothing twice or differently", RestartAsync),
        new("CONF-55", Area, "keeps a resting order and its stop over a restart", KeepsAsync),
        new("CONF-56", Area, "lets an order arrive that had left before a restart", UnderWayAsync),
        new("CONF-57", Area, "knows an order sent before a restart, and does not take it twice", KnownAsync),
    ];

    private static async Task SubscribeAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);
        var all = Texts(scene);

        scene.SubscribeAgain(after: 2);
        var heard = Texts(scene);
        await scene.TradeAsync(Side.Sell, 1m);

        Conforms.Same(string.Join('\n', all), string.Join('\n', heard), "what was missed");
        scene.SequenceIsWhole();
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task FromZeroAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 1m);
        await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        var all = Texts(scene);

        scene.SubscribeAgain(after: 0);

        Conforms.Same(string.Join('\n', all), string.Join('\n', Texts(scene)), "what is told");
    }

    private static async Task RestartAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 2m);
        await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.98m, reduceOnly: true));
        var before = Texts(scene);

        await scene.RestartAsync();
        await scene.SettleAsync();
        scene.SubscribeAgain(after: 0);
        var after = Texts(scene);
        await scene.TradeAsync(Side.Sell, 1m);

        Conforms.Same(string.Join('\n', before), string.Join('\n', after), "what was told before");
        scene.SequenceIsWhole();
        await scene.PositionIsAsync(scene.SizeOf(2m) - scene.SizeOf(1m));
        await scene.BalanceAgreesAsync();
    }

    private static async Task KeepsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var resting = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        var stop = await scene.OpenedAsync(
            scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.98m, reduceOnly: true));

        await scene.RestartAsync();
        await scene.PassAsync(5);
        await scene.TakeAsync(Side.Sell, 0.9992m, 1m);
        await scene.EndsAsync(resting, OrderEnding.Filled, scene.Usual);
        await scene.MoveOracleAsync(0.97m);

        await scene.EndsAsync(stop, OrderEnding.Filled, scene.Usual);
        await scene.PositionIsAsync(Size.Zero);
        await scene.BalanceAgreesAsync();
    }

    private static async Task UnderWayAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m);

        _ = scene.Send(order, CancellationToken.None);
        await scene.RestartAsync();
        var found = await scene.LookUpAsync(order.ClientId);

        Conforms.That(found.Presence is OrderPresence.Known or OrderPresence.Unknown, $"{found}");
        await scene.EndsAsync(order, OrderEnding.Filled, scene.Usual);
        await scene.PositionIsAsync(scene.Usual);
    }

    private static async Task KnownAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m));
        await scene.EndAsync(order);

        await scene.RestartAsync();
        var found = await scene.LookUpAsync(order.ClientId);
        await scene.TakenAsync(order);
        await scene.SettleAsync();

        Conforms.Same(OrderPresence.Known, found.Presence, "what a look-up says");
        await scene.PositionIsAsync(scene.Usual);
        scene.SequenceIsWhole();
    }

    private static List<string> Texts(ConformanceScene scene) =>
        [.. scene.Reports.Select(report => report.ToString())];
}
