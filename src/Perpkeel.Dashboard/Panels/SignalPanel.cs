using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;

namespace Perpkeel.Dashboard.Panels;

/// <summary>The scores of every market against the thresholds of the strategy.</summary>
public static class SignalPanel
{
    private const double Neutral = 0.5;

    /// <summary>Every market's scores; where rows are short, the held and the highest.</summary>
    public static PanelView Of(RunSnapshot snapshot) => Of(snapshot, withPrices: false);

    /// <summary>The same with prices, for when there is no room for the markets.</summary>
    internal static PanelView Of(RunSnapshot snapshot, bool withPrices)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new PanelView(
            snapshot, FrameKind.Box, (width, rows) => Draw(snapshot, withPrices, width, rows));
    }

    private static PanelContent Draw(RunSnapshot snapshot, bool withPrices, int width, int rows)
    {
        var (shown, hidden) = Cut.To(
            snapshot.Scores, rows, row => row.Held == Side.None ? -row.Weighted : decimal.MinValue);
        var table = ColumnTable.Draw(Columns(snapshot, shown, withPrices), shown.Length, width);
        return table with
        {
            Rows = Cut.WithRest(table.Rows, hidden),
            Legend = TextLine.Of(
                $"┼ exit below {Figures.Points(snapshot.ExitScore)}, "
                + $"enter from {Figures.Points(snapshot.EnterScore)}, "
                + string.Create(CultureInfo.InvariantCulture, $"{snapshot.Confirmations} in a row"),
                Palette.Quiet),
        };
    }

    private static IEnumerable<Column> Columns(
        RunSnapshot snapshot, ImmutableArray<ScoreRow> rows, bool withPrices)
    {
        yield return Column.Names("Signals", rows.Select(row => row.Market.ToString()), 9, Palette.Strong);
        if (withPrices)
        {
            var known = rows
                .Select(row => snapshot.Markets.FirstOrDefault(one => one.Market == row.Market))
                .ToImmutableArray();
            yield return MarketPanel.Last(5, known);
            yield return MarketPanel.Change(6, known);
        }

        yield return Weighted(snapshot, rows);
        yield return Column.Of("Streak", 1, [.. rows.Select(row => Streak(snapshot, row))]);
        yield return Score("Momentum", 2, row => rows[row].Momentum, Neutral);
        yield return Score("Volume", 3, row => rows[row].Volume);
        yield return Score("Volatility", 4, row => rows[row].Volatility);
        yield return Column.Of("Held", 0, [.. rows.Select(Held)], 5) with { IsLeft = true };
    }

    private static Column Weighted(RunSnapshot snapshot, ImmutableArray<ScoreRow> rows)
    {
        var (exit, enter) = (snapshot.ExitScore, snapshot.EnterScore);
        var heading = $"Score {Figures.Points(exit)}┼{Figures.Points(enter)}";
        return Column.Drawn(heading, 0, 15, 50, (row, width) =>
            TextLine.Of(Figures.Tenths(rows[row].Weighted)).Right(5)
            + TextLine.Spaces(1)
            + Bars.Scale(
                (double)rows[row].Weighted / 100d, width - 6, Tone(snapshot, rows[row]),
                (double)exit / 100d, (double)enter / 100d)) with
        {
            LongHeading = $"Score  exit {Figures.Points(exit)} ┼ enter {Figures.Points(enter)}",
        };
    }

    private static Column Score(
        string heading, int rank, Func<int, decimal> score, params double[] marks) =>
        Column.Drawn(heading, rank, 8, 16, (row, width) =>
            TextLine.Of(Figures.Points(score(row))).Right(3)
            + TextLine.Spaces(1)
            + Bars.Scale((double)score(row) / 100d, width - 4, Palette.Accent, marks));

    private static Style Tone(RunSnapshot snapshot, ScoreRow row) =>
        row.Weighted >= snapshot.EnterScore ? Palette.Up
        : row.Weighted < snapshot.ExitScore ? Palette.Quiet
        : Palette.Notice;

    private static TextLine Streak(RunSnapshot snapshot, ScoreRow row) => TextLine.Of(
        string.Create(CultureInfo.InvariantCulture, $"{row.Streak}/{snapshot.Confirmations}"),
        row.Streak >= snapshot.Confirmations ? Palette.Up : Palette.Plain);

    private static TextLine Held(ScoreRow row) => TextLine.Of(
        Figures.Held(row.Held),
        row.Held switch { Side.Buy => Palette.Up, Side.Sell => Palette.Down, _ => Palette.Quiet });
}
