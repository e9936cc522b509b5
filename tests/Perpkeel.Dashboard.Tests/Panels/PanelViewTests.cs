using System.Globalization;
using Perpkeel.Dashboard.Panels;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;
using Spectre.Console.Rendering;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Panels;

[Trait("Req", "UI-1")]
public sealed class PanelViewTests
{
    public static TheoryData<string> Names() =>
        ["Account", "Positions", "Markets", "Signals", "Journal", "Performance"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_panel_alone_has_its_title_its_source_and_its_time(string name)
    {
        var lines = Lines(Panel(name, Samples.Rich()), 100);

        Assert.StartsWith($"╭ {name} ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(
            "─ synthetic market, seed 7 · 60x · 2026-01-01 00:12:31 UTC ──╯",
            lines[^1],
            StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(100, new Segment(line).CellCount()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_panel_keeps_to_any_width(string name)
    {
        for (var width = 8; width < 240; width += 9)
            Assert.All(
                Lines(Panel(name, ExtremeSample.Make()), width),
                line => Assert.True(new Segment(line).CellCount() <= width, line));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_panel_fits_into_the_cell_of_a_layout(string name)
    {
        var layout = new Layout().SplitRows(new Layout("upper").Size(6), new Layout("lower"));
        layout["upper"].Update(Panel(name, Samples.Full()));

        var lines = Lines(layout, 90, 20);

        Assert.StartsWith("╭", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("╰", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void The_header_alone_is_one_line()
    {
        var line = Assert.Single(Lines(HeaderPanel.Of(Samples.Empty()), 120));

        Assert.Equal(
            " PERPKEEL  paper account · synthetic market, seed 7 · max speed · 2026-01-01 00:12:31 UTC",
            line.TrimEnd());
    }

    [Fact]
    public void A_planned_entry_shows_its_plan_instead_of_a_size_and_raises_no_alarm()
    {
        var rich = Samples.Rich();
        var entry = rich.Positions[1] with { Size = default, Entry = null, Status = "planned" };
        var planned = rich with { Positions = [entry] };

        var row = Lines(PositionPanel.Of(planned), 120)[1];

        Assert.Contains("planned", row, StringComparison.Ordinal);
        Assert.DoesNotContain('!', row);
        var header = Lines(HeaderPanel.Of(planned), 120)[0];
        Assert.DoesNotContain("UNPROTECTED", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Happenings_of_another_day_carry_their_date()
    {
        var rich = Samples.Rich();
        var line = rich.Journal[0] with { At = rich.EngineTime.AddDays(-2) };

        var rows = Lines(JournalPanel.Of(rich with { Journal = [line] }), 120);

        Assert.Contains("12-30 00:12:31  fill", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_just_below_a_threshold_does_not_look_as_if_on_it()
    {
        var rich = Samples.Rich();
        var almost = rich.Scores[0] with { Weighted = 69.98m };

        var row = Lines(SignalPanel.Of(rich with { Scores = [almost] }), 120)[1];

        Assert.Contains(" 69.9 ", row, StringComparison.Ordinal);
        Assert.Contains('┼', row);
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        var rich = Samples.Rich();
        var unseen = rich.Markets[0] with
        {
            Last = default,
            Bid = default,
            Ask = default,
            Oracle = default,
            SpreadBps = null,
            Change = null,
            AgeMs = null,
            Sparkline = [],
        };

        var row = Lines(MarketPanel.Of(rich with { Markets = [unseen] }), 120)[1];

        Assert.Equal(7, row.Count(character => character == '–'));
    }

    [Fact]
    public void A_panel_needs_a_snapshot()
    {
        Assert.Throws<ArgumentNullException>(() => HeaderPanel.Of(null!));
        Assert.Throws<ArgumentNullException>(() => AccountPanel.Of(null!));
        Assert.Throws<ArgumentNullException>(() => SignalPanel.Of(null!));
    }

    private static PanelView Panel(string name, RunSnapshot snapshot) => name switch
    {
        "Account" => AccountPanel.Of(snapshot),
        "Positions" => PositionPanel.Of(snapshot),
        "Markets" => MarketPanel.Of(snapshot),
        "Signals" => SignalPanel.Of(snapshot),
        "Journal" => JournalPanel.Of(snapshot),
        _ => PerformancePanel.Of(snapshot),
    };

    private static string[] Lines(IRenderable panel, int width, int height = 40)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(panel);
        return [.. writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
    }
}
