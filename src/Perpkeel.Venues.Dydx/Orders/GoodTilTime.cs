using System.Globalization;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>The end of an order that is stored on the chain: Unix seconds, never milliseconds.</summary>
/// <param name="Seconds">Seconds since 1970; 0 is no time and refused in orders.</param>
public readonly record struct GoodTilTime(uint Seconds)
{
    /// <summary>The instant.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(Seconds);

    /// <summary>The whole second at or before an instant.</summary>
    /// <exception cref="OverflowException">It lies before 1970 or after 2106.</exception>
    public static GoodTilTime Of(DateTimeOffset at) => new((uint)at.ToUnixTimeSeconds());

    /// <inheritdoc/>
    public override string ToString() =>
        At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
