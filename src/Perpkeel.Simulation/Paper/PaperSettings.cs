using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Simulation.Paper.Post;

namespace Perpkeel.Simulation.Paper;

/// <summary>What the venue charges on the value of a fill.</summary>
/// <param name="Taker">For taking; dYdX's first tier is 500 ppm.</param>
/// <param name="Maker">For resting; dYdX's first tier is 100 ppm.</param>
public sealed record VenueFees(Ppm Taker, Ppm Maker)
{
    /// <summary>dYdX's documented first fee tier; with it the further tiers by volume apply too.</summary>
    public static VenueFees FirstTier { get; } = new(new Ppm(500), new Ppm(100));
}

/// <summary>What a paper venue is made with. It stays as it was made.</summary>
public sealed record PaperSettings
{
    /// <summary>Where block times, latencies and the chain's own choices come from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fees.</summary>
    public VenueFees Fees { get; init; } = VenueFees.FirstTier;

    /// <summary>Time that a message usually takes, each way.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How much longer or shorter it may take.</summary>
    public LatencyModel LatencyModel { get; init; } = LatencyModel.Fixed;

    /// <summary>How far the Indexer usually is behind its node.</summary>
    public TimeSpan IndexerLag { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Where resting orders of ours stand in the queue.</summary>
    public FillModel FillModel { get; init; } = FillModel.Usual;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>When nothing goes wrong any more; null for never.</summary>
    public DateTimeOffset? FaultsUntil { get; init; }

    /// <summary>What the paper account is given at second 0.</summary>
    public Usd Deposit { get; init; } = new(10_000m);

    /// <summary>The settings as the venue's journal keeps them.</summary>
    internal VenueMade ToRecord() => new()
    {
        Seed = Seed,
        TakerPpm = Fees.Taker.Value,
        MakerPpm = Fees.Maker.Value,
        LatencyMs = (long)Latency.TotalMilliseconds,
        LatencyModel = LatencyModel.Name,
        IndexerLagMs = (long)IndexerLag.TotalMilliseconds,
        FillModel = FillModel.Name,
        Deposit = Deposit.Value,
        Faults = Faults.ToString(),
        FaultsUntil = FaultsUntil,
    };
}
