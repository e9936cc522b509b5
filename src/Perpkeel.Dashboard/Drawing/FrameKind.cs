namespace Perpkeel.Dashboard.Drawing;

/// <summary>What is drawn around a panel.</summary>
internal enum FrameKind
{
    /// <summary>Nothing: the rows alone.</summary>
    None = 0,

    /// <summary>A rule with the headings above the rows.</summary>
    Rule,

    /// <summary>A box with rounded corners.</summary>
    Box,
}
