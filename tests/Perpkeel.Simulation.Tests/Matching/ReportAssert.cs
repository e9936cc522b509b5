using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

/// <summary>What reports say, in a form that a test can read.</summary>
internal static class ReportAssert
{
    public static (decimal Price, decimal Size)[] Fills(this IEnumerable<VenueReport> reports) =>
        [.. reports.OfType<VenueReport.Filled>().Select(fill => (fill.Price.Value, fill.Size.Value))];

    public static VenueReport.Filled Fill(this IEnumerable<VenueReport> reports) =>
        Assert.Single(reports.OfType<VenueReport.Filled>());

    public static VenueReport.Liquidated Liquidation(this IEnumerable<VenueReport> reports) =>
        Assert.Single(reports.OfType<VenueReport.Liquidated>());

    public static OrderEnding Ending(this IEnumerable<VenueReport> reports) =>
        reports.OfType<VenueReport.Ended>().LastOrDefault()?.Ending ?? OrderEnding.None;

    public static string Code(this IEnumerable<VenueReport> reports) =>
        reports.OfType<VenueReport.Rejected>().SingleOrDefault()?.Code ?? "taken";

    public static ClientOrderId[] Woken(this IEnumerable<VenueReport> reports) =>
        [.. reports.OfType<VenueReport.Triggered>().Select(report => report.ClientId)];
}
