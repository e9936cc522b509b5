using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Panels;

/// <summary>Positions with their stop, its protection, the target and the distance to liquidation.</summary>
public static class PositionPanel
{
    /// <summary>Closer than this fraction of the mark, liquidation is near.</summary>
    private const decimal NearLiquidation = 0.05m;

    /// <summary>All positions and planned entries; where rows are short, the most endangered.</summary>
    public static PanelView Of(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new PanelView(snapshot, FrameKind.Box, (width, rows) => Draw(snapshot.Positions, width, rows));
    }

    private static PanelContent Draw(ImmutableArray<PositionRow> positions, int width, int rows)
    {
        if (positions.IsEmpty)
            return new PanelContent
            {
                Heading = TextLine.Of("Positions", Palette.Title),
                Rows = [TextLine.Of("No open positions, no planned entries.", Palette.Quiet)],
            };

        var (shown, hidden) = Cut.To(positions, rows, Danger);
        var table = ColumnTable.Draw(Columns(shown), shown.Length, width);
        return table with
        {
            Rows = Cut.WithRest(table.Rows, hidden),
            Legend = TextLine.Of("stop ✓ stands at the venue, ! not yet", Palette.Quiet),
        };
    }

    private static decimal Danger(PositionRow position) =>
        position.IsProtected || position.Size.IsZero ? position.LiquidationDistance ?? decimal.MaxValue : -1m;

    private static IEnumerable<Column> Columns(ImmutableArray<PositionRow> rows)
    {
        ImmutableArray<TextLine> Cells(Func<PositionRow, TextLine> cell) => [.. rows.Select(cell)];

        yield return Column.Names(
            "Positions", rows.Select(row => row.Market.ToString()), least: 9, Palette.Strong);
        yield return Column.Of("Side", 0, Cells(Held), 5) with { IsLeft = true };
        yield return Column.Of("Size", 5, Cells(row => TextLine.Of(
            row.Size.IsZero ? row.Status : Figures.Size(row.Size))), 7);
        yield return Column.Of("Entry", 6, Cells(row => TextLine.Of(
            Figures.Price(row.Entry, row.PriceDecimals))), 7);
        yield return Column.Of("Mark", 4, Cells(row => TextLine.Of(
            Figures.Price(row.Mark, row.PriceDecimals))), 7);
        yield return Column.Of("P&L", 1, Cells(row => TextLine.Of(
            Figures.Gain(row.Pnl), Palette.OfSign(row.Pnl.Value))), 9);
        yield return Column.Of("Stop  ", 0, Cells(Stop), 9);
        yield return Column.Of("Target", 7, Cells(row => TextLine.Of(
            Figures.Price(row.Target, row.PriceDecimals))), 7);
        yield return Column.Of("Liq. price", 3, Cells(row => TextLine.Of(
            row.Liquidation is null ? "none" : Figures.Price(row.Liquidation, row.PriceDecimals),
            row.Liquidation is null ? Palette.Quiet : Palette.Plain)), 8);
        yield return Column.Of("Away %", 2, Cells(Distance));
        yield return Column.Of("Status", 8, Cells(row => TextLine.Of(row.Status, Palette.Quiet))) with
        {
            IsLeft = true,
        };
    }

    private static TextLine Held(PositionRow row) => TextLine.Of(
        Figures.Held(row.Side), row.Side == Side.Sell ? Palette.Down : Palette.Up);

    private static TextLine Stop(PositionRow row)
    {
        var price = TextLine.Of(Figures.Price(row.Stop, row.PriceDecimals));
        return row.IsProtected ? price + TextLine.Of(" ✓", Palette.Up)
            : row.Size.IsZero ? price + TextLine.Of("  ")
            : price + TextLine.Of(" ") + TextLine.Of("!", Palette.Alarm);
    }

    private static TextLine Distance(PositionRow row) => TextLine.Of(
        Figures.Percent(row.LiquidationDistance),
        row.LiquidationDistance < NearLiquidation ? Palette.Down : Palette.Plain);
}
