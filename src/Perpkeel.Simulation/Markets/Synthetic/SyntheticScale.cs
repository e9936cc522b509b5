namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>How many synthetic markets there are, and how finely they are told.</summary>
public sealed record SyntheticScale
{
    /// <summary>All six markets, second by second, after a day of past.</summary>
    public static SyntheticScale Usual { get; } = new();

    /// <summary>The first so many of the six.</summary>
    public int Markets { get; init; } = SyntheticProfile.All().Count;

    /// <summary>
    /// Time between two instants, a whole number of seconds that divides an hour. What happens in a usual
    /// second happens in one step: with longer steps there is less of everything in a day, prices move less,
    /// and a day costs less to live through.
    /// </summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How much of a past there is before second 0, a multiple of the step.</summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromDays(1);
}
