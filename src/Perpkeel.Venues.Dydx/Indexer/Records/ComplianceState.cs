using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What an address may do.</summary>
public sealed record ComplianceState
{
    /// <summary>What it may.</summary>
    public required Named<ComplianceStatus> Status { get; init; }

    /// <summary>Why; null where not told.</summary>
    public Named<ComplianceReason>? Reason { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal static ComplianceState Read(Fields f) => new()
    {
        Status = f.Named<ComplianceStatus>("status"),
        Reason = f.NamedOr<ComplianceReason>("reason"),
        UpdatedAt = f.TimeOr("updatedAt"),
    };
}
