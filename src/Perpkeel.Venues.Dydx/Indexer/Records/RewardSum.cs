using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Rewards of a period.</summary>
public sealed record RewardSum
{
    /// <summary>In the native token.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Its beginning.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its first block.</summary>
    public uint? StartedAtHeight { get; init; }

    /// <summary>Its end; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its last block.</summary>
    public uint? EndedAtHeight { get; init; }

    /// <summary>How long it is.</summary>
    public required Named<RewardPeriod> Period { get; init; }

    internal static RewardSum Read(Fields f) => new()
    {
        Amount = f.Decimal("tradingReward"),
        StartedAt = f.Time("startedAt"),
        StartedAtHeight = f.UIntOr("startedAtHeight"),
        EndedAt = f.TimeOr("endedAt"),
        EndedAtHeight = f.UIntOr("endedAtHeight"),
        Period = f.Named<RewardPeriod>("period"),
    };
}
