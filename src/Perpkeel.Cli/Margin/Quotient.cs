namespace Perpkeel.Cli.Margin;

/// <summary>Quotients that are shown, where a decimal can hold them.</summary>
internal static class Quotient
{
    /// <summary>A quotient by a positive divisor; null when it is too large for a decimal.</summary>
    public static decimal? Of(decimal dividend, decimal divisor) =>
        divisor < 1m && Math.Abs(dividend) >= divisor * decimal.MaxValue ? null : dividend / divisor;
}
