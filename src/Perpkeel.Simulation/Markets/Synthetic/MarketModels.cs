using System.Collections.Immutable;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>The synthetic markets that there are, by name.</summary>
public static class MarketModels
{
    /// <summary>What markets are usually like.</summary>
    public static MarketModel Usual { get; } = new()
    {
        Name = "usual",
        Words = "days as they mostly are: restless hours, quiet nights, news every few days",
    };

    /// <summary>All of them, the usual one first.</summary>
    public static ImmutableArray<MarketModel> All { get; } =
    [
        Usual,
        new MarketModel
        {
            Name = "calm",
            Words = "half the volatility, deep books, hardly a jump and no news",
            Volatility = 0.5,
            Depth = 1.5,
            Comfort = 2.5,
            JumpsPerDay = 0.25,
            CommonNewsPerDay = 0,
            OwnNewsPerDay = 0,
            Lean = 0.5,
        },
        new MarketModel
        {
            Name = "storm",
            Words = "three times the volatility, makers who flee, jumps, funding that leans hard",
            Volatility = 3,
            Comfort = 0.7,
            JumpsPerDay = 8,
            CommonNewsPerDay = 1,
            OwnNewsPerDay = 1,
            Lean = 4,
        },
        new MarketModel
        {
            Name = "news",
            Words = "usual markets hit by news about every second hour, with a thin book right after",
            CommonNewsPerDay = 6,
            OwnNewsPerDay = 6,
        },
        new MarketModel
        {
            Name = "thin",
            Words = "books with a tenth of the usual sizes and twice the spread",
            Depth = 0.1,
            Spread = 2,
        },
    ];

    /// <summary>The model of a name; null for one that nobody knows.</summary>
    public static MarketModel? Find(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));
}
