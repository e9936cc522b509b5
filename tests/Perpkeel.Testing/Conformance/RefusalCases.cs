using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Conformance;

/// <summary>Orders to which a venue says no.</summary>
internal static class RefusalCases
{
    private const string Area = "Refusal";

    public static IEnumerable<ConformanceCase> All =>
    [
        new("CONF-35", Area, "refuses a price between two ticks, in its own code", OffGridAsync)
        {
            IsOffered = Knows(RefusalCause.OffGrid),
        },
        new(
            "CONF-36", Area, "refuses a resting order that the account cannot carry, in its own code",
            MarginAsync)
        {
            IsOffered = Knows(RefusalCause.Undercollateralized),
        },
        new("CONF-37", Area, "ends a market order whose fill the account cannot carry", MarketMarginAsync),
        new("CONF-38", Area, "says that too many placements may be asked again, in its own code", RateAsync)
        {
            IsOffered = Knows(RefusalCause.PlacementRate),
        },
        new("CONF-39", Area, "refuses more resting orders than the equity allows, in its own code", TierAsync)
        {
            IsOffered = Knows(RefusalCause.EquityTier),
            Deposit = new Usd(15m),
        },
        new("CONF-40", Area, "has nothing of an order that it refused, and says so when asked", AbsentAsync)
        {
            IsOffered = Knows(RefusalCause.Undercollateralized),
        },
    ];

    private static Func<IVenueUnderTest, bool> Knows(RefusalCause cause) =>
        venue => venue.CodeOf(cause) is not null;

    private static async Task OffGridAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = scene.Order(OrderKind.Limit, Side.Buy, 1m, 0.99m);
        order = order with { Limit = new Price(order.Limit.Value + (scene.Market.TickSize / 2)) };

        await RefusedAsync(scene, order, RefusalCause.OffGrid);
        await scene.TradeAsync(Side.Buy, 1m);
    }

    private static async Task MarginAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        await RefusedAsync(
            scene, scene.Order(OrderKind.Limit, Side.Buy, 500m, 0.999m), RefusalCause.Undercollateralized);
    }

    private static async Task MarketMarginAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.999m, 900m), (Side.Sell, 1.001m, 900m));
        var order = scene.Order(OrderKind.Market, Side.Buy, 500m, 1.01m);

        var answer = await scene.PlaceAsync(order);
        if (answer.TryGet(out _, out var error))
        {
            await scene.EndsAsync(order, OrderEnding.Undercollateralized, Size.Zero);
        }
        else
        {
            Conforms.That(error is VenueError.Rejected, $"{error}");
        }

        await scene.PositionIsAsync(Size.Zero);
    }

    private static async Task RateAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var code = scene.Venue.CodeOf(RefusalCause.PlacementRate)!;
        var orders = Enumerable.Range(1, 40)
            .Select(_ => scene.Order(OrderKind.StopMarket, Side.Sell, 0.1m, 0.5m, 0.6m, reduceOnly: true))
            .ToList();

        var sent = orders.ConvertAll(order => scene.Send(order, CancellationToken.None));
        await scene.UntilAsync(() => sent.TrueForAll(answer => answer.IsCompleted), "all answers");

        var refused = 0;
        VenueError.Unavailable? last = null;
        foreach (var answer in sent)
        {
            if ((await answer).TryGet(out _, out var error)) continue;
            last = error as VenueError.Unavailable;
            Conforms.That(last is not null, $"{error} does not say that it may be asked again");
            Conforms.That(
                last!.Reason.Contains(code, StringComparison.Ordinal), $"{last.Reason} is not {code}");
            refused++;
        }

        Conforms.That(refused is > 0 and < 40, $"{refused} of 40 were refused");
        Conforms.That(last!.RetryAfter is not null, "nobody says when to ask again");
        await AgainAsync(scene, orders[^1]);
    }

    /// <summary>What was refused for later is taken when it is sent again, and is there once.</summary>
    private static async Task AgainAsync(ConformanceScene scene, OrderIntent order)
    {
        for (var turn = 0; turn < 10; turn++)
        {
            await scene.PassAsync(60);
            if (!(await scene.PlaceAsync(order)).TryGet(out _, out _)) continue;
            await scene.SettleAsync();
            Conforms.Same("Opened", scene.StoryOf(order), "what was told of it");
            return;
        }

        throw new ConformanceException("it was refused for ever");
    }

    private static async Task TierAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();

        await RefusedAsync(
            scene, scene.Order(OrderKind.StopMarket, Side.Sell, 0.1m, 0.5m, 0.6m, reduceOnly: true),
            RefusalCause.EquityTier);
    }

    private static async Task AbsentAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        var order = scene.Order(OrderKind.Limit, Side.Buy, 500m, 0.999m);
        await RefusedAsync(scene, order, RefusalCause.Undercollateralized);

        var found = await scene.LookUpAsync(order.ClientId);
        await scene.CancelAsync(order);
        await scene.TakeAsync(Side.Sell, 0.999m, 1m);
        await scene.SettleAsync();

        Conforms.Same(OrderPresence.Refused, found.Presence, "what a look-up says");
        Conforms.Same(scene.Venue.CodeOf(RefusalCause.Undercollateralized), found.Code, "its code");
        Conforms.Same(0, scene.Of<VenueReport.Opened>(order).Count(), "openings");
        await scene.PositionIsAsync(Size.Zero);
    }

    /// <summary>An order is refused in its answer or, of one that waited for a block, on the feed.</summary>
    private static async Task RefusedAsync(ConformanceScene scene, OrderIntent order, RefusalCause cause)
    {
        var answer = await scene.PlaceAsync(order);
        var code = string.Empty;
        if (answer.TryGet(out _, out var error))
        {
            await scene.UntilAsync(() => scene.Of<VenueReport.Rejected>(order).Any(), "the refusal");
            code = scene.Of<VenueReport.Rejected>(order).Single().Code;
        }
        else if (error is VenueError.Rejected rejected)
        {
            code = rejected.Code;
            Conforms.That(rejected.Message.Length > 0, "the venue says no without words");
        }

        await scene.SettleAsync();
        Conforms.Same(scene.Venue.CodeOf(cause), code, "the venue's code");
        Conforms.That(!scene.Of<VenueReport.Opened>(order).Any(), "it was opened none the less");
    }
}
