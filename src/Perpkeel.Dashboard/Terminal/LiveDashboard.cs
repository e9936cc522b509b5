using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Perpkeel.Dashboard.Terminal;

/// <summary>Draws snapshots into a terminal's alternate screen; disposing gives it back.</summary>
/// <remarks>
/// Each picture overwrites the one before as one synchronised update, so nothing flickers. There is no timer
/// and no thread: the host says when to draw. Not for use from several threads at once.
/// </remarks>
public sealed class LiveDashboard : IDisposable
{
    // Control sequences of xterm: alternate screen (1049), cursor (25), automatic wrap (7), synchronised
    // update (2026). Without wrap a line that is too long for a terminal that just shrank stays one line.
    private const string Enter = "\e[?1049h\e[?25l\e[?7l\e[2J";
    private const string Leave = "\e[?2026l\e[0m\e[?7h\e[?25h\e[?1049l";
    private const string BeginUpdate = "\e[?2026h\e[H";
    private const string EndUpdate = "\e[?2026l";

    private readonly IAnsiConsole _console;
    private bool _isDisposed;

    /// <summary>Switches to the alternate screen and hides the cursor.</summary>
    public LiveDashboard(IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        _console = console;
        console.Write(new ControlCode(Enter));
    }

    /// <summary>Whether a console is a terminal that can show the dashboard.</summary>
    public static bool IsSupported(IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        return console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal;
    }

    /// <summary>Shows a snapshot in the size that the terminal has now.</summary>
    /// <exception cref="ObjectDisposedException">The terminal was given back.</exception>
    public void Draw(RunSnapshot snapshot)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var (width, height) = (_console.Profile.Width, _console.Profile.Height);
        _console.Write(new Picture(DashboardLayout.Draw(snapshot, width, height)));
    }

    /// <summary>Restores screen, cursor and wrap, also amid a picture. Again does nothing.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _console.Write(new ControlCode(Leave));
    }

    /// <summary>A block with its lines placed one by one: no line break, so nothing ever scrolls.</summary>
    private sealed class Picture(Block block) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(block.Width, block.Width);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            yield return Segment.Control(BeginUpdate);
            for (var i = 0; i < block.Lines.Length; i++)
            {
                if (i > 0) yield return Segment.Control("\r\e[B");
                foreach (var run in block.Lines[i].Runs) yield return run;
            }

            yield return Segment.Control(EndUpdate);
        }
    }
}
