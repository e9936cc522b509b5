namespace Perpkeel.Core.Numbers;

/// <summary>Parts per million, the unit in which dYdX counts margin fractions, fees and rates.</summary>
public readonly record struct Ppm(long Value)
{
    /// <summary>The whole: 1,000,000 parts.</summary>
    public const long One = 1_000_000;

    /// <summary>The same share as a plain fraction: 50,000 ppm is 0.05.</summary>
    public decimal Fraction => Value / (decimal)One;

    /// <inheritdoc/>
    public override string ToString() => $"{Value} ppm";
}
