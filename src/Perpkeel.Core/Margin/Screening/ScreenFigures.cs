namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// What the screen reckons of one row, in double: for finding rows that need a closer look, never to be shown
/// or acted upon. How far each may be from the exact figure, <see cref="MarginScreen.BoundsOf"/> tells.
/// </summary>
/// <param name="Maintenance">Maintenance margin.</param>
/// <param name="Initial">Initial margin at the mark price.</param>
/// <param name="MarginRatio">
/// Maintenance margin of all that the money backs over the margin balance; infinity where the balance is zero
/// or less.
/// </param>
/// <param name="LiquidationPrice">
/// Mark price at which balance equals maintenance. Zero or less where a long is covered down to zero, or
/// where a short is lost at every price.
/// </param>
public readonly record struct ScreenFigures(
    double Maintenance, double Initial, double MarginRatio, double LiquidationPrice);
