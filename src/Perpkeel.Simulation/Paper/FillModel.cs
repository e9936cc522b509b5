using System.Collections.Immutable;

namespace Perpkeel.Simulation.Paper;

/// <summary>
/// Where a resting order of ours stands among those of others at its price, which no recording tells: a
/// model with a name.
/// </summary>
/// <param name="Name">By what it is chosen.</param>
/// <param name="Words">What it does, in a line.</param>
/// <param name="Queue">How the queue moves.</param>
public sealed record FillModel(string Name, string Words, QueueRule Queue)
{
    /// <summary>Cautious: only trades bring us forward.</summary>
    public static FillModel Usual { get; } = new(
        "queue", "behind what was there first; who leaves, leaves from behind", QueueRule.LeaveFromBehind);

    /// <summary>All of them, the usual one first.</summary>
    public static ImmutableArray<FillModel> All { get; } =
    [
        Usual,
        new("share", "behind what was there first; who leaves, leaves from everywhere alike",
            QueueRule.LeaveEvenly),
        new("front", "before all others at its price: the most that can be hoped for", QueueRule.First),
        new("through", "filled only when the market trades beyond its price: the least", QueueRule.Through),
    ];

    /// <summary>The model of a name; null for an unknown one.</summary>
    public static FillModel? Find(string name) => All.FirstOrDefault(
        model => string.Equals(model.Name, name, StringComparison.Ordinal));
}

/// <summary>How the queue at a price moves.</summary>
public enum QueueRule
{
    /// <summary>The last to come is the first to leave.</summary>
    LeaveFromBehind = 0,

    /// <summary>Every order at the price gives the same share.</summary>
    LeaveEvenly,

    /// <summary>Orders of others stand behind ours.</summary>
    First,

    /// <summary>Orders of ours at the price of a trade are passed over.</summary>
    Through,
}
