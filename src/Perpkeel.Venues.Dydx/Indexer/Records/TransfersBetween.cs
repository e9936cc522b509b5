using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Transfers between two subaccounts.</summary>
public sealed record TransfersBetween
{
    /// <summary>The latest ones.</summary>
    public required ImmutableArray<IndexerTransfer> Transfers { get; init; }

    /// <summary>Over all time, in USDC.</summary>
    public decimal? TotalNetTransfers { get; init; }

    internal static TransfersBetween Read(Fields f) => new()
    {
        Transfers = f.ListOr("transfersSubset", IndexerTransfer.Read),
        TotalNetTransfers = f.DecimalOr("totalNetTransfers"),
    };
}
