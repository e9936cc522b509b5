using System.Collections.Immutable;
using Spectre.Console;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>A label and its figure, with a bar between them where there is a share.</summary>
internal sealed record Fact(string Label, TextLine Value, double? Share = null, Style? BarStyle = null)
{
    private const int LeastBar = 5;

    private const int MostBar = 24;

    private const int Gap = 3;

    public int Width => Label.Length + 1 + Value.Width + (Share is null ? 0 : LeastBar + 1);

    /// <summary>Facts row by row: in as few columns as the rows allow, else as many as fit.</summary>
    public static ImmutableArray<TextLine> Grid(ImmutableArray<Fact> facts, int width, int rows)
    {
        var most = Enumerable.Range(1, facts.Length)
            .Last(count => count == 1 || Needed(Shown(facts, count, rows), count) <= width);
        var target = Math.Max(RowsOf(facts, most), rows == int.MaxValue ? 0 : rows);
        var columns = RowsOf(facts, most) > rows
            ? most
            : Enumerable.Range(1, most).First(count => RowsOf(facts, count) <= target);

        var shown = Shown(facts, columns, rows);
        var widths = Widths(shown, columns);
        var slack = Math.Max(0, width - Needed(shown, columns));
        var gap = Gap;
        if (columns > 1 && shown.Length <= columns) gap += slack / (columns - 1);
        else for (var i = 0; i < columns; i++) widths[i] += slack / columns + (i < slack % columns ? 1 : 0);

        return
        [
            .. shown.Chunk(columns).Select(row => TextLine.Join(
                TextLine.Spaces(gap), row.Select((fact, i) => fact.Draw(widths[i])))),
        ];
    }

    private static ImmutableArray<Fact> Shown(ImmutableArray<Fact> facts, int columns, int rows) =>
        RowsOf(facts, columns) <= rows ? facts : facts[..(rows * columns)];

    private TextLine Draw(int width)
    {
        var room = Math.Min(MostBar, width - Label.Length - Value.Width - 2);
        var bar = Share is { } share ? Bars.Scale(share, room, BarStyle ?? Palette.Accent) : TextLine.Empty;
        var label = TextLine.Of(Label, Palette.Quiet) + TextLine.Spaces(1) + bar;
        return label.Width + Value.Width < width
            ? label + Value.Right(width - label.Width)
            : (label + Value).Left(width);
    }

    private static int RowsOf(ImmutableArray<Fact> facts, int columns) =>
        (facts.Length + columns - 1) / columns;

    private static int Needed(ImmutableArray<Fact> facts, int columns) =>
        Widths(facts, columns).Sum() + (Gap * (columns - 1));

    private static int[] Widths(ImmutableArray<Fact> facts, int columns) =>
    [
        .. Enumerable.Range(0, columns).Select(column =>
            facts.Where((_, i) => i % columns == column).Select(fact => fact.Width).DefaultIfEmpty().Max()),
    ];
}
