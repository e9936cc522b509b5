using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>An amount of an asset.</summary>
public sealed record IndexerAsset
{
    /// <summary>E.g. <c>USDC</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>Held, or owed.</summary>
    public required Named<PositionSide> Side { get; init; }

    /// <summary>Never below zero: the side says which way.</summary>
    public required decimal Size { get; init; }

    /// <summary>Zero is USDC.</summary>
    public required string AssetId { get; init; }

    /// <summary>Whose it is.</summary>
    public uint? SubaccountNumber { get; init; }

    /// <summary>The amount with its sign: what is owed is below zero.</summary>
    public decimal SignedSize => Side.Is(PositionSide.Short) ? -Size : Size;

    internal static IndexerAsset Read(Fields f) => new()
    {
        Symbol = f.TextOr("symbol") ?? f.TextOr("denom") ?? f.Text("symbol"),
        Side = f.Named<PositionSide>("side"),
        Size = f.Decimal("size"),
        AssetId = f.Text("assetId"),
        SubaccountNumber = f.UIntOr("subaccountNumber"),
    };
}
