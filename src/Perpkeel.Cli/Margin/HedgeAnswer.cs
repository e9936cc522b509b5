using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>One leg of hedge mode for programs: amounts are exact texts.</summary>
internal sealed record HedgeLegAnswer(
    string Size, string EntryPrice, string Notional, int Tier, string Maintenance, string Initial);

/// <summary>
/// One end of the prices that a hedge survives, for programs: exact, rounded toward the mark price for
/// alerts, and how far it is as a fraction of the mark price, negative below.
/// </summary>
internal sealed record HedgeBoundAnswer(
    string Price, string PriceAlert, string? Distance, int LongTier, int ShortTier)
{
    /// <summary>The answer for an end; null for none.</summary>
    /// <param name="bound">The end.</param>
    /// <param name="markPrice">Mark price.</param>
    public static HedgeBoundAnswer? Of(HedgeBound? bound, decimal markPrice) => bound is { } end
        ? new HedgeBoundAnswer(
            Decimals.Text(end.Price), Decimals.Text(MarginRounding.Alert(end.Price, end.Side)),
            PositionWords.Distance(end.Price, markPrice) is { } way ? Decimals.Text(way) : null,
            end.LongTier, end.ShortTier)
        : null;
}

/// <summary>Two legs of hedge mode for programs: amounts are exact texts, counts numbers.</summary>
internal sealed record HedgeAnswer(
    string Symbol, string TierVersion, string QuoteAsset, HedgeLegAnswer Long, HedgeLegAnswer Short,
    string MarkPrice, bool IsMarkImplied, string Leverage, string Mode, string Wallet,
    string OtherMaintenance, string OtherUnrealizedPnl, string Notional, string Initial,
    string TotalMaintenance, string UnrealizedPnl, string MarginBalance, string? MarginRatio, string Health,
    bool IsLostEverywhere, HedgeBoundAnswer? Lower, HedgeBoundAnswer? Upper, string? NearestLiquidationPrice,
    string MaxNotional, bool IsWithinLimits, IReadOnlyList<string> Remarks);
