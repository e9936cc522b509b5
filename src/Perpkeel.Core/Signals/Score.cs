using System.Globalization;

namespace Perpkeel.Core.Signals;

/// <summary>
/// A signal's opinion of one market from 0 to 100, counted in hundredths so that a replay does not hang on
/// the last bit of a floating-point unit. 50 is neutral; <c>default</c> is 0.
/// </summary>
public readonly record struct Score : IComparable<Score>
{
    /// <summary>The greatest score: 100.</summary>
    public const int Most = 10_000;

    /// <summary>Takes hundredths of a point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0..10,000.</exception>
    public Score(int hundredths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hundredths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hundredths, Most);
        Hundredths = hundredths;
    }

    /// <summary>50: no opinion.</summary>
    public static Score Neutral => new(Most / 2);

    /// <summary>Hundredths of a point, 0..10,000.</summary>
    public int Hundredths { get; }

    /// <summary>
    /// Points from 0 to 100, rounded once, to the nearest hundredth; not-a-number is neutral.
    /// </summary>
    public static Score FromPoints(double points) =>
        double.IsNaN(points)
            ? Neutral
            : new((int)Math.Round(Math.Clamp(points, 0d, 100d) * 100d, MidpointRounding.AwayFromZero));

    /// <summary>Whether the left score is lower.</summary>
    public static bool operator <(Score left, Score right) => left.Hundredths < right.Hundredths;

    /// <summary>Whether the left score is higher.</summary>
    public static bool operator >(Score left, Score right) => left.Hundredths > right.Hundredths;

    /// <summary>Whether the left score is not higher.</summary>
    public static bool operator <=(Score left, Score right) => left.Hundredths <= right.Hundredths;

    /// <summary>Whether the left score is not lower.</summary>
    public static bool operator >=(Score left, Score right) => left.Hundredths >= right.Hundredths;

    /// <inheritdoc/>
    public int CompareTo(Score other) => Hundredths.CompareTo(other.Hundredths);

    /// <inheritdoc/>
    public override string ToString() => (Hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
