using System.Text.Json;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>Two legs of hedge mode on one wallet, in words and for programs.</summary>
internal sealed class HedgeReport(
    Surroundings surroundings, TierConfiguration tiers, PositionRequest request, HedgePosition hedge)
{
    private readonly HedgeResult _result = HedgeCalculator.Calculate(tiers.Table, hedge);

    /// <summary>Writes it.</summary>
    public void Write(bool json)
    {
        if (json)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(Answer(), MarginJson.Default.HedgeAnswer));
            return;
        }

        var format = QuoteAsset.FormatOf(tiers);
        surroundings.Out.WriteLine(
            $"{tiers.Symbol} long {MarginFormat.Size(hedge.LongSize)} at {format.Exactly(hedge.LongEntry)}, "
            + $"short {MarginFormat.Size(hedge.ShortSize)} at {format.Exactly(hedge.ShortEntry)}, cross, "
            + $"mark {format.Exactly(hedge.MarkPrice)}");
        surroundings.Out.WriteLine();
        NamedRows.Write(surroundings.Out, Rows(format));
        foreach (var remark in request.Remarks) surroundings.Out.WriteLine($"\nnote: {remark}");
    }

    private MarginHealth Health => TieredHealth.Of(_result.TotalMaintenance, _result.MarginBalance);

    private IEnumerable<(string Name, string Value)> Rows(MarginFormat format)
    {
        yield return ("long", Leg(_result.LongNotional, _result.LongTier, _result.LongMaintenance, format));
        yield return (
            "short", Leg(_result.ShortNotional, _result.ShortTier, _result.ShortMaintenance, format));
        yield return ("maintenance", $"{format.Requirement(_result.TotalMaintenance)}, others included");
        yield return ("cross wallet", format.Collateral(hedge.Collateral.Wallet));
        yield return ("unrealised P&L", format.CollateralChange(_result.UnrealizedPnl));
        yield return ("margin balance", format.Collateral(_result.MarginBalance));
        yield return (
            "margin ratio", $"{MarginFormat.RatioUp(_result.MarginRatio)}, {PositionWords.Of(Health)}");
        if (_result.IsLostEverywhere)
        {
            yield return ("liquidation", "at every price: what backs the legs is gone");
        }
        else
        {
            yield return ("liquidation below", Bound(_result.Lower));
            yield return ("liquidation above", Bound(_result.Upper));
        }

        yield return ("tiers", tiers.Version);
    }

    private static string Leg(decimal notional, int tier, decimal maintenance, MarginFormat format) =>
        $"{format.Requirement(notional)}, tier {tier}, maintenance {format.Requirement(maintenance)}";

    private string Bound(HedgeBound? bound) => bound is { } end
        ? $"{Decimals.Text(MarginRounding.Alert(end.Price, end.Side))}, "
            + $"{PositionWords.DistanceInWords(end.Price, hedge.MarkPrice)}, long in tier {end.LongTier}, "
            + $"short in tier {end.ShortTier}"
        : "no price does it";

    /// <summary>The same for programs.</summary>
    public HedgeAnswer Answer() => new(
        tiers.Symbol, tiers.Version, QuoteAsset.Of(tiers),
        Decimals.Text(hedge.LongSize), Decimals.Text(hedge.LongEntry), Decimals.Text(_result.LongMaintenance),
        Decimals.Text(hedge.ShortSize), Decimals.Text(hedge.ShortEntry),
        Decimals.Text(_result.ShortMaintenance), Decimals.Text(hedge.MarkPrice),
        Decimals.Text(hedge.Collateral.Wallet), Decimals.Text(_result.TotalMaintenance),
        Decimals.Text(_result.UnrealizedPnl), Decimals.Text(_result.MarginBalance),
        _result.MarginRatio is { } ratio ? Decimals.Text(ratio) : null,
        PositionWords.Of(Health), _result.IsLostEverywhere,
        _result.Lower is { } lower ? Decimals.Text(lower.Price) : null,
        _result.Upper is { } upper ? Decimals.Text(upper.Price) : null,
        _result.Nearest(hedge.MarkPrice) is { } nearest ? Decimals.Text(nearest.Price) : null,
        request.Remarks);
}

/// <summary>Two legs of hedge mode for programs: amounts are exact texts.</summary>
internal sealed record HedgeAnswer(
    string Symbol, string Tiers, string QuoteAsset, string LongSize, string LongEntryPrice,
    string LongMaintenance, string ShortSize, string ShortEntryPrice, string ShortMaintenance,
    string MarkPrice,
    string Wallet, string TotalMaintenance, string UnrealizedPnl, string MarginBalance, string? MarginRatio,
    string Health, bool IsLostEverywhere, string? LowerLiquidationPrice, string? UpperLiquidationPrice,
    string? NearestLiquidationPrice, IReadOnlyList<string> Remarks);
