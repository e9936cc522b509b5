namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// How far the figures of a row may be from the exact ones, at most: proven, not observed. Infinity where the
/// screen cannot tell.
/// </summary>
/// <remarks>
/// Derived in <c>docs/math/screening.md</c>. A unit is 2^-53, the most that one rounding of a double changes
/// in relation to the number. The factors below leave 23 % (sums) or more for roundings of the bound itself.
/// </remarks>
/// <param name="Maintenance">Of the maintenance margin.</param>
/// <param name="Initial">Of the initial margin.</param>
/// <param name="MarginRatio">
/// Of the margin ratio; infinity where the sign of the balance is not certain, and where the balance is
/// negative.
/// </param>
/// <param name="LiquidationPrice">
/// Of the liquidation price. Where there is none, the screen's price is not above this.
/// </param>
public readonly record struct ScreenBounds(
    double Maintenance, double Initial, double MarginRatio, double LiquidationPrice)
{
    /// <summary>32 units: a table's line, times the table's condition.</summary>
    internal const double Line = 1d / (1L << 48);

    /// <summary>16 units: a sum of two products and a number, of the sum of their magnitudes.</summary>
    internal const double Sum = 1d / (1L << 49);

    /// <summary>16 units: adding the maintenance of others.</summary>
    internal const double Total = 1d / (1L << 49);

    /// <summary>32 units: a balance times the threshold.</summary>
    internal const double Verdict = 1d / (1L << 48);

    /// <summary>64 units: a mark price less the distance.</summary>
    internal const double Distance = 1d / (1L << 47);

    /// <summary>8 units: a quotient of what was reckoned and what was given.</summary>
    internal const double Quotient = 1d / (1L << 50);

    /// <summary>The exact figures are decimals and end at the 28th place.</summary>
    internal const double LastPlace = 1e-28;

    /// <summary>Two of them: the liquidation price and the distance.</summary>
    internal const double LastPlaces = 2e-28;

    /// <summary>The bounds of a slot whose figures were reckoned.</summary>
    internal static ScreenBounds Of(ScreenColumns columns, int slot)
    {
        var size = Math.Abs(columns[ScreenColumns.Size, slot]);
        var others = columns[ScreenColumns.Others, slot];
        var condition = columns[ScreenColumns.Condition, slot];
        var maintenance = columns[ScreenColumns.Maintenance, slot];
        var cost = columns[ScreenColumns.Size, slot] * columns[ScreenColumns.Entry, slot];
        var value = columns[ScreenColumns.Size, slot] * columns[ScreenColumns.Mark, slot];
        var equity = columns[ScreenColumns.Equity, slot];
        var sums = Math.Abs(cost) + Math.Abs(equity);

        var margin = Line * condition * maintenance;
        var total = maintenance + others;
        var ofTotal = margin + (Total * total);
        var balance = value - (cost - equity);
        var ofBalance = Sum * (Math.Abs(value) + sums);
        var ratio = columns[ScreenColumns.Ratio, slot];
        var ofRatio = ((ofTotal + (ratio * ofBalance)) / (balance - ofBalance)) + (Quotient * ratio);

        var price = Math.Abs(columns[ScreenColumns.Liquidation, slot]);
        var ofNotional = condition * ((Sum * (sums + others)) + (Line * price * size));
        return new ScreenBounds(
            OrInfinity(margin),
            OrInfinity(Line * columns[ScreenColumns.Initial, slot]),
            OrInfinity(balance > ofBalance ? ofRatio : double.PositiveInfinity),
            OrInfinity((ofNotional / size) + (Quotient * price)));
    }

    private static double OrInfinity(double bound) =>
        double.IsNaN(bound) ? double.PositiveInfinity : bound + LastPlace;
}
