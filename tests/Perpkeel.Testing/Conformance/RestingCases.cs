using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>Orders that rest.</summary>
internal static class RestingCases
{
    private const string Area = "Resting";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-13", Area, "lets a limit order rest, and tells it in the book", RestsAsync),
        new(
            "CONF-14", Area, "fills a resting order at its price when somebody takes it, as maker",
            MakerAsync),
        new("CONF-15", Area, "fills a resting order in parts and ends it once", PartsAsync),
        new(
            "CONF-16", Area, "takes with a limit order what crosses, and lets the rest of it rest",
            CrossesAsync),
        new("CONF-17", Area, "offers once what rests: what was taken is not there again", OnceAsync),
        new("CONF-18", Area, "ends a limit order when its time is over", ExpiresAsync)
        {
            IsOffered = venue => venue.StandsFor is not null,
        },
    ];

    private static async Task RestsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        await scene.SettleAsync();

        Conforms.Same("Opened", scene.StoryOf(order), "what was told");
        Conforms.Same(scene.Usual, ConnectCases.SizeAt(scene, Side.Buy, 0.9995m), "what the book shows");
        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task MakerAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        await scene.PassAsync(5);

        await scene.TakeAsync(Side.Sell, 0.999m, 1m);
        await scene.EndsAsync(order, OrderEnding.Filled, scene.Usual);

        var fill = scene.Of<VenueReport.Filled>(order).Single();
        Conforms.Same((FillKind.Maker, Side.Buy), (fill.Kind, fill.Side), "who made");
        Conforms.Same(scene.At(0.9995m), fill.Price, "the price");
        Conforms.Same("Opened, Filled, Ended", scene.StoryOf(order), "what was told");
        await scene.PositionIsAsync(scene.Usual);
    }

    private static async Task PartsAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Sell, 3m, 1.0005m));
        await scene.PassAsync(5);

        await scene.TakeAsync(Side.Buy, 1.0008m, 1m);
        await scene.SettleAsync();
        var between = scene.StoryOf(order);
        await scene.TakeAsync(Side.Buy, 1.0008m, 5m);
        await scene.EndsAsync(order, OrderEnding.Filled, scene.SizeOf(3m));

        Conforms.Same("Opened, Filled", between, "what was told after the first part");
        Conforms.Same("Opened, Filled, Filled, Ended", scene.StoryOf(order), "what was told in the end");
        await scene.PositionIsAsync(-scene.SizeOf(3m));
    }

    private static async Task CrossesAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.999m, 5m), (Side.Sell, 1.001m, 2m), (Side.Sell, 1.02m, 5m));

        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 5m, 1.001m));
        await scene.SettleAsync();

        Conforms.Same("Opened, Filled", scene.StoryOf(order), "what was told");
        var fill = scene.Of<VenueReport.Filled>(order).Single();
        Conforms.Same((FillKind.Taker, scene.SizeOf(2m)), (fill.Kind, fill.Size), "what crossed");
        var rest = ConnectCases.SizeAt(scene, Side.Buy, 1.001m);
        Conforms.Same(scene.SizeOf(5m) - scene.SizeOf(2m), rest, "what rests");
    }

    private static async Task OnceAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.999m, 5m), (Side.Sell, 1.001m, 2m));
        await scene.TradeAsync(Side.Buy, 5m);

        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 3m, 1.001m));
        await scene.SettleAsync();

        Conforms.Same("Opened", scene.StoryOf(order), "what was told of the second order");
        await scene.PositionIsAsync(scene.SizeOf(2m));
    }

    private static async Task ExpiresAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.9995m));
        var stands = scene.Venue.StandsFor!.Value;

        await scene.PassAsync((stands - TimeSpan.FromMinutes(5)).TotalSeconds);
        var before = scene.StoryOf(order);
        await scene.PassAsync(TimeSpan.FromMinutes(10).TotalSeconds);

        Conforms.Same("Opened", before, "what was told before its time was over");
        await scene.EndsAsync(order, OrderEnding.Expired, Size.Zero);
        await scene.TakeAsync(Side.Sell, 0.9992m, 1m);
        await scene.PositionIsAsync(Size.Zero);
    }
}
