using Perpkeel.Core.Instruments;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// Figures as the exchange shows them, and prices as an alert needs them. Inside nothing is rounded to
/// places: this is for the last step to a person.
/// </summary>
public static class MarginRounding
{
    /// <summary>Places that the exchange gives its figures.</summary>
    public const int ShownPlaces = 8;

    /// <summary>
    /// The value with its digits beyond the places cut off, toward zero, as the exchange does it with
    /// margins, profits and liquidation prices.
    /// </summary>
    /// <param name="value">Any figure.</param>
    /// <param name="places">Places to keep, 0 to 28.</param>
    /// <exception cref="ArgumentOutOfRangeException">The places are outside 0..28.</exception>
    public static decimal Shown(decimal value, int places = ShownPlaces) =>
        decimal.Round(value, places, MidpointRounding.ToZero);

    /// <summary>
    /// A liquidation price as an alert needs it: up for a long, down for a short, so that the price shown is
    /// reached no later than the real one, within the last digit that a decimal holds: the price given is
    /// rounded to the nearest decimal already.
    /// </summary>
    /// <param name="price">The liquidation price; an end of a hedge's interval counts as a long's below and
    /// a short's above.</param>
    /// <param name="side">Which way the position goes.</param>
    /// <param name="places">Places to keep, 0 to 28.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The places are outside 0..28, or the side is none.
    /// </exception>
    public static decimal Alert(decimal price, Side side, int places = ShownPlaces) => side switch
    {
        Side.Buy => decimal.Round(price, places, MidpointRounding.ToPositiveInfinity),
        Side.Sell => decimal.Round(price, places, MidpointRounding.ToNegativeInfinity),
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "A position is long or short."),
    };
}
