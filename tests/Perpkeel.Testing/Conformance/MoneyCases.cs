using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Conformance;

/// <summary>Money: fees, funding, liquidation, and that all of it is told.</summary>
internal static class MoneyCases
{
    private const string Area = "Money";

    public static IEnumerable<ConformanceCase> All =>
    [
        new(
            "CONF-47", Area, "tells fills and fees that make its own balance, to the last digit",
            TradesAsync),
        new(
            "CONF-48", Area, "lets a long pay funding every hour while the market is above the oracle",
            LongPaysAsync),
        new("CONF-49", Area, "lets a short be paid funding then", ShortIsPaidAsync),
        new(
            "CONF-50", Area, "tells funding of untouched hours that makes its own balance, to the last digit",
            HoursAsync),
        new(
            "CONF-51", Area, "tells a liquidation with its fee; position and money agree after it",
            LiquidatedAsync)
        {
            Deposit = new Usd(1_000m),
        },
    ];

    private static async Task TradesAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync(
            (Side.Buy, 0.9987m, 0.7m), (Side.Buy, 0.99m, 9m), (Side.Sell, 1.0013m, 0.3m),
            (Side.Sell, 1.011m, 9m));

        await scene.TradeAsync(Side.Buy, 1.7m);
        var resting = await scene.OpenedAsync(scene.Order(OrderKind.Limit, Side.Sell, 2.3m, 1.0005m));
        await scene.PassAsync(5);
        await scene.TakeAsync(Side.Buy, 1.0008m, 1.1m);
        await scene.CancelAsync(resting);
        await scene.TradeAsync(Side.Sell, 3.3m);
        await scene.SettleAsync();

        Conforms.That(scene.Reports.OfType<VenueReport.Filled>().Count() >= 5, "hardly anything was filled");
        await scene.BalanceAgreesAsync();
        scene.SequenceIsWhole();
    }

    private static Task LongPaysAsync(ConformanceScene scene) => FundedAsync(scene, Side.Buy);

    private static Task ShortIsPaidAsync(ConformanceScene scene) => FundedAsync(scene, Side.Sell);

    private static async Task FundedAsync(ConformanceScene scene, Side side)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(side, 3m);
        await scene.ShowAsync((Side.Buy, 1.01m, 900m), (Side.Sell, 1.012m, 900m));

        await HoursPassAsync(scene, 1);

        var paid = scene.Reports.OfType<VenueReport.FundingPaid>().ToList();
        Conforms.Same(1, paid.Count, "fundings of one hour");
        Conforms.That(paid[0].HourlyRate > 0, $"the rate is {paid[0].HourlyRate}");
        Conforms.Same(-side.Sign(), Math.Sign(paid[0].Payment.Value), "the payment's sign");
        Conforms.Same(scene.Market.Id, paid[0].Market, "its market");
        await scene.BalanceAgreesAsync();
    }

    private static async Task HoursAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.ShowAsync((Side.Buy, 0.999m, 900m), (Side.Sell, 1.001m, 900m));
        await scene.TradeAsync(Side.Buy, 1.3m);
        await scene.ShowAsync((Side.Buy, 1.0037m, 900m), (Side.Sell, 1.012m, 900m));
        await HoursPassAsync(scene, 2);
        await scene.MoveOracleAsync(1.0013m);
        await HoursPassAsync(scene, 3);
        await scene.BalanceAgreesAsync();
        await scene.TradeAsync(Side.Sell, 0.7m);
        await HoursPassAsync(scene, 2);

        Conforms.Same(7, scene.Reports.OfType<VenueReport.FundingPaid>().Count(), "fundings of seven hours");
        await scene.BalanceAgreesAsync();
    }

    private static async Task HoursPassAsync(ConformanceScene scene, int hours)
    {
        var now = scene.Venue.Now;
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        await scene.PassAsync((hour.AddHours(hours) - now).TotalSeconds);
        await scene.SettleAsync();
    }

    private static async Task LiquidatedAsync(ConformanceScene scene)
    {
        await scene.BeginAsync();
        await scene.TradeAsync(Side.Buy, 10m);

        await scene.ShowAsync((Side.Buy, 0.92m, 50m), (Side.Sell, 0.921m, 50m));
        await scene.MoveOracleAsync(0.92m);
        await scene.UntilAsync(() => scene.Reports.OfType<VenueReport.Liquidated>().Any(), "the liquidation");
        await scene.SettleAsync();

        var closed = scene.Reports.OfType<VenueReport.Liquidated>().ToList();
        Conforms.That(closed.TrueForAll(each => each.Side == Side.Sell), "a long was closed by buying");
        Conforms.That(closed.Sum(each => each.Fee.Value) > 0, "the insurance fund got nothing");
        await scene.PositionIsAsync(await scene.Venue.PositionAsync(scene.Market));
        Conforms.That(
            (await scene.Venue.PositionAsync(scene.Market)) < scene.SizeOf(10m), "nothing was closed");
        await scene.BalanceAgreesAsync();
        scene.SequenceIsWhole();
    }
}
