using System.Collections.Immutable;
using Spectre.Console;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>One column of a table, as wide as its widest cell unless it can stretch or shrink.</summary>
internal sealed record Column
{
    public required string Heading { get; init; }

    /// <summary>Says more, where there is room.</summary>
    public string LongHeading { get; init; } = "";

    /// <summary>The cell of a row for a width.</summary>
    public required Func<int, int, TextLine> Cell { get; init; }

    /// <summary>Cells it wants.</summary>
    public required int Width { get; init; }

    /// <summary>Cells it can still be read in.</summary>
    public required int Least { get; init; }

    /// <summary>Cells it can make use of.</summary>
    public required int Most { get; init; }

    /// <summary>0: always there; else the highest goes first where room is short.</summary>
    public required int Rank { get; init; }

    public bool IsLeft { get; init; }

    /// <summary>A column of figures, at the right.</summary>
    public static Column Of(string heading, int rank, ImmutableArray<TextLine> cells, int least = 0)
    {
        var width = cells.Select(cell => cell.Width).Append(heading.Length).Append(least).Max();
        return new Column
        {
            Heading = heading,
            Cell = (row, _) => cells[row],
            Width = width,
            Least = width,
            Most = width,
            Rank = rank,
        };
    }

    /// <summary>A column of names; cut to <paramref name="least"/> cells where room is short.</summary>
    public static Column Names(string heading, IEnumerable<string> names, int least, Style style)
    {
        var cells = names.Select(name => TextLine.Of(name, style)).ToImmutableArray();
        var column = Of(heading, 0, cells, least);
        const int widest = 24;
        var width = Math.Min(column.Width, widest);
        return column with { Width = width, Least = least, Most = width, IsLeft = true };
    }

    /// <summary>A column that is drawn for its width.</summary>
    public static Column Drawn(
        string heading, int rank, int least, int most, Func<int, int, TextLine> cell) =>
        new()
        {
            Heading = heading,
            Cell = cell,
            Width = Math.Max(least, heading.Length),
            Least = Math.Max(least, heading.Length),
            Most = most,
            Rank = rank,
            IsLeft = true,
        };
}
