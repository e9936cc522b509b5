namespace Perpkeel.Runtime.Guards;

/// <summary>When a breaker opens, and for how long.</summary>
public sealed record BreakerRules
{
    /// <summary>Failures in a row after which it opens.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>How long it stays open the first time; doubled each time that the trial fails.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that it stays open.</summary>
    public TimeSpan LongestOpen { get; init; } = TimeSpan.FromMinutes(1);
}
