using System.Collections.Immutable;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>What stands inside a frame.</summary>
internal sealed record PanelContent
{
    /// <summary>Title and column headings; drawn into the upper border.</summary>
    public required TextLine Heading { get; init; }

    public required ImmutableArray<TextLine> Rows { get; init; }

    /// <summary>A legend; drawn into the lower border.</summary>
    public TextLine Legend { get; init; } = TextLine.Empty;
}
