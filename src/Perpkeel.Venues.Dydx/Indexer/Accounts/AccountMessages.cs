using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>The first picture of an account. One that does not exist yet is empty and no fault.</summary>
internal sealed record AccountPicture
{
    public required ImmutableArray<IndexerSubaccount> Subaccounts { get; init; }

    public required ImmutableArray<IndexerOrder> Orders { get; init; }

    public required uint? Height { get; init; }

    public static AccountPicture Read(Fields f) => new()
    {
        Subaccounts = Children(f),
        Orders = f.ListOr("orders", IndexerOrder.Read),
        Height = f.UIntOr("blockHeight"),
    };

    private static ImmutableArray<IndexerSubaccount> Children(Fields f)
    {
        if (!f.Has("subaccount")) return [];
        var subaccount = f.Object("subaccount");
        return subaccount.Has("childSubaccounts") || subaccount.Has("parentSubaccountNumber")
            ? subaccount.ListOr("childSubaccounts", IndexerSubaccount.Read)
            : [IndexerSubaccount.Read(subaccount)];
    }
}

/// <summary>What has changed of an account; all of it may be empty.</summary>
internal sealed record AccountUpdate
{
    public ImmutableArray<IndexerPosition> Positions { get; init; } = [];

    public ImmutableArray<IndexerAsset> Assets { get; init; } = [];

    public ImmutableArray<IndexerOrder> Orders { get; init; } = [];

    public ImmutableArray<IndexerFill> Fills { get; init; } = [];

    public ImmutableArray<IndexerTransfer> Transfers { get; init; } = [];

    public TradingReward? Reward { get; init; }

    public uint? Height { get; init; }

    /// <summary>Which subaccount it is about, where the parts do not say.</summary>
    public uint? Subaccount { get; init; }

    public static AccountUpdate Read(Fields f) => new()
    {
        Positions = f.ListOr("perpetualPositions", IndexerPosition.Read),
        Assets = f.ListOr("assetPositions", IndexerAsset.Read),
        Orders = f.ListOr("orders", IndexerOrder.Read),
        Fills = f.ListOr("fills", IndexerFill.Read),

        // One object and no list, although its name is in the plural.
        Transfers = f.Has("transfers") ? [IndexerTransfer.Read(f.Object("transfers"))] : [],
        Reward = f.ObjectOr("tradingReward", TradingReward.Read),
        Height = f.UIntOr("blockHeight"),
    };
}
