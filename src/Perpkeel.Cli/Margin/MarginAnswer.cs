using System.Text.Json.Serialization;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>Everything about one position, for programs: amounts are exact texts, counts numbers.</summary>
internal sealed record MarginAnswer
{
    /// <summary>The venue's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Version of the tiers: source, day and the beginning of the table's hash.</summary>
    public required string Tiers { get; init; }

    /// <summary>What amounts are in.</summary>
    public required string QuoteAsset { get; init; }

    /// <summary>Long or short.</summary>
    public required string Side { get; init; }

    /// <summary>Base units without a sign.</summary>
    public required string Size { get; init; }

    /// <summary>Average entry price.</summary>
    public required string EntryPrice { get; init; }

    /// <summary>Mark price.</summary>
    public required string MarkPrice { get; init; }

    /// <summary>The leverage chosen.</summary>
    public required string Leverage { get; init; }

    /// <summary>Isolated or cross.</summary>
    public required string Mode { get; init; }

    /// <summary>Isolated wallet, or balance of the cross wallet.</summary>
    public required string Wallet { get; init; }

    /// <summary>Maintenance margin of other cross positions.</summary>
    public required string OtherMaintenance { get; init; }

    /// <summary>Unrealised profit of other cross positions.</summary>
    public required string OtherUnrealizedPnl { get; init; }

    /// <summary>Notional at the mark price.</summary>
    public required string Notional { get; init; }

    /// <summary>The tier of the notional, from 1.</summary>
    public required int Tier { get; init; }

    /// <summary>Whether the notional lies beyond the table.</summary>
    public required bool IsBeyondLastCap { get; init; }

    /// <summary>That tier's rate as a fraction.</summary>
    public required string Rate { get; init; }

    /// <summary>That tier's maintenance amount.</summary>
    public required string Amount { get; init; }

    /// <summary>Maintenance margin.</summary>
    public required string Maintenance { get; init; }

    /// <summary>Maintenance margin with that of other cross positions.</summary>
    public required string TotalMaintenance { get; init; }

    /// <summary>Initial margin at the mark price.</summary>
    public required string Initial { get; init; }

    /// <summary>Unrealised profit.</summary>
    public required string UnrealizedPnl { get; init; }

    /// <summary>Wallet and unrealised profit together.</summary>
    public required string MarginBalance { get; init; }

    /// <summary>Maintenance over balance as a fraction; null is infinite.</summary>
    public required string? MarginRatio { get; init; }

    /// <summary>Healthy, warning, danger or liquidatable.</summary>
    public required string Health { get; init; }

    /// <summary>Whether there is a liquidation price: at-price, never, always, beyond-range.</summary>
    public required string Liquidation { get; init; }

    /// <summary>The price, exact to the last digit of a decimal; null without one.</summary>
    public required string? LiquidationPrice { get; init; }

    /// <summary>The same cut off at eight places, as the exchange shows it.</summary>
    public required string? LiquidationPriceShown { get; init; }

    /// <summary>The same rounded toward the mark price, for alerts.</summary>
    public required string? LiquidationPriceAlert { get; init; }

    /// <summary>The tier of the notional there; 0 without one.</summary>
    public required int LiquidationTier { get; init; }

    /// <summary>How far the price is from the mark price, as a fraction of it, negative below.</summary>
    public required string? LiquidationDistance { get; init; }

    /// <summary>Price at which nothing is left; null without one above zero.</summary>
    public required string? BankruptcyPrice { get; init; }

    /// <summary>Greatest leverage of the tier.</summary>
    public required string MaxLeverage { get; init; }

    /// <summary>Largest notional at the leverage chosen.</summary>
    public required string MaxNotional { get; init; }

    /// <summary>Whether an order for the position would keep the tiers' limits.</summary>
    public required bool IsWithinLimits { get; init; }

    /// <summary>What was assumed beyond what was typed.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The answer for a position.</summary>
    public static MarginAnswer Of(
        TierConfiguration tiers, PositionRequest request, in MarginResult result)
    {
        var position = request.Position;
        var bankruptcy = result.BankruptcyPrice;
        return new MarginAnswer
        {
            Symbol = tiers.Symbol,
            Tiers = tiers.Version,
            QuoteAsset = QuoteOf(tiers),
            Side = PositionWords.SideOf(position),
            Size = Text(Math.Abs(position.Size)),
            EntryPrice = Text(position.EntryPrice),
            MarkPrice = Text(position.MarkPrice),
            Leverage = Text(position.Leverage.Value),
            Mode = PositionWords.ModeOf(position),
            Wallet = Text(position.Collateral.Wallet),
            OtherMaintenance = Text(position.Collateral.OtherMaintenance),
            OtherUnrealizedPnl = Text(position.Collateral.OtherUnrealizedPnl),
            Notional = Text(result.Notional),
            Tier = result.Tier,
            IsBeyondLastCap = result.IsBeyondLastCap,
            Rate = Text(result.Rate),
            Amount = Text(result.Amount),
            Maintenance = Text(result.Maintenance),
            TotalMaintenance = Text(result.TotalMaintenance),
            Initial = Text(result.Initial),
            UnrealizedPnl = Text(result.UnrealizedPnl),
            MarginBalance = Text(result.MarginBalance),
            MarginRatio = TextOrNull(result.MarginRatio),
            Health = PositionWords.Of(TieredHealth.Of(result.TotalMaintenance, result.MarginBalance)),
            Liquidation = PositionWords.Of(result.Liquidation),
            LiquidationPrice = TextOrNull(result.LiquidationPrice),
            LiquidationPriceShown = result.LiquidationPrice is { } shown
                ? Text(MarginRounding.Shown(shown)) : null,
            LiquidationPriceAlert = result.LiquidationPrice is { } alert
                ? Text(MarginRounding.Alert(alert, position.Side)) : null,
            LiquidationTier = result.LiquidationTier,
            LiquidationDistance = TextOrNull(
                PositionWords.Distance(result.LiquidationPrice, position.MarkPrice)),
            BankruptcyPrice = bankruptcy > 0m ? TextOrNull(bankruptcy) : null,
            MaxLeverage = Text(result.MaxLeverage.Value),
            MaxNotional = Text(result.MaxNotional),
            IsWithinLimits = PositionWords.IsWithinLimits(result),
            Remarks = request.Remarks,
        };
    }

    private static string QuoteOf(TierConfiguration tiers) => Margin.QuoteAsset.Of(tiers);

    private static string Text(decimal value) => Decimals.Text(value);

    private static string? TextOrNull(decimal? value) => value is { } known ? Decimals.Text(known) : null;
}

/// <summary>The generated serializers of the margin verbs' answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MarginAnswer))]
[JsonSerializable(typeof(HedgeAnswer))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(TiersAnswer))]
[JsonSerializable(typeof(SymbolsAnswer))]
[JsonSerializable(typeof(CompareAnswer))]
[JsonSerializable(typeof(CompareBooksAnswer))]
[JsonSerializable(typeof(ValidateAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
internal sealed partial class MarginJson : JsonSerializerContext;
