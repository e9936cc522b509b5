using System.Diagnostics;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>Two legs of hedge mode on one wallet, in words and for programs.</summary>
internal sealed class HedgeReport(TierConfiguration tiers, PositionRequest request, HedgePosition hedge)
{
    private readonly HedgeResult _result = HedgeCalculator.Calculate(tiers.Table, hedge);

    private MarginCollateral Collateral => hedge.Collateral;

    private Leverage Leverage => request.Position.Leverage;

    private MarginResult Long => LegOf(hedge.LongSize, hedge.LongEntry);

    private MarginResult Short => LegOf(-hedge.ShortSize, hedge.ShortEntry);

    private decimal Notional => _result.LongNotional + _result.ShortNotional;

    private decimal Initial => Long.Initial + Short.Initial;

    private decimal OwnMaintenance => _result.LongMaintenance + _result.ShortMaintenance;

    private string Health =>
        PositionWords.Of(TieredHealth.Of(_result.TotalMaintenance, _result.MarginBalance));

    private TierLimits Limits => TierLimits.Of(tiers.Table, Leverage, Notional);

    /// <summary>Writes it in words.</summary>
    public void Write(TextWriter output)
    {
        var format = QuoteAsset.FormatOf(tiers);
        output.WriteLine(PositionWords.Of(tiers.Symbol, hedge, Leverage, format));
        output.WriteLine();
        NamedRows.Write(
            output,
            [.. Money(format), .. Prices(format), ("limits", $"{Leverage} up to "
                + $"{format.Exactly(Limits.MaxNotional)} of both legs together; tier {Limits.Tier.Number} up "
                + $"to {Limits.Tier.MaxLeverage}"), ("tiers", tiers.Version)]);
        var notes = request.Remarks
            .Concat(Limits.Notes(
                _result.TotalMaintenance >= _result.MarginBalance, "an order for these positions", format))
            .ToList();
        if (notes.Count > 0) output.WriteLine();
        foreach (var note in notes) output.WriteLine($"note: {note}");
    }

    /// <summary>The same for programs.</summary>
    public HedgeAnswer Answer() => new(
        tiers.Symbol, tiers.Version, QuoteAsset.Of(tiers),
        Leg(hedge.LongSize, hedge.LongEntry, Long), Leg(hedge.ShortSize, hedge.ShortEntry, Short),
        Decimals.Text(hedge.MarkPrice), request.IsMarkImplied, Decimals.Text(Leverage.Value),
        PositionWords.ModeOf(request.Position), Decimals.Text(Collateral.Wallet),
        Decimals.Text(Collateral.OtherMaintenance), Decimals.Text(Collateral.OtherUnrealizedPnl),
        Decimals.Text(Notional), Decimals.Text(Initial), Decimals.Text(_result.TotalMaintenance),
        Decimals.Text(_result.UnrealizedPnl), Decimals.Text(_result.MarginBalance),
        _result.MarginRatio is { } ratio ? Decimals.Text(ratio) : null, Health, _result.IsLostEverywhere,
        HedgeBoundAnswer.Of(_result.Lower, hedge.MarkPrice),
        HedgeBoundAnswer.Of(_result.Upper, hedge.MarkPrice),
        _result.Nearest(hedge.MarkPrice) is { } nearest ? Decimals.Text(nearest.Price) : null,
        Decimals.Text(Limits.MaxNotional), Limits.IsKept, request.Remarks);

    private IEnumerable<(string Name, string Value)> Money(MarginFormat format)
    {
        yield return ("long", InWords(Long, format));
        yield return ("short", InWords(Short, format));
        yield return ("notional", $"{format.Requirement(Notional)} together");
        yield return ("maintenance", format.Requirement(OwnMaintenance));
        if (Collateral.OtherMaintenance != 0m)
        {
            yield return ("  with others", format.Requirement(_result.TotalMaintenance));
        }

        yield return ("initial margin", $"{format.Requirement(Initial)} at {Leverage}");
        yield return ("cross wallet", format.Collateral(Collateral.Wallet));
        yield return ("unrealised P&L", format.CollateralChange(_result.UnrealizedPnl));
        if (Collateral.OtherUnrealizedPnl != 0m)
        {
            yield return ("  of others", format.CollateralChange(Collateral.OtherUnrealizedPnl));
        }

        yield return ("margin balance", format.Collateral(_result.MarginBalance));
        yield return ("margin ratio", $"{MarginFormat.RatioUp(_result.MarginRatio)}, {Health}");
    }

    private IEnumerable<(string Name, string Value)> Prices(MarginFormat format)
    {
        if (_result.IsLostEverywhere)
        {
            return [("liquidation", "at every price: what backs the legs is gone")];
        }

        return
        [
            .. Bound("liquidation below", _result.Lower, format),
            .. Bound("liquidation above", _result.Upper, format),
        ];
    }

    private IEnumerable<(string Name, string Value)> Bound(
        string name, HedgeBound? bound, MarginFormat format)
    {
        if (bound is not { } end)
        {
            yield return (name, "no price does it");
            yield break;
        }

        yield return (
            name, $"{format.LiquidationPrice(end.Price, end.Side)}, "
            + $"{PositionWords.DistanceInWords(end.Price, hedge.MarkPrice)}, long in tier {end.LongTier}, "
            + $"short in tier {end.ShortTier}");
        if (PositionWords.ExactRow(end.Price, format) is { } exactly) yield return exactly;
    }

    private static string InWords(in MarginResult leg, MarginFormat format) =>
        $"{format.Requirement(leg.Notional)}, tier {leg.Tier}, maintenance "
        + format.Requirement(leg.Maintenance);

    private static HedgeLegAnswer Leg(decimal size, decimal entry, in MarginResult leg) => new(
        Decimals.Text(size), Decimals.Text(entry), Decimals.Text(leg.Notional), leg.Tier,
        Decimals.Text(leg.Maintenance), Decimals.Text(leg.Initial));

    /// <summary>A leg's own figures; prices and balances are those of both.</summary>
    private MarginResult LegOf(decimal size, decimal entry) =>
        MarginPosition.Create(size, entry, hedge.MarkPrice, Leverage.Value, Collateral)
            .TryGet(out var leg, out var error)
            ? MarginCalculator.Calculate(tiers.Table, leg)
            : throw new UnreachableException(error.Message);
}
