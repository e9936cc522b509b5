using Perpkeel.Core.Instruments;
using Perpkeel.Dashboard.Terminal;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console.Rendering;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Terminal;

[Trait("Req", "UI-1")]
public sealed class DashboardLayoutTests
{
    private static readonly int[] Widths = [80, 81, 87, 100, 120, 150, 169, 170, 200, 317];

    private static readonly int[] Heights = [24, 25, 29, 30, 31, 40, 47, 60];

    private static readonly (int Width, int Height)[] Sizes =
        [.. Widths.SelectMany(width => Heights.Select(height => (width, height)))];

    [Fact]
    public void Every_size_and_number_of_rows_is_filled_exactly()
    {
        foreach (var (width, height) in Sizes)
        {
            for (var markets = 1; markets <= 10; markets += 3)
            {
                Fills(Samples.With(markets, 0), width, height);
                Fills(Samples.With(markets, markets), width, height);
                Fills(Samples.With(markets, 10), width, height);
            }
        }
    }

    [Fact]
    public void Extreme_values_do_not_break_any_size()
    {
        var extreme = ExtremeSample.Make();
        foreach (var (width, height) in Sizes)
            Fills(extreme, width, height);
    }

    [Fact]
    public void A_run_without_any_market_does_not_break_any_size()
    {
        var bare = Samples.Empty() with { Markets = [], Scores = [] };
        foreach (var (width, height) in Sizes)
            Fills(bare, width, height);
    }

    [Fact]
    public void A_terminal_that_is_too_small_is_never_overflown()
    {
        for (var size = 0; size < 80; size++)
            Fills(Samples.Rich(), size, size % 24);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    public void The_source_and_the_speed_are_always_named(int width, int height)
    {
        var catchingUp = Samples.Full();

        var first = PlainText.Capture(catchingUp, width, height).Split('\n')[0];

        Assert.Contains("paper", first, StringComparison.Ordinal);
        Assert.Contains("synthetic market, seed 7", first, StringComparison.Ordinal);
        Assert.Contains("60x", first, StringComparison.Ordinal);
        Assert.Contains("CATCHING UP", first, StringComparison.Ordinal);
        Assert.Contains("1 UNPROTECTED", first, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public void That_new_risk_is_stopped_is_said_at_the_top()
    {
        var stopped = Samples.Full() with { IsStopped = true };

        Assert.Contains(
            "STOPPED", PlainText.Capture(stopped, 120, 40).Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain(
            "STOPPED", PlainText.Capture(Samples.Full(), 120, 40).Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_too_long_is_cut_and_keeps_the_speed()
    {
        var source = "replay of " + new string('f', 100);
        var longNamed = Samples.Rich() with { Source = source, IsCatchingUp = true };

        var first = PlainText.Capture(longNamed, 80, 24).Split('\n')[0];

        Assert.StartsWith(" paper · replay of fff", first, StringComparison.Ordinal);
        Assert.Contains("… · 60x ", first, StringComparison.Ordinal);
        Assert.EndsWith("CATCHING UP   1 UNPROTECTED", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_beyond_the_space_are_counted_and_the_most_endangered_stay()
    {
        var lines = PlainText.Capture(Samples.Full(), 80, 24).Split('\n');

        Assert.Contains(lines, line => line is " +3 more");
        Assert.Contains(lines, line => line.StartsWith(" ARB-USD", StringComparison.Ordinal)
            && line.Contains('!', StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(" SUI-USD", StringComparison.Ordinal)
            && line.EndsWith("2.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Markets_beyond_the_space_are_counted_and_the_held_stay()
    {
        var held = new MarketId("SUI-USD");
        var snapshot = Samples.Full() with { Positions = [Samples.Full().Positions[9]] };

        var text = PlainText.Capture(snapshot, 120, 38);

        var markets = text[text.IndexOf(" Markets ", StringComparison.Ordinal)..text.IndexOf(
            " Signals ", StringComparison.Ordinal)];
        Assert.Contains(" more", markets, StringComparison.Ordinal);
        Assert.Contains(held.Value, markets, StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_stand_beside_the_scores_where_there_is_no_room_for_the_markets()
    {
        var text = PlainText.Capture(Samples.Rich(), 80, 24);

        Assert.DoesNotContain(" Markets ", text, StringComparison.Ordinal);
        Assert.Contains(" ETH-USD     3,312.4   41.6 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_move_nothing_below_them_while_they_are_few()
    {
        var none = PlainText.Capture(Samples.With(6, 0), 120, 40).Split('\n');
        var three = PlainText.Capture(Samples.With(6, 3), 120, 40).Split('\n');

        Assert.Equal(SignalsAt(none), SignalsAt(three));
    }

    [Fact]
    public void A_negative_size_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DashboardLayout.Compose(Samples.Rich(), -1, 24));
        Assert.Throws<ArgumentOutOfRangeException>(() => DashboardLayout.Compose(Samples.Rich(), 80, -1));
    }

    private static int SignalsAt(string[] lines) =>
        Array.FindIndex(lines, line => line.Contains(" Signals ", StringComparison.Ordinal));

    private static void Fills(RunSnapshot snapshot, int width, int height)
    {
        var block = DashboardLayout.Draw(snapshot, width, height);

        Assert.Equal(height, block.Lines.Length);
        foreach (var line in block.Lines)
        {
            var cells = new Segment(line.ToString()).CellCount();
            Assert.True(cells == width, $"{cells} cells in {width}x{height}: {line}");
            Assert.DoesNotContain(line.ToString(), char.IsControl);
        }
    }
}
