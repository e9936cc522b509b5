using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>Carries out <c>perpkeel margin calc</c>.</summary>
internal sealed class CalcCommand(Surroundings surroundings)
{
    /// <summary>Reckons and tells; gives the exit code.</summary>
    public int Execute(PositionRequest request, string? tiers, bool json)
    {
        if (!TierChoice.Open(tiers).TryGet(out var book, out var wrong)
            || !TierChoice.Find(book, request.Symbol).TryGet(out var found, out wrong))
        {
            surroundings.Complain(wrong.Lines);
            return ExitCode.Failed;
        }

        if (request.Hedge is { } hedge)
        {
            new HedgeReport(surroundings, found, request, hedge).Write(json);
            return ExitCode.Ok;
        }

        var result = MarginCalculator.Calculate(found.Table, request.Position);
        if (json)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(
                MarginAnswer.Of(found, request, result), MarginJson.Default.MarginAnswer));
        }
        else
        {
            Tell(found, request, result);
        }

        return ExitCode.Ok;
    }

    private void Tell(TierConfiguration tiers, PositionRequest request, MarginResult result)
    {
        var format = QuoteAsset.FormatOf(tiers);
        var position = request.Position;
        surroundings.Out.WriteLine(PositionWords.Of(tiers.Symbol, position, format));
        surroundings.Out.WriteLine();
        NamedRows.Write(
            surroundings.Out,
            [.. Money(tiers, request, result, format), .. Prices(position, result, format),
                .. Bounds(tiers, position, result, format)]);
        var notes = request.Remarks
            .Concat(PositionWords.Limits(tiers.Table, position.Leverage, result, format)).ToList();
        if (notes.Count > 0) surroundings.Out.WriteLine();
        foreach (var note in notes) surroundings.Out.WriteLine($"note: {note}");
    }

    private static IEnumerable<(string Name, string Value)> Money(
        TierConfiguration tiers, PositionRequest request, MarginResult result, MarginFormat format)
    {
        var collateral = request.Position.Collateral;
        var tier = tiers.Table.Tiers[result.Tier - 1];
        yield return ("notional", format.Requirement(result.Notional));
        yield return ("tier", $"{result.Tier} of {tiers.Table.Tiers.Length}, above "
            + $"{format.Exactly(tier.Floor)} up to {format.Exactly(tier.Cap)}");
        yield return ("rate, amount", $"{MarginFormat.Rate(result.Rate)}, {format.Exactly(result.Amount)}");
        yield return ("maintenance", format.Requirement(result.Maintenance));
        if (collateral.OtherMaintenance != 0m)
        {
            yield return ("  with others", format.Requirement(result.TotalMaintenance));
        }

        yield return (
            "initial margin", $"{format.Requirement(result.Initial)} at {request.Position.Leverage}");
        yield return (
            collateral.Mode == MarginMode.Cross ? "cross wallet" : "wallet",
            format.Collateral(collateral.Wallet)
            + (request.IsWalletImplied ? ", the initial margin at entry" : ""));
        yield return ("unrealised P&L", format.CollateralChange(result.UnrealizedPnl));
        if (collateral.OtherUnrealizedPnl != 0m)
        {
            yield return ("  of others", format.CollateralChange(collateral.OtherUnrealizedPnl));
        }

        yield return ("margin balance", format.Collateral(result.MarginBalance));
        var health = TieredHealth.Of(result.TotalMaintenance, result.MarginBalance);
        yield return ("margin ratio",
            $"{MarginFormat.RatioUp(result.MarginRatio)}, {PositionWords.Of(health)}");
    }

    private static IEnumerable<(string Name, string Value)> Prices(
        MarginPosition position, MarginResult result, MarginFormat format)
    {
        if (result.LiquidationPrice is { } price)
        {
            yield return ("liquidation", $"{Decimals.Text(price)}");
            yield return ("  as shown",
                $"{Decimals.Text(MarginRounding.Shown(price))}, cut off as the exchange does it");
            yield return ("  for alerts", $"{format.LiquidationPrice(price, position.Size)}, rounded "
                + (position.Size > 0m ? "up" : "down"));
            yield return ("  where", $"{PositionWords.DistanceInWords(price, position.MarkPrice)}, in tier "
                + $"{result.LiquidationTier}");
        }
        else
        {
            yield return ("liquidation", result.Liquidation switch
            {
                LiquidationKind.Never => "none: the margin balance lasts down to a price of zero",
                LiquidationKind.Always => "at every price: what backs this short is gone",
                _ => "at a price with more digits than can be shown",
            });
        }

        yield return ("bankruptcy", result.BankruptcyPrice is { } bankrupt and > 0m
            ? $"{format.LiquidationPrice(bankrupt, position.Size)}, "
                + PositionWords.DistanceInWords(bankrupt, position.MarkPrice)
            : "none above zero");
    }

    private static IEnumerable<(string Name, string Value)> Bounds(
        TierConfiguration tiers, MarginPosition position, MarginResult result, MarginFormat format)
    {
        yield return ("limits", $"{position.Leverage} up to {format.Exactly(result.MaxNotional)}; tier "
            + $"{result.Tier} up to {result.MaxLeverage}");
        var next = NextThreshold.Of(tiers.Table, position.Size, position.MarkPrice);
        if (next.Up is { } up)
        {
            yield return (up.Tier is null ? "end of table" : "next tier",
                $"above {format.Exactly(up.Boundary)}: {format.Collateral(up.Notional)} more, or a mark "
                + $"price of {format.PriceDown(up.Price)}");
        }

        yield return ("tiers", tiers.Version);
    }
}
