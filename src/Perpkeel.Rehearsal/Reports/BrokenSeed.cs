using System.Collections.Immutable;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>A seed that broke an invariant.</summary>
/// <param name="Command">What finds it again.</param>
/// <param name="Invariant">Which invariant.</param>
/// <param name="Requirement">The requirement that it stands for.</param>
/// <param name="Account">Whose account.</param>
/// <param name="At">When, in the rehearsal's time.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Before">The last facts, messages and faults before it.</param>
public sealed record BrokenSeed(
    string Command, string Invariant, string Requirement, string Account, DateTimeOffset At, string Message,
    ImmutableArray<string> Before)
{
    internal static BrokenSeed Of(RehearsalResult result) => new(
        result.Command, result.Breach!.Invariant, result.Breach.Requirement,
        result.Breach.Account, result.Breach.At, result.Breach.Message, result.Breach.Before);
}
