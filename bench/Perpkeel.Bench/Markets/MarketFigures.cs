using Perpkeel.Simulation.Tests.Markets.Synthetic;

namespace Perpkeel.Bench.Markets;

/// <summary>What is known of real one-minute returns, measured on any market.</summary>
internal sealed record MarketFigures
{
    private const int MinutesPerDay = 1_440;

    /// <summary>Distances in minutes at which sizes of returns are compared.</summary>
    public static IReadOnlyList<int> Lags { get; } = [1, 30, 60, 240];

    /// <summary>How far a minute has to move to count as a jump, in standard deviations.</summary>
    public static IReadOnlyList<int> JumpSizes { get; } = [5, 10];

    public required string Name { get; init; }

    public required double Days { get; init; }

    /// <summary>Standard deviation of a minute's return, in basis points.</summary>
    public required double Deviation { get; init; }

    public required double Kurtosis { get; init; }

    /// <summary>Autocorrelation of returns at one minute.</summary>
    public required double Direction { get; init; }

    /// <summary>Autocorrelation of the sizes of returns, by lag.</summary>
    public required IReadOnlyList<double> Clustering { get; init; }

    /// <summary>Jumps a day, by size.</summary>
    public required IReadOnlyList<double> Jumps { get; init; }

    /// <summary>Correlation of a minute's volume and the size of its return.</summary>
    public required double VolumeMove { get; init; }

    /// <summary>Median of a day's range as a share of its first price.</summary>
    public required double DailyRange { get; init; }

    /// <summary>Mean spread over the deviation of a minute; NaN where no book is known.</summary>
    public required double SpreadRatio { get; init; }

    public static MarketFigures Of(MinuteBars bars)
    {
        var returns = bars.Returns;
        double[] sizes = [.. returns.Select(Math.Abs)];
        var deviation = Math.Sqrt(returns.Average(move => move * move));
        var days = returns.Count / (double)MinutesPerDay;
        return new MarketFigures
        {
            Name = bars.Name,
            Days = days,
            Deviation = deviation * 10_000,
            Kurtosis = Statistics.ExcessKurtosis(returns),
            Direction = Statistics.Autocorrelation(returns, 1),
            Clustering = [.. Lags.Select(lag => Statistics.Autocorrelation(sizes, lag))],
            Jumps = [.. JumpSizes.Select(size => sizes.Count(move => move > size * deviation) / days)],
            VolumeMove = Statistics.Correlation(sizes, [.. bars.Volumes.Skip(1)]),
            DailyRange = Median([.. Ranges(bars)]),
            SpreadRatio = bars.Spreads.Count == 0 ? double.NaN : bars.Spreads.Average() / deviation,
        };
    }

    /// <summary>
    /// Mean correlation of the returns of any two markets, over the minutes that both have.
    /// </summary>
    public static double Togetherness(IReadOnlyList<MinuteBars> markets)
    {
        var pairs = new List<double>();
        for (var i = 0; i < markets.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (left, right) = Common(markets[i], markets[j]);
                if (left.Length > 0) pairs.Add(Statistics.Correlation(left, right));
            }
        }

        return pairs.Average();
    }

    private static (double[] Left, double[] Right) Common(MinuteBars left, MinuteBars right)
    {
        var byTime = right.Returns.Select((move, i) => (Time: right.Times[i + 1], Move: move))
            .ToDictionary(item => item.Time, item => item.Move);
        var pairs = left.Returns.Select((move, i) => (Time: left.Times[i + 1], Move: move))
            .Where(item => byTime.ContainsKey(item.Time))
            .Select(item => (item.Move, Other: byTime[item.Time]))
            .ToArray();
        return ([.. pairs.Select(pair => pair.Move)], [.. pairs.Select(pair => pair.Other)]);
    }

    private static IEnumerable<double> Ranges(MinuteBars bars)
    {
        for (var day = 0; day + MinutesPerDay <= bars.Closes.Count; day += MinutesPerDay)
        {
            var highest = bars.Highs.Skip(day).Take(MinutesPerDay).Max();
            var lowest = bars.Lows.Skip(day).Take(MinutesPerDay).Min();
            yield return (highest - lowest) / bars.Closes[day];
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
