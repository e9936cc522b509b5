using System.Collections.Immutable;
using Spectre.Console;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>Bars and sparklines out of box-drawing characters.</summary>
internal static class Bars
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>A scale from 0 to 1, heavy up to the value, with a tick at each mark.</summary>
    /// <remarks>A mark is compared, not measured: its tick is heavy once the value reaches it.</remarks>
    public static TextLine Scale(double value, int width, Style style, params ReadOnlySpan<double> marks)
    {
        if (width <= 0) return TextLine.Empty;
        var share = double.IsNaN(value) ? 0d : Math.Clamp(value, 0d, 1d);
        var halves = (int)Math.Round(share * width * 2, MidpointRounding.AwayFromZero);
        var cells = new char[width];
        for (var i = 0; i < width; i++)
            cells[i] = (halves - (2 * i)) switch { >= 2 => '━', 1 => '╾', _ => '─' };
        foreach (var mark in marks)
            cells[Position(mark, width)] = share >= mark ? '┿' : '┼';

        var filled = Math.Min(width, (halves + 1) / 2);
        return TextLine.Of(new string(cells, 0, filled), style)
            + TextLine.Of(new string(cells, filled, width - filled), Palette.Rule);
    }

    /// <summary>The last values as columns of eight heights, from their least to their greatest.</summary>
    public static TextLine Sparkline(ImmutableArray<double> values, int width, Style style)
    {
        if (values.IsDefaultOrEmpty || width <= 0) return TextLine.Empty;
        var shown = values.Skip(values.Length - width).ToArray();
        var finite = shown.Where(double.IsFinite).ToArray();
        if (finite.Length == 0) return TextLine.Empty;

        var least = finite.Min();
        var span = finite.Max() - least;
        var columns = shown.Select(value => Column(value, least, span));
        return TextLine.Of(string.Concat(columns), style);
    }

    private static int Position(double mark, int width) =>
        Math.Clamp((int)(Math.Clamp(mark, 0d, 1d) * width), 0, width - 1);

    private static char Column(double value, double least, double span)
    {
        if (!double.IsFinite(value)) return ' ';
        var level = span > 0d && double.IsFinite(span) ? (value - least) / span * (Levels.Length - 1) : 3d;
        return Levels[(int)Math.Round(level, MidpointRounding.AwayFromZero)];
    }
}
