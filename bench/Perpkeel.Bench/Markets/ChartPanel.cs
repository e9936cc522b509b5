using System.Globalization;
using System.Text;

namespace Perpkeel.Bench.Markets;

/// <summary>One chart of a picture: axes on logarithmic or plain scales, bands and lines.</summary>
internal sealed class ChartPanel
{
    private const int Width = 400;
    private const int Height = 290;

    private readonly StringBuilder _svg;
    private readonly (double Low, double High, bool IsLog) _x;
    private readonly (double Low, double High, bool IsLog) _y;
    private readonly int _left;
    private readonly int _top;

    public ChartPanel(
        StringBuilder svg, int left, int top, (double Low, double High, bool IsLog) x,
        (double Low, double High, bool IsLog) y)
    {
        (_svg, _left, _top, _x, _y) = (svg, left, top, x, y);
    }

    /// <summary>Title, grid and what stands at it.</summary>
    public void Axes(
        string title, string below, IReadOnlyList<(double At, string Text)> xs,
        IReadOnlyList<(double At, string Text)> ys)
    {
        Text(_left, _top - 14, "title", "start", title);
        foreach (var (at, text) in ys)
        {
            var y = Y(at);
            Line("grid", _left, y, _left + Width, y);
            Text(_left - 8, y + 4, "label", "end", text);
        }

        foreach (var (at, text) in xs)
        {
            var x = X(at);
            Line("tick", x, _top + Height, x, _top + Height + 4);
            Text(x, _top + Height + 19, "label", "middle", text);
        }

        Line("axis", _left, _top + Height, _left + Width, _top + Height);
        Text(_left + (Width / 2d), _top + Height + 40, "label", "middle", below);
    }

    /// <summary>The area between the least and the greatest value of any market.</summary>
    public void Band(string style, IReadOnlyList<(double X, double Low, double High)> points)
    {
        var there = points.Select(point => Point(point.X, point.High));
        var back = points.Reverse().Select(point => Point(point.X, point.Low));
        _svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"{style}\" points=\"")
            .AppendJoin(' ', there.Concat(back)).Append("\"/>\n");
    }

    /// <summary>A line through points; those that the scale cannot show are left out.</summary>
    public void Line(string style, IEnumerable<(double X, double Y)> points)
    {
        var shown = points.Where(point => !_y.IsLog || point.Y > 0).Select(point => Point(point.X, point.Y));
        _svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"")
            .AppendJoin(' ', shown).Append("\"/>\n");
    }

    /// <summary>A word beside a line.</summary>
    public void Word(string style, double x, double y, string text) =>
        Text(X(x), Y(y), style, "start", text);

    private string Point(double x, double y) =>
        string.Create(CultureInfo.InvariantCulture, $"{X(x):0.0},{Y(y):0.0}");

    private double X(double value) => _left + (Width * Share(value, _x));

    private double Y(double value) => _top + Height - (Height * Share(value, _y));

    private void Line(string style, double x1, double y1, double x2, double y2) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<line class=\"{style}\" x1=\"{x1:0.0}\" y1=\"{y1:0.0}\" x2=\"{x2:0.0}\" y2=\"{y2:0.0}\"/>\n");

    private void Text(double x, double y, string style, string anchor, string text) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<text class=\"{style}\" x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{text}</text>\n");

    private static double Share(double value, (double Low, double High, bool IsLog) axis)
    {
        var kept = Math.Clamp(value, axis.Low, axis.High);
        return axis.IsLog
            ? Math.Log(kept / axis.Low) / Math.Log(axis.High / axis.Low)
            : (kept - axis.Low) / (axis.High - axis.Low);
    }
}
