using System.Globalization;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Panels;

/// <summary>One line that always names the source: synthetic data is never taken for real.</summary>
public static class HeaderPanel
{
    private static TextLine Brand { get; } = TextLine.Of("PERPKEEL", Palette.Title) + TextLine.Spaces(2);

    /// <summary>Account, source, speed, engine time; badges while catching up or unprotected.</summary>
    public static PanelView Of(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new PanelView(snapshot, FrameKind.None, (width, _) => new PanelContent
        {
            Heading = TextLine.Empty,
            Rows = [Line(snapshot, width)],
        });
    }

    /// <summary>The engine time with its date.</summary>
    internal static string Instant(RunSnapshot snapshot) =>
        snapshot.EngineTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static TextLine Line(RunSnapshot snapshot, int width)
    {
        var badges = Badges(snapshot);
        var room = width - badges.Width - (badges.Width > 0 ? 1 : 0);
        var clock = snapshot.EngineTime.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        TextLine[] versions =
        [
            Brand + Text(snapshot, snapshot.Source, "paper account", Instant(snapshot)),
            Brand + Text(snapshot, snapshot.Source, "paper", Instant(snapshot)),
            Brand + Text(snapshot, snapshot.Source, "paper", clock),
            Brand + Text(snapshot, snapshot.Source, "paper", instant: null),
        ];
        var line = Array.Find(versions, text => text.Width <= room) ?? Shortest(snapshot, room);
        return badges.Width == 0
            ? line.Crop(width)
            : line.Left(Math.Max(0, room)) + TextLine.Spaces(1) + badges;
    }

    /// <summary>The source cut, but never away: the rest of the line keeps its place.</summary>
    private static TextLine Shortest(RunSnapshot snapshot, int room)
    {
        const int least = 12;
        var source = TextLine.Of(snapshot.Source);
        var over = Text(snapshot, snapshot.Source, "paper", instant: null).Width - room;
        var shorter = source.Crop(Math.Max(least, source.Width - over)).ToString();
        return Text(snapshot, shorter, "paper", instant: null);
    }

    private static TextLine Text(RunSnapshot snapshot, string source, string account, string? instant) =>
        TextLine.Join(
            TextLine.Of(" · ", Palette.Rule),
            [
                TextLine.Of(account, Palette.Strong),
                TextLine.Of(source, Palette.Notice),
                TextLine.Of(Figures.Speed(snapshot.Speed)),
                .. instant is null ? [] : new[] { TextLine.Of(instant) },
            ]);

    private static TextLine Badges(RunSnapshot snapshot)
    {
        var badges = new List<TextLine>();
        if (snapshot.IsStopped) badges.Add(TextLine.Of(" STOPPED ", Palette.Badge));
        if (snapshot.IsCatchingUp) badges.Add(TextLine.Of(" CATCHING UP ", Palette.Badge));
        var unprotected = snapshot.Positions.Count(
            position => !position.IsProtected && !position.Size.IsZero);
        if (unprotected > 0)
            badges.Add(TextLine.Of(
                string.Create(CultureInfo.InvariantCulture, $" {unprotected} UNPROTECTED "), Palette.Alarm));
        return TextLine.Join(TextLine.Spaces(1), badges);
    }
}
