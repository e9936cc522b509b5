using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "MAR-2")]
public sealed class MarginRoundingTests
{
    [Theory]
    [InlineData("0.4972023376", "0.49720233")]
    [InlineData("2.486011688", "2.48601168")]
    [InlineData("-1.999999999", "-1.99999999")]
    [InlineData("7", "7")]
    public void Figures_are_cut_off_toward_zero(string value, string shown) =>
        Assert.Equal(Number(shown), MarginRounding.Shown(Number(value)));

    [Theory]
    [InlineData(Side.Buy, "1.000000001", "1.00000001")]
    [InlineData(Side.Sell, "1.999999999", "1.99999999")]
    [InlineData(Side.Buy, "1.00000001", "1.00000001")]
    [InlineData(Side.Sell, "1.00000001", "1.00000001")]
    public void An_alert_comes_no_later_than_the_liquidation(Side side, string price, string alert) =>
        Assert.Equal(Number(alert), MarginRounding.Alert(Number(price), side));

    [Fact]
    public void Places_are_a_choice()
    {
        Assert.Equal(1.61m, MarginRounding.Shown(1.614445m, places: 2));
        Assert.Equal(101m, MarginRounding.Alert(100.2m, Side.Buy, places: 0));
        Assert.Equal(100m, MarginRounding.Alert(100.8m, Side.Sell, places: 0));
    }

    [Fact]
    public void No_side_has_no_alert() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginRounding.Alert(1m, Side.None));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
