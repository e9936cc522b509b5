using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>Says what candles do not tell and a replay had to assume.</summary>
internal static class ReplayAssumptions
{
    /// <summary>One sentence each; what holds for all markets first.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Market> markets, ReplayFunding funding)
    {
        yield return "Spread: half of it is half a tick or half a basis point of the price, whichever is "
            + "more, rounded outward to the tick";
        yield return "Fills: the book holds 10 % of a bar's volume at each of eight steps through it; quotes "
            + "show 10 % of the bar before";
        yield return "Oracle price: a bar's open when it opens and its close when it ends";
        foreach (var sentence in OfMarkets(markets, funding)) yield return sentence;
    }

    /// <summary>The same of books and trades.</summary>
    public static IEnumerable<string> OfBooks(IReadOnlyList<Market> markets, ReplayFunding funding)
    {
        yield return "Book: levels beyond the recorded depth are not there; without a snapshot for a minute "
            + "the book is empty";
        yield return "Oracle price: each second a quarter of the way to the middle of the book";
        foreach (var sentence in OfMarkets(markets, funding)) yield return sentence;
    }

    private static IEnumerable<string> OfMarkets(IReadOnlyList<Market> markets, ReplayFunding funding)
    {
        foreach (var market in markets)
        {
            yield return $"{market.Id}: tick {Decimals.Text(market.TickSize)} and step "
                + $"{Decimals.Text(market.StepSize)}, from the most decimals in its files";
        }

        foreach (var market in markets)
        {
            var origin = ReplayMarkets.IsKnown(market.BaseAsset)
                ? "usual for " + market.BaseAsset
                : market.BaseAsset + " is not in the table";
            yield return $"{market.Id}: initial margin {Percent(market.InitialMarginPpm)}, maintenance "
                + $"{Percent(market.MaintenanceFractionPpm)} of it ({origin})";
        }

        foreach (var sentence in funding.Assumptions()) yield return sentence;
    }

    private static string Percent(Ppm share) =>
        (share.Fraction * 100m).ToString("0.####", CultureInfo.InvariantCulture) + " %";
}
