namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// How synthetic markets behave, by name. What a trader may earn in them is the same: nothing.
/// </summary>
public sealed record MarketModel
{
    internal MarketModel()
    {
    }

    /// <summary>What it is asked for by.</summary>
    public required string Name { get; init; }

    /// <summary>What it is like, in one line.</summary>
    public required string Words { get; init; }

    /// <summary>Multiplier of every market's usual volatility.</summary>
    internal double Volatility { get; init; } = 1;

    /// <summary>Multiplier of what rests at each level.</summary>
    internal double Depth { get; init; } = 1;

    /// <summary>Multiplier of the spread.</summary>
    internal double Spread { get; init; } = 1;

    /// <summary>
    /// How lively a market may be before makers leave, in multiples of a usual minute's standard deviation.
    /// </summary>
    internal double Comfort { get; init; } = 1.5;

    /// <summary>Jumps a day for each stream that jumps: all markets together, and each for itself.</summary>
    internal double JumpsPerDay { get; init; } = 2;

    /// <summary>News a day, on the average, that moves all markets at once.</summary>
    internal double CommonNewsPerDay { get; init; } = 1 / 4d;

    /// <summary>News a day, on the average, of each market alone.</summary>
    internal double OwnNewsPerDay { get; init; } = 1 / 6d;

    /// <summary>Multiplier of how far the book leans away from the oracle.</summary>
    internal double Lean { get; init; } = 1;
}
