using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Matching;

/// <summary>What the venue charges on the value of a fill.</summary>
/// <param name="Taker">For taking; dYdX's first tier is 500 ppm.</param>
/// <param name="Maker">For resting; dYdX's first tier is 100 ppm.</param>
public sealed record VenueFees(Ppm Taker, Ppm Maker)
{
    /// <summary>dYdX's documented first fee tier.</summary>
    public static VenueFees FirstTier { get; } = new(new Ppm(500), new Ppm(100));
}
