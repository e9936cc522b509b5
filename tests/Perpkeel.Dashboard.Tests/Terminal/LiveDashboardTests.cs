using System.Globalization;
using System.Text.RegularExpressions;
using Perpkeel.Dashboard.Terminal;
using Spectre.Console;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Terminal;

[Trait("Req", "UI-1")]
public sealed partial class LiveDashboardTests : IDisposable
{
    private readonly StringWriter _written = new(CultureInfo.InvariantCulture);
    private readonly IAnsiConsole _console;

    public LiveDashboardTests()
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(_written),
        });
        Resize(120, 40);
    }

    public void Dispose() => _written.Dispose();

    [Fact]
    public void The_cursor_is_hidden_and_the_alternate_screen_entered_until_the_end()
    {
        using (new LiveDashboard(_console))
        {
            Assert.Equal("\e[?1049h\e[?25l\e[?7l\e[2J", _written.ToString());
        }

        Assert.EndsWith("\e[?7h\e[?25h\e[?1049l", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_screen_is_restored_after_an_exception()
    {
        Assert.Throws<ArgumentNullException>(() =>
        {
            using var live = new LiveDashboard(_console);
            live.Draw(Samples.Rich());
            live.Draw(null!);
        });

        Assert.EndsWith("\e[?25h\e[?1049l", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_again_does_nothing()
    {
        var live = new LiveDashboard(_console);
        live.Dispose();
        var once = _written.ToString();

        live.Dispose();

        Assert.Equal(once, _written.ToString());
    }

    [Fact]
    public void Nothing_is_drawn_once_the_terminal_was_given_back()
    {
        var live = new LiveDashboard(_console);
        live.Dispose();

        Assert.Throws<ObjectDisposedException>(() => live.Draw(Samples.Rich()));
    }

    [Fact]
    public void A_picture_overwrites_the_one_before_in_one_update_and_never_scrolls()
    {
        using var live = new LiveDashboard(_console);
        var frame = Draw(live);

        Assert.StartsWith("\e[?2026h\e[H", frame, StringComparison.Ordinal);
        Assert.EndsWith("\e[?2026l", frame, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', frame);
        Assert.DoesNotContain("\e[2J", frame, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_says_what_the_plain_text_says()
    {
        using var live = new LiveDashboard(_console);

        Assert.Equal(PlainText.Capture(Samples.Rich(), 120, 40), Text(Draw(live)));
    }

    [Fact]
    public void The_size_is_asked_for_at_every_picture()
    {
        using var live = new LiveDashboard(_console);
        Draw(live);
        Resize(80, 24);

        Assert.Equal(PlainText.Capture(Samples.Rich(), 80, 24), Text(Draw(live)));
    }

    [Fact]
    public void A_redirected_console_is_not_supported() => Assert.False(LiveDashboard.IsSupported(_console));

    private void Resize(int width, int height)
    {
        _console.Profile.Width = width;
        _console.Profile.Height = height;
    }

    private string Draw(LiveDashboard live)
    {
        var before = _written.ToString().Length;
        live.Draw(Samples.Rich());
        return _written.ToString()[before..];
    }

    private static string Text(string frame)
    {
        var lines = Sequence().Replace(frame, "").Split('\r');
        return string.Concat(lines.Select(line => line.TrimEnd() + "\n"));
    }

    [GeneratedRegex("\e\\[[?0-9;]*[A-Za-z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sequence();
}
