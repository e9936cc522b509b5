using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>One line of styled text, measured in cells. Never holds a line break.</summary>
internal sealed class TextLine
{
    private readonly ImmutableArray<Segment> _runs;

    private TextLine(ImmutableArray<Segment> runs, int width)
    {
        _runs = runs;
        Width = width;
    }

    public static TextLine Empty { get; } = new([], 0);

    /// <summary>Cells it takes.</summary>
    public int Width { get; }

    /// <summary>Its runs, for a console.</summary>
    public IEnumerable<Segment> Runs => _runs;

    public static TextLine Of(string? text, Style? style = null)
    {
        var clean = CellText.Clean(text);
        return clean.Length == 0
            ? Empty
            : new TextLine([new Segment(clean, style ?? Palette.Plain)], CellText.Width(clean));
    }

    public static TextLine Spaces(int count) => count <= 0 ? Empty : Of(new string(' ', count));

    public static TextLine operator +(TextLine left, TextLine right) =>
        new(left._runs.AddRange(right._runs), left.Width + right.Width);

    /// <summary>Several lines one after the other with a text between them.</summary>
    public static TextLine Join(TextLine between, IEnumerable<TextLine> parts)
    {
        var joined = Empty;
        foreach (var part in parts)
            joined = joined.Width == 0 ? part : joined + between + part;
        return joined;
    }

    /// <summary>At most so many cells; what is cut is marked by an ellipsis.</summary>
    public TextLine Crop(int width)
    {
        if (Width <= width) return this;
        if (width <= 0) return Empty;

        var kept = ImmutableArray.CreateBuilder<Segment>();
        var used = 0;
        foreach (var run in _runs)
        {
            var taken = Take(run.Text, width - 1 - used, out var cells);
            used += cells;
            if (taken == run.Text.Length)
            {
                kept.Add(run);
                continue;
            }

            kept.Add(new Segment(run.Text[..taken] + "…", run.Style));
            break;
        }

        return new TextLine(kept.ToImmutable(), used + 1).Left(width);
    }

    /// <summary>Exactly so many cells, the text at the left.</summary>
    public TextLine Left(int width) => Width < width ? this + Spaces(width - Width) : Crop(width);

    /// <summary>Exactly so many cells, the text at the right.</summary>
    public TextLine Right(int width) => Width < width ? Spaces(width - Width) + this : Crop(width);

    /// <summary>Runs of spaces become a rule, with a space kept at each side of a text.</summary>
    public TextLine Ruled(Style style)
    {
        var cells = _runs.SelectMany(run => run.Text.Select(character => (character, run.Style))).ToArray();
        var ruled = ImmutableArray.CreateBuilder<Segment>();
        for (var start = 0; start < cells.Length;)
        {
            var isGap = cells[start].character == ' ';
            var end = start;
            while (end < cells.Length && cells[end].character == ' ' == isGap
                && (isGap || cells[end].Style.Equals(cells[start].Style))) end++;
            var text = isGap
                ? Rule(end - start, start == 0, end == cells.Length)
                : string.Concat(cells[start..end].Select(cell => cell.character));
            ruled.Add(new Segment(text, isGap ? style : cells[start].Style));
            start = end;
        }

        return new TextLine(ruled.ToImmutable(), Width);
    }

    /// <summary>Breaks at spaces into at most so many lines; the last is cropped.</summary>
    public static ImmutableArray<TextLine> Wrap(string text, Style style, int width, int lines)
    {
        var rest = CellText.Clean(text).Trim();
        var wrapped = ImmutableArray.CreateBuilder<TextLine>();
        while (wrapped.Count < lines - 1 && CellText.Width(rest) > width)
        {
            var fitting = Take(rest, width, out _);
            var space = rest.LastIndexOf(' ', fitting, fitting);
            var cut = space > 0 ? space : Math.Max(1, fitting);
            wrapped.Add(Of(rest[..cut].TrimEnd(), style));
            rest = rest[cut..].TrimStart();
        }

        wrapped.Add(Of(rest, style).Crop(width));
        return wrapped.ToImmutable();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_runs.Select(run => run.Text));

    private static string Rule(int length, bool isFirst, bool isLast)
    {
        var spaces = (isFirst ? 0 : 1) + (isLast ? 0 : 1);
        return length <= spaces
            ? new string(' ', length)
            : (isFirst ? "" : " ") + new string('─', length - spaces) + (isLast ? "" : " ");
    }

    private static int Take(string text, int width, out int cells)
    {
        cells = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var next = CellText.Width(text[i]);
            if (cells + next > width) return i;
            cells += next;
        }

        return text.Length;
    }
}
