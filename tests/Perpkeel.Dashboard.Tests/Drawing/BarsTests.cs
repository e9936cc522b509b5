using Perpkeel.Dashboard.Drawing;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Drawing;

[Trait("Req", "UI-1")]
public sealed class BarsTests
{
    [Theory]
    [InlineData(0, "──────────")]
    [InlineData(0.5, "━━━━━─────")]
    [InlineData(0.55, "━━━━━╾────")]
    [InlineData(1, "━━━━━━━━━━")]
    [InlineData(7, "━━━━━━━━━━")]
    [InlineData(-7, "──────────")]
    [InlineData(double.NaN, "──────────")]
    public void A_scale_is_heavy_up_to_its_value(double value, string expected) =>
        Assert.Equal(expected, Bars.Scale(value, 10, Palette.Plain).ToString());

    [Theory]
    [InlineData(0.39, "━━━━┼──┼──")]
    [InlineData(0.40, "━━━━┿──┼──")]
    [InlineData(0.6999, "━━━━┿━━┼──")]
    [InlineData(0.70, "━━━━┿━━┿──")]
    public void A_mark_is_heavy_from_its_value_on(double value, string expected) =>
        Assert.Equal(expected, Bars.Scale(value, 10, Palette.Plain, 0.4, 0.7).ToString());

    [Fact]
    public void A_mark_at_the_end_stays_inside() =>
        Assert.Equal("━━━━┿", Bars.Scale(1, 5, Palette.Plain, 1d).ToString());

    [Fact]
    public void A_sparkline_shows_the_last_values_from_least_to_greatest() =>
        Assert.Equal("▁▃▄█", Bars.Sparkline([99, 1, 3, 4.5, 9], 4, Palette.Plain).ToString());

    [Fact]
    public void A_level_sparkline_is_in_the_middle() =>
        Assert.Equal("▄▄▄", Bars.Sparkline([2, 2, 2], 8, Palette.Plain).ToString());

    [Fact]
    public void What_is_not_a_number_leaves_a_hole() =>
        Assert.Equal("▁ █", Bars.Sparkline([1, double.NaN, 2], 8, Palette.Plain).ToString());

    [Fact]
    public void Without_values_or_width_there_is_nothing()
    {
        Assert.Equal(0, Bars.Sparkline([], 8, Palette.Plain).Width);
        Assert.Equal(0, Bars.Sparkline(default, 8, Palette.Plain).Width);
        Assert.Equal(0, Bars.Sparkline([double.NaN], 8, Palette.Plain).Width);
        Assert.Equal(0, Bars.Scale(1, 0, Palette.Plain).Width);
    }
}
