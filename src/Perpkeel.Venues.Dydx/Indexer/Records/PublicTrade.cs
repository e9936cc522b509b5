using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>A trade of others, or of ours, as everybody is told.</summary>
public sealed record PublicTrade
{
    /// <summary>Its event, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Which side took.</summary>
    public required Named<OrderSide> Side { get; init; }

    /// <summary>In base units.</summary>
    public required decimal Size { get; init; }

    /// <summary>In USDC; off the grid where accounts were deleveraged.</summary>
    public required decimal Price { get; init; }

    /// <summary>How it came about; null where not told.</summary>
    public Named<TradeType>? Type { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which block; the stream does not tell.</summary>
    public uint? CreatedAtHeight { get; init; }

    internal static PublicTrade Read(Fields f) => new()
    {
        Id = f.Text("id"),
        Side = f.Named<OrderSide>("side"),
        Size = f.Decimal("size"),
        Price = f.NotNegative("price"),
        Type = f.NamedOr<TradeType>("type"),
        CreatedAt = f.Time("createdAt"),
        CreatedAtHeight = f.UIntOr("createdAtHeight"),
    };
}
