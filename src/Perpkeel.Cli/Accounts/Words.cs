using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Accounts;

/// <summary>Stable names of what the verbs tell, in texts and in JSON alike.</summary>
internal static class Words
{
    private const int UsdPlaces = 6;
    private const decimal ShownStep = 0.00000001m;

    /// <summary>buy or sell.</summary>
    public static string Of(Side side) => side == Side.Buy ? "buy" : "sell";

    /// <summary>long or short.</summary>
    public static string PositionOf(Side side) => side == Side.Buy ? "long" : "short";

    /// <summary>What an order is for.</summary>
    public static string Of(OrderRole role) => Kebab(role.ToString());

    /// <summary>How an order executes.</summary>
    public static string Of(OrderKind kind) => Kebab(kind.ToString());

    /// <summary>Where an order stands.</summary>
    public static string Of(OrderPhase phase) => Kebab(phase.ToString());

    /// <summary>How far a price can be relied on.</summary>
    public static string Of(QualityGrade quality) => Kebab(quality.ToString());

    /// <summary>How a fill came about.</summary>
    public static string Of(FillKind kind) => Kebab(kind.ToString());

    /// <summary>Why an order is over.</summary>
    public static string Of(OrderEnding ending) => Kebab(ending.ToString());

    /// <summary>An amount as text, to the millionth, which is as exact as the venue's own.</summary>
    public static string Exact(Usd amount) => Decimals.Text(decimal.Round(amount.Value, UsdPlaces));

    /// <summary>An exact size with as many digits as a reader needs, rounded down.</summary>
    public static string Shown(string exact) =>
        decimal.TryParse(exact, CultureInfo.InvariantCulture, out var value)
            ? Decimals.Text(Decimals.FloorToMultiple(value, ShownStep))
            : exact;

    /// <summary>A time to the second.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A time to the millisecond.</summary>
    public static string ExactTime(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>Seconds with what is behind the point.</summary>
    public static string Seconds(long milliseconds) => Decimals.Text(milliseconds / 1_000m);

    /// <summary>StopMarket becomes stop-market.</summary>
    public static string Kebab(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter)
            ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter)
            : letter.ToString()));
}
