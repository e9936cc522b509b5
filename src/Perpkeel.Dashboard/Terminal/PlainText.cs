using System.Globalization;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;

namespace Perpkeel.Dashboard.Terminal;

/// <summary>The dashboard as text without colours, for documents and for looking at one moment.</summary>
public static class PlainText
{
    /// <summary>What a terminal of this size would show: no trailing spaces, lines ended by LF.</summary>
    public static string Capture(RunSnapshot snapshot, int width, int height)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Math.Max(1, width);
        console.Write(DashboardLayout.Compose(snapshot, width, height));
        var lines = writer.ToString().ReplaceLineEndings("\n").Split('\n').SkipLast(1);
        return string.Concat(lines.Select(line => line.TrimEnd() + "\n"));
    }
}
