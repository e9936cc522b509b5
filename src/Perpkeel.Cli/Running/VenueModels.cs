using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Cli.Running;

/// <summary>How the paper venue behaves where no recording tells.</summary>
internal sealed record VenueModels
{
    /// <summary>Where resting orders of ours stand.</summary>
    public FillModel Fill { get; init; } = FillModel.Usual;

    /// <summary>How long messages take.</summary>
    public LatencyModel Latency { get; init; } = LatencyModel.Fixed;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;
}
