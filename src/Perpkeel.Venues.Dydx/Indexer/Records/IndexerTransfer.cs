using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Money that came or went.</summary>
public sealed record IndexerTransfer
{
    /// <summary>Its id; the stream does not tell it.</summary>
    public string? Id { get; init; }

    /// <summary>From where.</summary>
    public required TransferEnd Sender { get; init; }

    /// <summary>Where to.</summary>
    public required TransferEnd Recipient { get; init; }

    /// <summary>How much.</summary>
    public required decimal Size { get; init; }

    /// <summary>Of what.</summary>
    public required string Symbol { get; init; }

    /// <summary>Which way, seen from who asked.</summary>
    public required Named<TransferType> Type { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public required uint CreatedAtHeight { get; init; }

    /// <summary>Its transaction.</summary>
    public required string TransactionHash { get; init; }

    internal static IndexerTransfer Read(Fields f) => new()
    {
        Id = f.TextOr("id"),
        Sender = TransferEnd.Read(f.Object("sender")),
        Recipient = TransferEnd.Read(f.Object("recipient")),
        Size = f.Decimal("size"),
        Symbol = f.Text("symbol"),
        Type = f.Named<TransferType>("type"),
        CreatedAt = f.Time("createdAt"),
        CreatedAtHeight = f.UInt("createdAtHeight"),
        TransactionHash = f.Text("transactionHash"),
    };
}
