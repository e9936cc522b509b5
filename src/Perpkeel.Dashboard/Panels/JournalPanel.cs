using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;

namespace Perpkeel.Dashboard.Panels;

/// <summary>The last decisions, refusals and fills with their reasons, newest first.</summary>
public static class JournalPanel
{
    /// <summary>Lines of one happening, where there is room.</summary>
    private const int MostLines = 3;

    /// <summary>Below this many rows only the newest may take a second line.</summary>
    private const int RoomToWrap = 8;

    private const int RoomForTwo = 4;

    private const int WordWidth = 8;

    /// <summary>Each with its engine time (UTC) and its kind as a word.</summary>
    public static PanelView Of(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new PanelView(snapshot, FrameKind.Box, (width, rows) => new PanelContent
        {
            Heading = TextLine.Of("Journal", Palette.Title)
                + TextLine.Of(" · engine time, newest first", Palette.Quiet),
            Rows = Draw(snapshot, width, rows),
        });
    }

    private static ImmutableArray<TextLine> Draw(RunSnapshot snapshot, int width, int rows)
    {
        if (snapshot.Journal.IsEmpty)
            return [TextLine.Of("Nothing has happened yet.", Palette.Quiet)];

        var today = snapshot.EngineTime.UtcDateTime.Date;
        var format = snapshot.Journal.Take(Math.Min(rows, snapshot.Journal.Length))
            .All(line => line.At.UtcDateTime.Date == today) ? "HH:mm:ss" : "MM-dd HH:mm:ss";
        var drawn = ImmutableArray.CreateBuilder<TextLine>();
        foreach (var line in snapshot.Journal.TakeWhile(_ => drawn.Count < rows))
            drawn.AddRange(Draw(line, format, width, LinesOf(rows, isNewest: drawn.Count == 0)));
        return drawn.Count <= rows ? drawn.ToImmutable() : [.. drawn.Take(rows)];
    }

    private static int LinesOf(int rows, bool isNewest) =>
        rows >= RoomToWrap ? MostLines : isNewest && rows >= RoomForTwo ? 2 : 1;

    private static IEnumerable<TextLine> Draw(JournalLine line, string format, int width, int lines)
    {
        var (word, style) = Kind(line.Kind);
        var lead = TextLine.Of(
                line.At.UtcDateTime.ToString(format, CultureInfo.InvariantCulture), Palette.Quiet)
            + TextLine.Spaces(2) + TextLine.Of(word, style).Left(WordWidth) + TextLine.Spaces(1);
        var text = TextLine.Wrap(
            line.Text, TextStyle(line.Kind, style), Math.Max(1, width - lead.Width), lines);
        return text.Select((part, i) => (i == 0 ? lead : TextLine.Spaces(lead.Width)) + part);
    }

    private static Style TextStyle(LineKind kind, Style style) =>
        kind is LineKind.Alarm or LineKind.Gain or LineKind.Loss ? style : Palette.Plain;

    private static (string Word, Style Style) Kind(LineKind kind) => kind switch
    {
        LineKind.Decision => ("decision", Palette.Accent),
        LineKind.Refusal => ("refusal", Palette.Notice),
        LineKind.Fill => ("fill", Palette.Strong),
        LineKind.Gain => ("gain", Palette.Up),
        LineKind.Loss => ("loss", Palette.Down),
        LineKind.Alarm => ("ALARM", Palette.Alarm),
        _ => ("note", Palette.Quiet),
    };
}
