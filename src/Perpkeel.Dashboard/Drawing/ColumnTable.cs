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
        var gaps = kept.Count - 1;
        var slack = width - widths.Sum() - gaps;
        var gap = 1 + (gaps > 0 && slack >= gaps ? 1 : 0);
        slack -= (gap - 1) * gaps;
        slack = Stretch(kept, widths, slack);
        if (gaps > 0) gap += Math.Min(WidestGap - gap, Math.Max(0, slack) / gaps);

        var between = TextLine.Spaces(gap);
        return new PanelContent
        {
            Heading = TextLine.Join(between, kept.Select((column, i) => Head(column, widths[i], i == 0))),
            Rows =
            [
                .. Enumerable.Range(0, rows).Select(row => TextLine.Join(
                    between, kept.Select((column, i) => Align(column, column.Cell(row, widths[i]), widths[i])))),
            ],
        };
    }

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
        var elastic = Enumerable.Range(0, widths.Length).Where(i => columns[i].Most > columns[i].Width).ToArray();
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
