using System.Globalization;
using Perpkeel.Cli;
using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Spectre.Console;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

[Trait("Req", "CLI-1")]
[Trait("Req", "UI-1")]
public sealed class DashboardTests : IDisposable
{
    private const string Enter = "\e[?1049h";
    private const string Leave = "\e[?1049l";

    private readonly StringWriter _screen = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    public void Dispose() => _screen.Dispose();

    [Fact]
    public async Task The_screen_is_drawn_and_given_back_before_the_summary()
    {
        using var folder = new TempFolder();

        var told = await RunAsync(
            Terminal(isTerminal: true), "run", "--duration", "40s", "--data", folder.Path);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        var (drawn, rest) = Split(told.Out);
        Assert.Contains("synthetic market, seed 7", drawn, StringComparison.Ordinal);
        Assert.StartsWith(
            "\nsource         synthetic market, seed 7\nended          the time is up at ", rest,
            StringComparison.Ordinal);
        Assert.EndsWith("\nNothing is open.\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_is_given_back_when_the_run_fails()
    {
        using var folder = new TempFolder();
        var world = Terminal(isTerminal: true);
        world = world with { Wall = new FailingWall(folder.Path) };

        var told = await RunAsync(world, "run", "--duration", "40s", "--data", folder.File("data"));

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains("The wall fell down.", told.Error, StringComparison.Ordinal);
        Assert.Equal("", Split(told.Out).Following);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true, "--no-dashboard")]
    [InlineData(true, "--set", "run.dashboard=false")]
    [InlineData(true, "--json")]
    public async Task Where_it_cannot_or_shall_not_be_shown_there_is_text(
        bool isTerminal, params string[] more)
    {
        using var folder = new TempFolder();

        var told = await RunAsync(
            Terminal(isTerminal),
            [
                "run", "--replay", Recording.Write(folder.File("candles"), rows: 10), "--speed", "max",
                "--data", folder.File("data"), .. more,
            ]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.DoesNotContain('\e', told.Out);
        Assert.Contains("replay of ", told.Lines[0], StringComparison.Ordinal);
    }

    private static (string Drawn, string Following) Split(string text)
    {
        Assert.StartsWith(Enter, text, StringComparison.Ordinal);
        var end = text.IndexOf(Leave, StringComparison.Ordinal);
        Assert.True(end > 0, "the screen was not given back");
        return (text[..end], text[(end + Leave.Length)..]);
    }

    /// <summary>A world whose terminal and output are one, as they are for a user.</summary>
    private Surroundings Terminal(bool isTerminal) => World() with
    {
        Out = _screen,
        HasTerminal = true,
        Terminal = () =>
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Out = new TestOutput(_screen, isTerminal),
            });
            (console.Profile.Width, console.Profile.Height) = (120, 40);
            return console;
        },
    };

    private sealed class TestOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }

    /// <summary>A wall clock that fails once the run is under way.</summary>
    private sealed class FailingWall(string what) : TimeProvider
    {
        private int _asked;

        public override long GetTimestamp() => ++_asked < 2_000
            ? base.GetTimestamp()
            : throw new IOException($"{what}: The wall fell down.");
    }
}
