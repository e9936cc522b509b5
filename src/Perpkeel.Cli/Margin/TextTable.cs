using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Perpkeel.Cli.Margin;

/// <summary>
/// A table for people: with a frame in a terminal, in plain columns where the output goes elsewhere.
/// </summary>
/// <param name="columns">Headings; those that begin with &lt; are of texts, others of numbers.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<(bool IsMarked, string[] Cells)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="isMarked">Whether it is the one that matters.</param>
    /// <param name="cells">As many as there are headings.</param>
    public void Add(bool isMarked, params string[] cells) => _rows.Add((isMarked, cells));

    /// <summary>Writes it.</summary>
    public void Write(Surroundings surroundings)
    {
        if (surroundings.HasTerminal) surroundings.Terminal().Write(Framed());
        else surroundings.Out.Write(Plain());
    }

    private Table Framed()
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in columns)
        {
            var column = new TableColumn(new Text(Name(heading))).NoWrap();
            table.AddColumn(IsText(heading) ? column : column.RightAligned());
        }

        foreach (var (isMarked, cells) in _rows)
        {
            var style = isMarked ? new Style(decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(cells.Select(cell => new Text(cell, style)));
        }

        return table;
    }

    private string Plain()
    {
        var widths = columns
            .Select((heading, i) =>
                _rows.Select(row => Width(row.Cells[i])).Append(Width(Name(heading))).Max())
            .ToArray();
        var text = new StringBuilder();
        var hasMarks = _rows.Exists(row => row.IsMarked);
        Append(text, hasMarks ? "  " : "", [.. columns.Select(Name)], widths);
        foreach (var (isMarked, cells) in _rows)
        {
            Append(text, isMarked ? "> " : hasMarks ? "  " : "", cells, widths);
        }

        return text.ToString();
    }

    private void Append(StringBuilder text, string mark, string[] cells, int[] widths)
    {
        var line = new StringBuilder(mark);
        for (var i = 0; i < cells.Length; i++)
        {
            var padding = new string(' ', widths[i] - Width(cells[i]));
            if (i > 0) line.Append("  ");
            if (IsText(columns[i])) line.Append(cells[i]).Append(padding);
            else line.Append(padding).Append(cells[i]);
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private static bool IsText(string heading) => heading.StartsWith('<');

    private static string Name(string heading) => IsText(heading) ? heading[1..] : heading;

    /// <summary>Columns that a text takes in a terminal; letters of some scripts take two.</summary>
    private static int Width(string text) => new Segment(text).CellCount();
}
