using System.Globalization;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Panels;

/// <summary>One line that names the source always, so that synthetic data is never taken for real.</summary>
public static class HeaderPanel
{
    /// <summary>Product, account, source, speed, engine time; a badge while catching up or unprotected.</summary>
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
        var room = width - badges.Width - (badges.Width > 0 ? 2 : 0);
        var clock = snapshot.EngineTime.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var line = Text(snapshot.Source, "paper account", Instant(snapshot), snapshot.Speed);
        if (line.Width > room) line = Text(snapshot.Source, "paper", Instant(snapshot), snapshot.Speed);
        if (line.Width > room) line = Text(snapshot.Source, "paper", clock, snapshot.Speed);
        if (line.Width > room)
        {
            var source = TextLine.Of(snapshot.Source);
            var shorter = source.Crop(Math.Max(12, source.Width - (line.Width - room))).ToString();
            line = Text(shorter, "paper", clock, snapshot.Speed);
        }

        return badges.Width == 0 ? line.Crop(width) : line.Left(Math.Max(0, room)) + TextLine.Spaces(2) + badges;
    }

    private static TextLine Text(string source, string account, string instant, decimal? speed) =>
        TextLine.Of("PERPKEEL", Palette.Title) + TextLine.Spaces(2) + TextLine.Join(
            TextLine.Of(" · ", Palette.Rule),
            [
                TextLine.Of(account, Palette.Strong),
                TextLine.Of(source, Palette.Notice),
                TextLine.Of(Figures.Speed(speed)),
                TextLine.Of(instant),
            ]);

    private static TextLine Badges(RunSnapshot snapshot)
    {
        var badges = new List<TextLine>();
        if (snapshot.IsCatchingUp) badges.Add(TextLine.Of(" CATCHING UP ", Palette.Badge));
        var unprotected = snapshot.Positions.Count(position => !position.IsProtected && !position.Size.IsZero);
        if (unprotected > 0)
            badges.Add(TextLine.Of(
                string.Create(CultureInfo.InvariantCulture, $" {unprotected} UNPROTECTED "), Palette.Alarm));
        return TextLine.Join(TextLine.Spaces(1), badges);
    }
}
