using System.Collections.Immutable;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;

namespace Perpkeel.Dashboard.Panels;

/// <summary>Prices, spreads, change, funding and the age of every market, with its last minutes.</summary>
public static class MarketPanel
{
    private const string Signed = "+#,0.00;-#,0.00;0.00";

    /// <summary>Every market; where rows are short, the held ones first.</summary>
    public static PanelView Of(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new PanelView(snapshot, FrameKind.Box, (width, rows) => Draw(snapshot, width, rows));
    }

    /// <summary>The last price of each of some markets.</summary>
    internal static Column Last(int rank, IEnumerable<MarketRow?> rows) => Column.Of(
        "Last",
        rank,
        [.. rows.Select(row => TextLine.Of(row is null ? Figures.None : Known(row, row.Last)))],
        8);

    /// <summary>The change of each of some markets, in percent.</summary>
    internal static Column Change(int rank, IEnumerable<MarketRow?> rows) => Column.Of(
        "Change %",
        rank,
        [.. rows.Select(row => TextLine.Of(Figures.Percent(row?.Change, Signed), Trend(row?.Change)))]);

    private static PanelContent Draw(RunSnapshot snapshot, int width, int rows)
    {
        var held = snapshot.Positions.Select(position => position.Market).ToHashSet();
        var (shown, hidden) = Cut.To(snapshot.Markets, rows, row => held.Contains(row.Market) ? 0m : 1m);
        var table = ColumnTable.Draw(Columns(shown), shown.Length, width);
        return table with { Rows = Cut.WithRest(table.Rows, hidden) };
    }

    private static IEnumerable<Column> Columns(ImmutableArray<MarketRow> rows)
    {
        ImmutableArray<TextLine> Cells(Func<MarketRow, TextLine> cell) => [.. rows.Select(cell)];

        yield return Column.Names("Markets", rows.Select(row => row.Market.ToString()), 9, Palette.Strong);
        yield return Last(0, rows);
        yield return Change(1, rows);
        yield return Column.Of("Bid", 7, Cells(row => TextLine.Of(Known(row, row.Bid))), 8);
        yield return Column.Of("Ask", 7, Cells(row => TextLine.Of(Known(row, row.Ask))), 8);
        yield return Column.Of("Spread bps", 2, Cells(row => TextLine.Of(Figures.Bps(row.SpreadBps))));
        yield return Column.Of("Oracle", 6, Cells(row => TextLine.Of(Known(row, row.Oracle))), 8);
        yield return Column.Of("Funding %/h", 4, Cells(row => TextLine.Of(
            Figures.Percent(row.FundingRate, "+0.00000;-0.00000;0.00000"))));
        yield return Column.Of("Age", 3, Cells(row => TextLine.Of(Figures.Age(row.AgeMs))), 6);
        yield return Column.Drawn("Last minutes", 5, 12, 60, (row, width) => Bars.Sparkline(
            rows[row].Sparkline, width, Trend(rows[row].Change)));
    }

    /// <summary>A price of zero has not been seen yet.</summary>
    private static string Known(MarketRow row, Core.Numbers.Price price) =>
        price.Value == 0m ? Figures.None : Figures.Price(price, row.PriceDecimals);

    private static Style Trend(decimal? change) => Palette.OfSign(change ?? 0m);
}
