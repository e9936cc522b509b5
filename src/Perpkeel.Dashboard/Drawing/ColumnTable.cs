namespace Perpkeel.Dashboard.Drawing;

/// <summary>Fits columns into a width: drops, shrinks, then stretches and spreads them.</summary>
internal static class ColumnTable
{
    /// <summary>Wider gaps than this lose the eye on its way along a row.</summary>
    private const int WidestGap = 7;

    public static PanelContent Draw(IEnumerable<Column> columns, int rows, int width)
    {
        var kept = Drop([.. columns], width);
        var widths = Shrink(kept, width);
        var slack = width - widths.Sum() - (2 * (kept.Count - 1));
        slack = slack >= 0 ? Stretch(kept, widths, slack) : slack;
        var gaps = Gaps(kept.Count - 1, slack);
        return new PanelContent
        {
            Heading = Row(kept.Select((column, i) => Head(column, widths[i], i == 0)), gaps),
            Rows =
            [
                .. Enumerable.Range(0, rows).Select(row => Row(
                    kept.Select((column, i) => Align(column, column.Cell(row, widths[i]), widths[i])), gaps)),
            ],
        };
    }

    private static TextLine Row(IEnumerable<TextLine> cells, TextLine[] gaps)
    {
        var row = TextLine.Empty;
        var i = 0;
        foreach (var cell in cells)
            row = i++ == 0 ? cell : row + gaps[i - 2] + cell;
        return row;
    }

    /// <summary>Two spaces each, and the slack: evenly, what is left from the left.</summary>
    private static TextLine[] Gaps(int count, int slack) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var share = Math.DivRem(slack, count, out var left);
            var gap = 2 + share + (i < left ? 1 : 0) - (i >= count + left ? 1 : 0);
            return TextLine.Spaces(Math.Clamp(gap, 1, WidestGap));
        }),
    ];

    private static List<Column> Drop(List<Column> columns, int width)
    {
        while (columns.Sum(column => column.Width) + columns.Count - 1 > width)
        {
            var rank = columns.Max(column => column.Rank);
            if (rank == 0) break;
            columns.RemoveAll(column => column.Rank == rank);
        }

        return columns;
    }

    private static int[] Shrink(List<Column> columns, int width)
    {
        var widths = columns.Select(column => column.Width).ToArray();
        var over = widths.Sum() + columns.Count - 1 - width;
        for (var i = 0; i < widths.Length && over > 0; i++)
        {
            var less = Math.Min(over, widths[i] - columns[i].Least);
            widths[i] -= less;
            over -= less;
        }

        return widths;
    }

    private static int Stretch(List<Column> columns, int[] widths, int slack)
    {
        var elastic = Enumerable.Range(0, widths.Length)
            .Where(i => columns[i].Most > columns[i].Width)
            .ToArray();
        while (slack > 0 && Array.Exists(elastic, i => widths[i] < columns[i].Most))
        {
            foreach (var i in elastic.Where(i => widths[i] < columns[i].Most).Take(slack).ToArray())
            {
                widths[i]++;
                slack--;
            }
        }

        return slack;
    }

    private static TextLine Head(Column column, int width, bool isTitle)
    {
        var text = column.LongHeading.Length > 0 && column.LongHeading.Length <= width
            ? column.LongHeading
            : column.Heading;
        return Align(column, TextLine.Of(text, isTitle ? Palette.Title : Palette.Quiet), width);
    }

    private static TextLine Align(Column column, TextLine cell, int width) =>
        column.IsLeft ? cell.Left(width) : cell.Right(width);
}
