using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Perpkeel.Cli.Margin;

/// <summary>
/// A table for people: with a frame in a terminal that is wide enough for it, in plain columns else, so that
/// no figure is ever broken into lines.
/// </summary>
/// <param name="columns">Headings; those that begin with &lt; are of texts, others of numbers.</param>
internal sealed class TextTable(params string[] columns)
{
    private const string Mark = "> ";
    private const string NoMark = "  ";

    /// <summary>A border and a space on each side.</summary>
    private const int FramePerColumn = 3;

    private readonly List<(bool IsMarked, string[] Cells)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="isMarked">Whether it is the one that matters.</param>
    /// <param name="cells">As many as there are headings.</param>
    public void Add(bool isMarked, params string[] cells) => _rows.Add((isMarked, cells));

    /// <summary>Writes it.</summary>
    public void Write(Surroundings surroundings)
    {
        if (surroundings.HasTerminal && surroundings.Terminal() is var terminal
            && FramedWidth <= terminal.Profile.Width)
        {
            terminal.Write(Framed());
        }
        else
        {
            surroundings.Out.Write(Plain());
        }
    }

    private bool HasMarks => _rows.Exists(row => row.IsMarked);

    /// <summary>Columns of the terminal that the frame needs when no cell is broken.</summary>
    private int FramedWidth => Widths(Framed).Sum(width => width + FramePerColumn) + 1;

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
            table.AddRow(Framed(isMarked, cells).Select(cell => new Text(cell, style)));
        }

        return table;
    }

    private string Plain()
    {
        var widths = Widths((_, cells) => cells);
        var text = new StringBuilder();
        var indent = HasMarks ? NoMark : "";
        Append(text, indent, [.. columns.Select(Name)], widths);
        foreach (var (isMarked, cells) in _rows)
        {
            Append(text, isMarked ? Mark : indent, cells, widths);
        }

        return text.ToString();
    }

    /// <summary>A bold row may look like any other: in a frame, too, the mark is a letter.</summary>
    private static string[] Framed(bool isMarked, string[] cells) =>
        isMarked ? [Mark + cells[0], .. cells[1..]] : cells;

    private int[] Widths(Func<bool, string[], string[]> shown) =>
    [
        .. columns.Select((heading, i) =>
            _rows.Select(row => Width(shown(row.IsMarked, row.Cells)[i]))
                .Append(Width(Name(heading))).Max()),
    ];

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
