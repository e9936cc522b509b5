using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>Numbers as a trader reads them: invariant, thousands separated, at most 15 wide.</summary>
internal static class Figures
{
    /// <summary>Stands where there is no number.</summary>
    public const string None = "–";

    private const int WidestPlain = 15;

    private const int MostDecimals = 12;

    public static string Price(Price? price, int decimals) => price is { } known
        ? Short(known.Value, $"N{Math.Clamp(decimals, 0, MostDecimals)}")
        : None;

    public static string Money(Usd amount) => Short(amount.Value, "#,0.00;-#,0.00;0.00");

    public static string Gain(Usd amount) => Short(amount.Value, "+#,0.00;-#,0.00;0.00");

    public static string Size(Size size) => Short(size.Value, "#,0.########");

    public static string Points(decimal score) => Short(score, "0");

    /// <summary>A score, rounded down: below a threshold it never looks as if on it.</summary>
    public static string Tenths(decimal score) =>
        Short(Math.Round(score, 1, MidpointRounding.ToNegativeInfinity), "0.0");

    public static string Percent(decimal? fraction) => Percent(fraction, "#,0.0;-#,0.0;0.0");

    /// <summary>A fraction in percent, in a format of its own.</summary>
    public static string Percent(decimal? fraction, string format) =>
        fraction is { } known ? Short((double)known * 100d, format) : None;

    public static string Bps(decimal? points) => points is { } known ? Short(known, "#,0.00") : None;

    public static string Factor(decimal? factor) => factor is { } known ? Short(known, "#,0.00") + "x" : None;

    public static string Count(long count) => Short((decimal)count, "#,0");

    public static string Rate(double rate) => Short(rate, "#,0");

    public static string Speed(decimal? speed) =>
        speed is { } known ? Short(known, "#,0.####") + "x" : "max speed";

    public static string Seconds(decimal seconds) => Short(seconds, "#,0.0") + " s";

    public static string Age(long? milliseconds) => milliseconds switch
    {
        null => None,
        < 60_000 => Short(milliseconds.Value / 1e3, "0.0") + " s",
        < 3_600_000 => Short(milliseconds.Value / 6e4, "0") + " m",
        _ => Short(milliseconds.Value / 3.6e6, "#,0") + " h",
    };

    public static string Micros(double micros) => micros switch
    {
        _ when !double.IsFinite(micros) => None,
        < 1e3 => Short(micros, "0.0") + " µs",
        < 1e6 => Short(micros / 1e3, "0.0") + " ms",
        _ => Short(micros / 1e6, "#,0.0") + " s",
    };

    public static string Bytes(long bytes) => Short(bytes / 1e6, "#,0") + " MB";

    public static string Held(Side side) => side switch
    {
        Side.Buy => "LONG",
        Side.Sell => "SHORT",
        _ => None,
    };

    private static string Short(decimal value, string format)
    {
        var plain = value.ToString(format, CultureInfo.InvariantCulture);
        return plain.Length <= WidestPlain ? plain : value.ToString("0.00E+0", CultureInfo.InvariantCulture);
    }

    private static string Short(double value, string format)
    {
        if (!double.IsFinite(value)) return None;
        var plain = value.ToString(format, CultureInfo.InvariantCulture);
        return plain.Length <= WidestPlain ? plain : value.ToString("0.00E+0", CultureInfo.InvariantCulture);
    }
}
