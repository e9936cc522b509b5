using System.Collections.Immutable;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Paper;

/// <summary>How long messages take, as a model with a name.</summary>
/// <remarks>
/// A message's time follows from the seed and the message's number alone, so that it is the same after a
/// restart. Messages of one connection never overtake each other.
/// </remarks>
public sealed class LatencyModel
{
    private const int Percent = 100;
    private const int Rare = 1;
    private const int Occasional = 2;

    private readonly Func<TimeSpan, SeededRandom, TimeSpan> _draw;

    private LatencyModel(string name, string words, Func<TimeSpan, SeededRandom, TimeSpan> draw)
    {
        Name = name;
        Words = words;
        _draw = draw;
    }

    /// <summary>By what it is chosen.</summary>
    public string Name { get; }

    /// <summary>What it does, in a line.</summary>
    public string Words { get; }

    /// <summary>Every message takes the same.</summary>
    public static LatencyModel Fixed { get; } = new(
        "fixed", "every message takes the set latency", static (usual, _) => usual);

    /// <summary>All of them, the usual one first.</summary>
    public static ImmutableArray<LatencyModel> All { get; } =
    [
        Fixed,
        new(
            "jitter", "half to one and a half of the set latency, one message in fifty up to ten times it",
            static (usual, chance) =>
            {
                var share = Percent / 2 + (long)(chance.NextBits() % Percent);
                var isSlow = chance.NextBits() % Percent < Occasional;
                var times = isSlow ? 2 + (long)(chance.NextBits() % 9) : 1;
                return usual * share / Percent * times;
            }),
        new(
            "spikes", "the set latency, one message in a hundred one to five seconds more",
            static (usual, chance) => chance.NextBits() % Percent < Rare
                ? usual + TimeSpan.FromMilliseconds(1_000 + (long)(chance.NextBits() % 4_001))
                : usual),
    ];

    /// <summary>The model of a name; null for an unknown one.</summary>
    public static LatencyModel? Find(string name) => All.FirstOrDefault(
        model => string.Equals(model.Name, name, StringComparison.Ordinal));

    /// <summary>What a message takes.</summary>
    /// <param name="usual">The set latency.</param>
    /// <param name="chance">A stream of chance of this message alone.</param>
    internal TimeSpan Of(TimeSpan usual, SeededRandom chance) => _draw(usual, chance);
}
