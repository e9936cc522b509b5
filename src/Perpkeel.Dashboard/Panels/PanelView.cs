using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console.Rendering;

namespace Perpkeel.Dashboard.Panels;

/// <summary>One panel of one snapshot. Alone it is a box that names source and engine time.</summary>
public sealed class PanelView : IRenderable
{
    private readonly RunSnapshot _snapshot;
    private readonly FrameKind _kind;
    private readonly Func<int, int, PanelContent> _draw;

    /// <summary>Takes what draws the content for a width and a number of rows.</summary>
    internal PanelView(RunSnapshot snapshot, FrameKind kind, Func<int, int, PanelContent> draw)
    {
        _snapshot = snapshot;
        _kind = kind;
        _draw = draw;
    }

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(40, maxWidth), maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var height = options.Height ?? Overhead(_kind) + WantedRows(maxWidth, _kind);
        var source = TextLine.Of(
            $"{_snapshot.Source} · {Figures.Speed(_snapshot.Speed)} · {HeaderPanel.Instant(_snapshot)}",
            Palette.Quiet);
        return Draw(maxWidth, height, _kind, source).Render(options, maxWidth);
    }

    /// <summary>Lines that a frame takes besides the rows.</summary>
    internal static int Overhead(FrameKind kind) => kind switch
    {
        FrameKind.Box => 2,
        FrameKind.Rule => 1,
        _ => 0,
    };

    /// <summary>Rows that show everything at this width.</summary>
    internal int WantedRows(int width, FrameKind kind) =>
        _draw(Inner(width, kind), int.MaxValue).Rows.Length;

    /// <summary>The panel in exactly so many lines; a caption takes the legend's place.</summary>
    internal Block Draw(int width, int height, FrameKind kind, TextLine? caption = null)
    {
        var inner = Inner(width, kind);
        var rows = Math.Max(0, height - Overhead(kind));
        var content = _draw(inner, rows);
        var body = new Block(inner, rows, content.Rows);
        var side = kind == FrameKind.Box ? TextLine.Of("│", Palette.Rule) : TextLine.Empty;
        var pad = TextLine.Spaces(1);
        var lines = body.Lines.Select(line => side + pad + line + pad + side);
        if (kind == FrameKind.None) return new Block(width, height, lines);

        var top = (pad + content.Heading.Left(inner) + pad).Ruled(Palette.Rule);
        if (kind == FrameKind.Rule) return new Block(width, height, lines.Prepend(top));

        var legend = (caption ?? content.Legend).Crop(inner - 3);
        var bottom = legend.Width == 0
            ? TextLine.Of(new string('─', inner + 2), Palette.Rule)
            : TextLine.Of(new string('─', inner - legend.Width - 2) + " ", Palette.Rule)
                + legend + TextLine.Of(" ──", Palette.Rule);
        return new Block(width, height,
        [
            TextLine.Of("╭", Palette.Rule) + top + TextLine.Of("╮", Palette.Rule),
            .. lines,
            TextLine.Of("╰", Palette.Rule) + bottom + TextLine.Of("╯", Palette.Rule),
        ]);
    }

    private static int Inner(int width, FrameKind kind) =>
        Math.Max(1, width - (kind == FrameKind.Box ? 4 : 2));
}
