using System.Collections.Immutable;
using Spectre.Console.Rendering;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>A rectangle of text: every line has the same width.</summary>
internal sealed class Block : IRenderable
{
    public Block(int width, int height, IEnumerable<TextLine> lines)
    {
        Width = width;
        var fitted = lines.Take(height).Select(line => line.Left(width)).ToList();
        while (fitted.Count < height) fitted.Add(TextLine.Spaces(width));
        Lines = [.. fitted];
    }

    public int Width { get; }

    public ImmutableArray<TextLine> Lines { get; }

    /// <summary>Another block at the right of this one.</summary>
    public Block Beside(Block right) => new(
        Width + right.Width, Lines.Length, Lines.Zip(right.Lines, (one, other) => one + other));

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Width, Width);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Lines)
        {
            foreach (var run in line.Crop(maxWidth).Runs) yield return run;
            yield return Segment.LineBreak;
        }
    }
}
