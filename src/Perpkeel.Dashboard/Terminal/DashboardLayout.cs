using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Dashboard.Panels;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console.Rendering;

namespace Perpkeel.Dashboard.Terminal;

/// <summary>Composes the panels for a terminal of a given size, what a trader needs first.</summary>
public static class DashboardLayout
{
    /// <summary>Columns below which there is no dashboard.</summary>
    public const int LeastWidth = 80;

    /// <summary>Lines below which there is no dashboard.</summary>
    public const int LeastHeight = 24;

    /// <summary>From here on panels are boxes; below, rules save the lines.</summary>
    private const int BoxHeight = 30;

    /// <summary>From here on markets and signals stand side by side.</summary>
    private const int BesideWidth = 170;

    /// <summary>The dashboard in exactly so many columns and lines.</summary>
    public static IRenderable Compose(RunSnapshot snapshot, int width, int height) =>
        Draw(snapshot, width, height);

    /// <inheritdoc cref="Compose"/>
    internal static Block Draw(RunSnapshot snapshot, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        if (width < LeastWidth || height < LeastHeight) return TooSmall(width, height);

        var kind = height >= BoxHeight ? FrameKind.Box : FrameKind.Rule;
        var shares = LineShares.Of(snapshot, width, height, kind, isBeside: width >= BesideWidth);
        ImmutableArray<Block> blocks =
        [
            HeaderPanel.Of(snapshot).Draw(width, 1, FrameKind.None),
            AccountPanel.Of(snapshot).Draw(width, shares.Account, kind),
            PositionPanel.Of(snapshot).Draw(width, shares.Positions, kind),
            .. MarketsAndSignals(snapshot, width, kind, shares),
            JournalPanel.Of(snapshot).Draw(width, shares.Journal, kind),
            PerformancePanel.Of(snapshot).Draw(width, 1, FrameKind.None),
        ];
        return new Block(width, height, blocks.SelectMany(block => block.Lines));
    }

    private static IEnumerable<Block> MarketsAndSignals(
        RunSnapshot snapshot, int width, FrameKind kind, LineShares shares)
    {
        var isBeside = width >= BesideWidth;
        var markets = MarketPanel.Of(snapshot);
        var signals = SignalPanel.Of(snapshot, withPrices: shares.Markets == 0 && !isBeside);
        if (isBeside)
        {
            var left = width / 2;
            yield return markets.Draw(left, shares.Signals, kind)
                .Beside(signals.Draw(width - left, shares.Signals, kind));
            yield break;
        }

        if (shares.Markets > 0) yield return markets.Draw(width, shares.Markets, kind);
        yield return signals.Draw(width, shares.Signals, kind);
    }

    private static Block TooSmall(int width, int height)
    {
        var asks = string.Create(
            CultureInfo.InvariantCulture,
            $"Enlarge the terminal to {LeastWidth}x{LeastHeight}: it is {width}x{height}.");
        return new Block(width, height, [TextLine.Of(asks, Palette.Notice)]);
    }
}
