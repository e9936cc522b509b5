using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>All subaccounts of an address.</summary>
public sealed record IndexerAddress
{
    /// <summary>In the order told.</summary>
    public required ImmutableArray<IndexerSubaccount> Subaccounts { get; init; }

    /// <summary>In the native token.</summary>
    public decimal? TotalTradingRewards { get; init; }

    internal static IndexerAddress Read(Fields f) => new()
    {
        Subaccounts = f.ListOr("subaccounts", IndexerSubaccount.Read),
        TotalTradingRewards = f.DecimalOr("totalTradingRewards"),
    };
}
