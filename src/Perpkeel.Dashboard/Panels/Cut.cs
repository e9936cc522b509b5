using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Dashboard.Drawing;

namespace Perpkeel.Dashboard.Panels;

/// <summary>What happens to rows beyond the space: the least urgent go, and a line says how many.</summary>
internal static class Cut
{
    /// <summary>The rows that fit, in their own order, and the number of the others.</summary>
    public static (ImmutableArray<T> Shown, int Hidden) To<T>(
        ImmutableArray<T> items, int rows, Func<T, decimal> leastFirst)
    {
        if (items.Length <= rows) return (items, 0);
        var kept = Enumerable.Range(0, items.Length)
            .OrderBy(i => leastFirst(items[i]))
            .Take(Math.Max(0, rows - 1))
            .Order();
        ImmutableArray<T> shown = [.. kept.Select(i => items[i])];
        return (shown, items.Length - shown.Length);
    }

    /// <summary>The rows and, where some are missing, the line that says so.</summary>
    public static ImmutableArray<TextLine> WithRest(ImmutableArray<TextLine> rows, int hidden) => hidden == 0
        ? rows
        : rows.Add(TextLine.Of(
            string.Create(CultureInfo.InvariantCulture, $"+{hidden} more"), Palette.Quiet));
}
