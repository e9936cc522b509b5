using Perpkeel.Rehearsal.Plans;

namespace Perpkeel.Cli.Simulating;

/// <summary>What <c>perpkeel simulate</c> was asked for.</summary>
internal sealed record SimulateOptions
{
    /// <summary>The plan; its seed is the first.</summary>
    public required RehearsalPlan Plan { get; init; }

    /// <summary>The last seed.</summary>
    public required ulong Last { get; init; }

    /// <summary>Seeds at one time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether what is broken is made smaller.</summary>
    public bool IsShrunk { get; init; }

    /// <summary>Whether each seed is lived through twice.</summary>
    public bool IsTwice { get; init; }

    /// <summary>Whether each user is lived through alone as well.</summary>
    public bool IsApart { get; init; }

    /// <summary>Whether no further seed is begun after a broken one.</summary>
    public bool EndsWhenBroken { get; init; }

    /// <summary>Whether everything is told.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Where the report goes; null for nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Whether the report is told as JSON.</summary>
    public bool Json { get; init; }
}
