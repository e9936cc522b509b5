namespace Perpkeel.Core.Margin.Dydx.Displayed;

/// <summary>Arithmetic as the venue's web page does it.</summary>
internal static class WebDecimals
{
    private const int Places = 20;

    /// <summary>A quotient to 20 places, halves away from zero.</summary>
    public static decimal Divide(decimal dividend, decimal divisor) =>
        decimal.Round(dividend / divisor, Places, MidpointRounding.AwayFromZero);
}
