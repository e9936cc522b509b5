using System.Collections.Immutable;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>What must always hold did not.</summary>
public sealed record Breach
{
    /// <summary>Stable name of the invariant.</summary>
    public required string Invariant { get; init; }

    /// <summary>The requirement that it stands for.</summary>
    public required string Requirement { get; init; }

    /// <summary>Whose account.</summary>
    public required string Account { get; init; }

    /// <summary>When, in the rehearsal's time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The account's last fact then.</summary>
    public required long Fact { get; init; }

    /// <summary>What is wrong, with the numbers.</summary>
    public required string Message { get; init; }

    /// <summary>The flag beside the plan's that it takes to find it again; empty for none.</summary>
    public string Flag { get; init; } = string.Empty;

    /// <summary>The last facts, messages and faults before it, oldest first.</summary>
    public required ImmutableArray<string> Before { get; init; }
}
