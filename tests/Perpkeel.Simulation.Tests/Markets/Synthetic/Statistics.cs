namespace Perpkeel.Simulation.Tests.Markets.Synthetic;

/// <summary>The few moments that the tests need.</summary>
internal static class Statistics
{
    public static double ExcessKurtosis(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        var squares = values.Select(value => (value - mean) * (value - mean)).ToArray();
        var variance = squares.Average();
        var fourth = squares.Average(square => square * square);
        return (fourth / (variance * variance)) - 3;
    }

    public static double Autocorrelation(IReadOnlyList<double> values, int lag) =>
        Correlation([.. values.Take(values.Count - lag)], [.. values.Skip(lag)]);

    public static double Correlation(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var (leftMean, rightMean) = (left.Average(), right.Average());
        var (cross, leftSquare, rightSquare) = (0d, 0d, 0d);
        for (var i = 0; i < left.Count; i++)
        {
            cross += (left[i] - leftMean) * (right[i] - rightMean);
            leftSquare += (left[i] - leftMean) * (left[i] - leftMean);
            rightSquare += (right[i] - rightMean) * (right[i] - rightMean);
        }

        return cross / Math.Sqrt(leftSquare * rightSquare);
    }
}
