using System.Text.Json;
using Perpkeel.Core.Instruments;
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

    private decimal Maintenance =>
        _result.LongMaintenance + _result.ShortMaintenance + request.Position.Collateral.OtherMaintenance;

    private decimal Balance => request.Position.Collateral.Wallet
        + request.Position.Collateral.OtherUnrealizedPnl + _result.UnrealizedPnl;

    private decimal? MarginRatio => Balance > 0m ? Quotient.Of(Maintenance, Balance) : null;

    private IEnumerable<(string Name, string Value)> Rows(MarginFormat format)
    {
        yield return ("long", Leg(hedge.LongSize, _result.LongMaintenance, format));
        yield return ("short", Leg(hedge.ShortSize, _result.ShortMaintenance, format));
        yield return ("maintenance", $"{format.Requirement(Maintenance)}, others included");
        yield return ("cross wallet", format.Collateral(request.Position.Collateral.Wallet));
        yield return ("unrealised P&L", format.CollateralChange(_result.UnrealizedPnl));
        yield return ("margin balance", format.Collateral(Balance));
        yield return ("margin ratio", $"{MarginFormat.RatioUp(MarginRatio)}, "
            + PositionWords.Of(TieredHealth.Of(Maintenance, Balance)));
        if (_result.IsLostEverywhere)
        {
            yield return ("liquidation", "at every price: what backs the legs is gone");
        }
        else
        {
            yield return ("liquidation below", Bound(_result.Lower, Side.Buy));
            yield return ("liquidation above", Bound(_result.Upper, Side.Sell));
        }

        yield return ("tiers", tiers.Version);
    }

    private string Leg(decimal size, decimal maintenance, MarginFormat format)
    {
        var notional = size * hedge.MarkPrice;
        return $"{format.Requirement(notional)}, tier {tiers.Table.TierFor(notional).Tier.Number}, "
            + $"maintenance {format.Requirement(maintenance)}";
    }

    private string Bound(HedgeBound? bound, Side side) => bound is { } end
        ? $"{Decimals.Text(MarginRounding.Alert(end.Price, side))}, "
            + $"{PositionWords.DistanceInWords(end.Price, hedge.MarkPrice)}, long in tier {end.LongTier}, "
            + $"short in tier {end.ShortTier}"
        : "no price does it";

    /// <summary>The same for programs.</summary>
    public HedgeAnswer Answer() => new(
        tiers.Symbol, tiers.Version, QuoteAsset.Of(tiers),
        Decimals.Text(hedge.LongSize), Decimals.Text(hedge.LongEntry), Decimals.Text(_result.LongMaintenance),
        Decimals.Text(hedge.ShortSize), Decimals.Text(hedge.ShortEntry),
        Decimals.Text(_result.ShortMaintenance), Decimals.Text(hedge.MarkPrice),
        Decimals.Text(request.Position.Collateral.Wallet), Decimals.Text(Maintenance),
        Decimals.Text(_result.UnrealizedPnl), Decimals.Text(Balance),
        MarginRatio is { } ratio ? Decimals.Text(ratio) : null,
        PositionWords.Of(TieredHealth.Of(Maintenance, Balance)), _result.IsLostEverywhere,
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
