using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Dashboard.Drawing;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Drawing;

[Trait("Req", "UI-1")]
public sealed class FiguresTests
{
    [Fact]
    public void Money_has_thousands_and_cents() =>
        Assert.Equal("-1,234,567.80", Figures.Money(new Usd(-1_234_567.8m)));

    [Fact]
    public void A_gain_has_its_sign_unless_it_is_none()
    {
        Assert.Equal("+1,000.00", Figures.Gain(new Usd(1_000m)));
        Assert.Equal("-0.01", Figures.Gain(new Usd(-0.01m)));
        Assert.Equal("0.00", Figures.Gain(new Usd(-0.001m)));
    }

    [Fact]
    public void A_price_has_the_decimals_of_its_grid()
    {
        Assert.Equal("94,218.50", Figures.Price(new Price(94_218.5m), 2));
        Assert.Equal("94,219", Figures.Price(new Price(94_218.7m), 0));
        Assert.Equal("–", Figures.Price(null, 2));
    }

    [Fact]
    public void What_is_too_wide_gets_an_exponent()
    {
        Assert.Equal("7.92E+28", Figures.Price(new Price(decimal.MaxValue), 8));
        Assert.Equal("-7.92E+28", Figures.Money(new Usd(decimal.MinValue)));
        Assert.Equal("9.22E+18", Figures.Count(long.MaxValue));
        Assert.Equal("1.80E+308", Figures.Rate(double.MaxValue));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(120L, "0.1 s")]
    [InlineData(59_900L, "59.9 s")]
    [InlineData(60_000L, "1 m")]
    [InlineData(3_600_000L, "1 h")]
    public void An_age_has_its_unit(long? milliseconds, string expected) =>
        Assert.Equal(expected, Figures.Age(milliseconds));

    [Theory]
    [InlineData(12.34, "12.3 µs")]
    [InlineData(1_234, "1.2 ms")]
    [InlineData(2_500_000, "2.5 s")]
    [InlineData(double.NaN, "–")]
    public void A_latency_has_its_unit(double micros, string expected) =>
        Assert.Equal(expected, Figures.Micros(micros));

    [Fact]
    public void A_speed_is_a_factor_or_the_fastest()
    {
        Assert.Equal("60x", Figures.Speed(60m));
        Assert.Equal("0.5x", Figures.Speed(0.50m));
        Assert.Equal("max speed", Figures.Speed(null));
    }

    [Fact]
    public void A_side_is_a_word()
    {
        Assert.Equal("LONG", Figures.Held(Side.Buy));
        Assert.Equal("SHORT", Figures.Held(Side.Sell));
        Assert.Equal("–", Figures.Held(Side.None));
    }
}
