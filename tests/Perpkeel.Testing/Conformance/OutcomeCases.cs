using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Conformance;

/// <summary>What became of an order of which nobody knows.</summary>
internal static class OutcomeCases
{
    private const string Area = "Outcome";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-41", Area, "has an order once that is sent twice, and answers alike", TwiceAsync),
        new("CONF-42", Area, "has a stop once that is sent twice at one time", StopTwiceAsync),
        new("CONF-43", Area, "says of an order that was never sent that it is absent", NeverAsync),
        new("CONF-44", Area, "does not call an order absent that is on its way", UnderWayAsync),
        new("CONF-45", Area, "tells what became of an order whose answer nobody heard", UnheardAsync),
        new("CONF-46", Area, "knows an order that is over", OverAsync),
    ];

    private static async Task TwiceAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m));

        await scene.TakenAsync(order);
        await scene.SettleAsync();
        await scene.TakenAsync(order);

        await scene.EndsAsync(order, OrderEnding.Filled, scene.Usual);
        await scene.PositionIsAsync(scene.Usual);
    }

    private static async Task StopTwiceAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 2m);
        var stop = scene.Order(OrderKind.StopMarket, Side.Sell, 1m, 0.9m, 0.98m, reduceOnly: true);

        var (first, second) = (
            scene.Send(stop, CancellationToken.None), scene.Send(stop, CancellationToken.None));
        var (one, other) = (await scene.AnswerAsync(first), await scene.AnswerAsync(second));
        await scene.UntilAsync(() => scene.Of<VenueReport.Opened>(stop).Any(), "the opening");
        await scene.MoveOracleAsync(0.97m);

        await scene.EndsAsync(stop, OrderEnding.Filled, scene.Usual);
        Conforms.Same(one.ToString(), other.ToString(), "the two answers");
        await scene.PositionIsAsync(scene.SizeOf(2m) - scene.SizeOf(1m));
    }

    private static async Task NeverAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        var found = await scene.LookUpAsync(new ClientOrderId(77));

        Conforms.Same(OrderPresence.Absent, found.Presence, "what a look-up says");
        Conforms.That(found.Evidence.Length > 0, "nothing shows it");
    }

    private static async Task UnderWayAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m);

        var sent = scene.Send(order, CancellationToken.None);
        var found = await scene.LookUpAsync(order.ClientId);
        await scene.AnswerAsync(sent);
        await scene.EndAsync(order);
        var later = await scene.LookUpAsync(order.ClientId);

        Conforms.That(found.Presence is OrderPresence.Known or OrderPresence.Unknown, $"{found}");
        Conforms.Same(OrderPresence.Known, later.Presence, "what a later look-up says");
    }

    private static async Task UnheardAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = scene.Order(OrderKind.Market, Side.Buy, 1m, 1.01m);
        using var impatience = new CancellationTokenSource();

        var sent = scene.Send(order, impatience.Token);
        GiveUp(impatience);
        await scene.UntilAsync(() => sent.IsCompleted, "the end of the wait");
        var found = await scene.LookUpAsync(order.ClientId);

        Conforms.That(found.Presence is OrderPresence.Known or OrderPresence.Unknown, $"{found}");
        await scene.EndsAsync(order, OrderEnding.Filled, scene.Usual);
        await scene.TakenAsync(order);
        await scene.SettleAsync();
        await scene.PositionIsAsync(scene.Usual);
    }

    /// <summary>At once and on this thread: in virtual time nothing happens elsewhere.</summary>
    private static void GiveUp(CancellationTokenSource impatience) => impatience.Cancel();

    private static async Task OverAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = await scene.TakenAsync(scene.Order(OrderKind.Market, Side.Buy, 1m, 0.9995m));
        await scene.EndAsync(order);
        await scene.PassAsync(300);

        var found = await scene.LookUpAsync(order.ClientId);

        Conforms.Same(OrderPresence.Known, found.Presence, "what a look-up says");
    }
}
