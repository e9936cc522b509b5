using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>A subaccount as the Indexer tells it.</summary>
public sealed record IndexerSubaccount
{
    /// <summary>Whose it is.</summary>
    public required string Address { get; init; }

    /// <summary>Its number.</summary>
    public required uint SubaccountNumber { get; init; }

    /// <summary>In USDC at oracle prices, with its sign.</summary>
    public decimal? Equity { get; init; }

    /// <summary>By base margins only, so it may say too much; may be below zero.</summary>
    public decimal? FreeCollateral { get; init; }

    /// <summary>What it holds.</summary>
    public required ImmutableArray<IndexerPosition> OpenPositions { get; init; }

    /// <summary>Its assets.</summary>
    public required ImmutableArray<IndexerAsset> Assets { get; init; }

    /// <summary>Whether it may trade on margin.</summary>
    public bool? MarginEnabled { get; init; }

    /// <summary>The block that changed it last.</summary>
    public uint? UpdatedAtHeight { get; init; }

    /// <summary>The Indexer's own height.</summary>
    public uint? LatestProcessedBlockHeight { get; init; }

    internal static IndexerSubaccount Read(Fields f) => new()
    {
        Address = f.Text("address"),
        SubaccountNumber = f.UInt("subaccountNumber"),
        Equity = f.DecimalOr("equity"),
        FreeCollateral = f.DecimalOr("freeCollateral"),
        OpenPositions = f.MapOr("openPerpetualPositions", (_, one) => IndexerPosition.Read(one)),
        Assets = f.MapOr("assetPositions", (_, one) => IndexerAsset.Read(one)),
        MarginEnabled = f.FlagOr("marginEnabled"),
        UpdatedAtHeight = f.UIntOr("updatedAtHeight"),
        LatestProcessedBlockHeight = f.UIntOr("latestProcessedBlockHeight"),
    };
}
