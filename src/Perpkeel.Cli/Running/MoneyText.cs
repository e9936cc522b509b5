using System.Globalization;

namespace Perpkeel.Cli.Running;

/// <summary>Exact amounts, as summaries carry them, rounded to cents for a reader.</summary>
internal static class MoneyText
{
    /// <summary>An amount: <c>9,931.85</c>.</summary>
    public static string Of(string exact) => Value(exact).ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>A change, with its sign: <c>-68.15</c>.</summary>
    public static string Change(string exact) =>
        Value(exact).ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A fraction in percent: <c>1.58 %</c>.</summary>
    public static string Percent(string exact) =>
        (Value(exact) * 100m).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static decimal Value(string exact) => decimal.Parse(exact, CultureInfo.InvariantCulture);
}
