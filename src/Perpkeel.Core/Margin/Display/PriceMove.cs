using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Core.Margin.Display;

/// <summary>
/// A liquidation price before and after something happened, with equal places, so that the prices as they
/// are shown differ by the change as it is shown.
/// </summary>
/// <param name="Before">The price before; <see cref="MarginFormat.None"/> without one.</param>
/// <param name="After">The price after; <see cref="MarginFormat.None"/> without one.</param>
/// <param name="Change">
/// After less before, with its sign; <see cref="MarginFormat.None"/> unless there are both, reached from one
/// side.
/// </param>
public readonly record struct PriceMove(string Before, string After, string Change)
{
    private const int LeastPlaces = 2;
    private const int MostPlaces = 28;
    private const decimal SixDigits = 1_000m;

    /// <summary>
    /// Shows two prices with two places, or more where the lower one has less than six digits by then; each
    /// rounded toward where the price is now, as <see cref="MarginRounding.Alert"/> does it.
    /// </summary>
    /// <param name="before">The price before; null without one.</param>
    /// <param name="after">The price after; null without one.</param>
    /// <param name="side">
    /// <see cref="Side.Buy"/> when a fall reaches the prices, <see cref="Side.Sell"/> when a rise does.
    /// </param>
    /// <param name="format">How amounts are written.</param>
    public static PriceMove Of(decimal? before, decimal? after, Side side, MarginFormat format) =>
        Of((before, side), (after, side), format);

    /// <summary>
    /// The same where the side may change: then there is no change of one price but another price.
    /// </summary>
    /// <param name="before">The price before and from which side it is reached.</param>
    /// <param name="after">The price after and from which side it is reached.</param>
    /// <param name="format">How amounts are written.</param>
    public static PriceMove Of(
        (decimal? Price, Side Side) before, (decimal? Price, Side Side) after, MarginFormat format)
    {
        var places = Math.Max(PlacesOf(before.Price), PlacesOf(after.Price));
        var (from, to) = (
            Rounded(before.Price, before.Side, places), Rounded(after.Price, after.Side, places));
        var change = before.Side == after.Side ? to - from : null;
        return new PriceMove(
            Text(from, places, format), Text(to, places, format), Text(change, places, format, "+"));
    }

    private static decimal? Rounded(decimal? price, Side side, int places) =>
        price is { } known ? MarginRounding.Alert(known, side, places) : null;

    private static string Text(decimal? price, int places, MarginFormat format, string plus = "") =>
        price is not { } known ? MarginFormat.None
        : (known > 0m ? plus : string.Empty) + format.CollateralAt(known, places);

    private static int PlacesOf(decimal? price)
    {
        var places = LeastPlaces;
        if (price is not > 0m) return places;
        for (var bound = SixDigits; places < MostPlaces && price < bound; bound /= 10m) places++;
        return places;
    }
}
