using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Funding that a position paid or received.</summary>
public sealed record FundingPayment
{
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which block.</summary>
    public required uint CreatedAtHeight { get; init; }

    /// <summary>The market's number among perpetuals.</summary>
    public required string PerpetualId { get; init; }

    /// <summary>The market.</summary>
    public required string Ticker { get; init; }

    /// <summary>The mark.</summary>
    public required decimal OraclePrice { get; init; }

    /// <summary>The position.</summary>
    public required decimal Size { get; init; }

    /// <summary>Its side.</summary>
    public required Named<PositionSide> Side { get; init; }

    /// <summary>For one hour.</summary>
    public required decimal Rate { get; init; }

    /// <summary>In USDC, with the sign as told.</summary>
    public required decimal Payment { get; init; }

    /// <summary>Whose it is.</summary>
    public uint? SubaccountNumber { get; init; }

    /// <summary>The chain's index.</summary>
    public decimal? FundingIndex { get; init; }

    internal static FundingPayment Read(Fields f) => new()
    {
        CreatedAt = f.Time("createdAt"),
        CreatedAtHeight = f.UInt("createdAtHeight"),
        PerpetualId = f.Text("perpetualId"),
        Ticker = f.Text("ticker"),
        OraclePrice = f.NotNegative("oraclePrice"),
        Size = f.Decimal("size"),
        Side = f.Named<PositionSide>("side"),
        Rate = f.Decimal("rate"),
        Payment = f.Decimal("payment"),
        SubaccountNumber = f.UIntOr("subaccountNumber"),
        FundingIndex = f.DecimalOr("fundingIndex"),
    };
}
