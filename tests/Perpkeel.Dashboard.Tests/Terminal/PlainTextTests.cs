using Perpkeel.Dashboard.Terminal;
using Perpkeel.Runtime.Telemetry;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Terminal;

[Trait("Req", "UI-1")]
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("rich", 120, 40)]
    [InlineData("rich", 80, 24)]
    [InlineData("rich", 200, 60)]
    [InlineData("empty", 120, 40)]
    [InlineData("empty", 80, 24)]
    [InlineData("empty", 200, 60)]
    [InlineData("full", 120, 40)]
    [InlineData("full", 80, 24)]
    [InlineData("full", 200, 60)]
    public void The_dashboard_looks_like_its_picture(string name, int width, int height) =>
        Golden.Matches($"{name}-{width}x{height}", PlainText.Capture(Sample(name), width, height));

    [Fact]
    public void Text_has_neither_colours_nor_trailing_spaces()
    {
        var text = PlainText.Capture(Samples.Rich(), 120, 40);

        Assert.DoesNotContain('\e', text);
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData(79, 24)]
    [InlineData(80, 23)]
    [InlineData(50, 2)]
    public void A_terminal_that_is_too_small_is_asked_to_grow_in_one_line(int width, int height)
    {
        var text = PlainText.Capture(Samples.Rich(), width, height);

        var line = Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Enlarge the terminal to 80x24", line, StringComparison.Ordinal);
        Assert.True(line.Length <= width);
    }

    private static RunSnapshot Sample(string name) => name switch
    {
        "rich" => Samples.Rich(),
        "empty" => Samples.Empty(),
        _ => Samples.Full(),
    };
}
