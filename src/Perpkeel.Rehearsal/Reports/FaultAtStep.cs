namespace Perpkeel.Rehearsal.Reports;

/// <summary>How often a fault met an account at a step.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Step">The step.</param>
/// <param name="Count">How often.</param>
public sealed record FaultAtStep(string Fault, string Step, long Count);
