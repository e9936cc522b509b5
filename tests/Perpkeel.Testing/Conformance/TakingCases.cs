using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>Orders that take at once.</summary>
internal static class TakingCases
{
    private const string Area = "Taking";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-06", Area, "tells a market order opened, filled and ended, in this order", WholeAsync),
        new(
            "CONF-07", Area, "fills at the price that rests, not at the limit, and charges a taker",
            PriceAsync),
        new("CONF-08", Area, "fills a market order level by level, the best first", LevelsAsync),
        new("CONF-09", Area, "ends a market order that nobody meets, without a fill", NobodyAsync),
        new("CONF-10", Area, "drops the rest of a market order that is met in part", PartAsync),
        new("CONF-11", Area, "sells as it buys, and the position follows", SellAsync),
        new("CONF-12", Area, "fills nothing more of an order whose end was told", AfterEndAsync),
    ];

    private static async Task WholeAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m));
        await scene.EndsAsync(order, OrderEnding.Filled, scene.Usual);

        Conforms.Same("Opened, Filled, Ended", scene.StoryOf(order), "what was told");
        Conforms.Same(order, scene.Of<VenueReport.Opened>(order).Single().Order, "the order as it was told");
        scene.SequenceIsWhole();
        await scene.PositionIsAsync(scene.Usual);
    }

    private static async Task PriceAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 1.03m));
        await scene.EndAsync(order);

        var fill = scene.Of<VenueReport.Filled>(order).Single();
        Conforms.Same(scene.At(1.001m), fill.Price, "the price");
        Conforms.Same((FillKind.Taker, Side.Buy), (fill.Kind, fill.Side), "who took");
        Conforms.Same(scene.Market.Id, fill.Market, "the market");
        Conforms.That(fill.Fee.Value > 0, $"a taker was charged {fill.Fee}");
    }

    private static async Task LevelsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.99m, 5m), (Side.Sell, 1.001m, 1m), (Side.Sell, 1.002m, 5m));

        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 3m, 1.01m));
        await scene.EndsAsync(order, OrderEnding.Filled, scene.SizeOf(3m));

        var fills = scene.Of<VenueReport.Filled>(order).ToList();
        Conforms.Same(2, fills.Count, "fills");
        Conforms.Same((scene.At(1.001m), scene.SizeOf(1m)), (fills[0].Price, fills[0].Size), "the first");
        var rest = scene.SizeOf(3m) - scene.SizeOf(1m);
        Conforms.Same((scene.At(1.002m), rest), (fills[1].Price, fills[1].Size), "the second");
    }

    private static async Task NobodyAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 0.9995m));

        await scene.EndsAsync(order, OrderEnding.RestDropped, Size.Zero);
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task PartAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.99m, 5m), (Side.Sell, 1.001m, 2m), (Side.Sell, 1.02m, 9m));

        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 5m, 1.01m));

        await scene.EndsAsync(order, OrderEnding.RestDropped, scene.SizeOf(2m));
        await scene.PositionIsAsync(scene.SizeOf(2m));
    }

    private static async Task SellAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        await scene.TradeAsync(Side.Sell, 2m);
        await scene.PositionIsAsync(-scene.SizeOf(2m));
        await scene.TradeAsync(Side.Buy, 3m);
        await scene.SettleAsync();

        await scene.PositionIsAsync(scene.SizeOf(3m) - scene.SizeOf(2m));
        await scene.BalanceAgreesAsync();
    }

    private static async Task AfterEndAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.99m, 5m), (Side.Sell, 1.02m, 5m));
        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m));
        await scene.EndAsync(order);

        await scene.ShowAsync((Side.Buy, 0.99m, 5m), (Side.Sell, 1.001m, 5m));
        await scene.SettleAsync();

        await scene.EndsAsync(order, OrderEnding.RestDropped, Size.Zero);
        await scene.PositionIsAsync(Size.Zero);
    }
}
