using System.Globalization;
using Perpkeel.Core.Margin.Display;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Display;

[Trait("Req", "MAR-8")]
public sealed class MarginFormatTests
{
    private static readonly MarginFormat Dollar = new("USDT");
    private static readonly MarginFormat Coin = new("BTC");

    [Theory]
    [InlineData("0.004", "0.4 %")]
    [InlineData("0.125", "12.5 %")]
    [InlineData("0.0065", "0.65 %")]
    [InlineData("0.03333", "3.333 %")]
    [InlineData("0.5", "50 %")]
    [InlineData("0", "0 %")]
    [InlineData("0.0000000000000000000000000001", "0.00000000000000000000000001 %")]
    public void A_rate_is_shown_with_all_its_digits(string fraction, string text) =>
        Assert.Equal(text, MarginFormat.Rate(Number(fraction)));

    [Theory]
    [InlineData("0.085", "8.50 %")]
    [InlineData("0.123401", "12.35 %")]
    [InlineData("0.99990001", "100.00 %")]
    [InlineData("12345.6", "1,234,560.00 %")]
    [InlineData("79228162514264337593543950335", "above 1,000,000,000,000 %")]
    public void A_ratio_is_rounded_up(string ratio, string text) =>
        Assert.Equal(text, MarginFormat.RatioUp(Number(ratio)));

    [Fact]
    public void A_ratio_over_nothing_is_infinite() => Assert.Equal("infinite", MarginFormat.RatioUp(null));

    [Theory]
    [InlineData("1700", "$1,700.00", "$1,700.00")]
    [InlineData("1700.001", "$1,700.01", "$1,700.00")]
    [InlineData("-1700.001", "-$1,700.00", "-$1,700.01")]
    [InlineData("0.00000001", "$0.01", "$0.00")]
    [InlineData("-0.00000001", "$0.00", "-$0.01")]
    [InlineData("0", "$0.00", "$0.00")]
    [InlineData("1000000000", "$1,000,000,000.00", "$1,000,000,000.00")]
    [InlineData(
        "79228162514264337593543950335", "$79,228,162,514,264,337,593,543,950,335.00",
        "$79,228,162,514,264,337,593,543,950,335.00")]
    public void What_is_required_is_rounded_up_and_what_is_there_down(string amount, string up, string down)
    {
        Assert.Equal(up, Dollar.Requirement(Number(amount)));
        Assert.Equal(down, Dollar.Collateral(Number(amount)));
    }

    [Theory]
    [InlineData("750", "+$750.00", "+$750.00")]
    [InlineData("-0.123", "-$0.12", "-$0.13")]
    [InlineData("0", "$0.00", "$0.00")]
    [InlineData("-0.001", "$0.00", "-$0.01")]
    public void A_change_has_a_sign_unless_it_is_nothing(string amount, string up, string down)
    {
        Assert.Equal(up, Dollar.RequirementChange(Number(amount)));
        Assert.Equal(down, Dollar.CollateralChange(Number(amount)));
    }

    [Fact]
    public void Eight_places_are_shown_where_they_are_asked_for()
    {
        Assert.Equal("$49.72023376", Dollar.RequirementAt(49.72023376m, 8));
        Assert.Equal("$0.49720234", Dollar.RequirementAt(0.4972023376m, 8));
        Assert.Equal("$0.49720233", Dollar.CollateralAt(0.4972023376m, 8));
        Assert.Equal("$50", Dollar.CollateralAt(50.9m, 0));
    }

    [Theory]
    [InlineData("50000", "$50k", "$50k")]
    [InlineData("5000000", "$5M", "$5M")]
    [InlineData("1234567", "$1.24M", "$1.23M")]
    [InlineData("990001", "$990.01k", "$990k")]
    [InlineData("-990001", "-$990k", "-$990.01k")]
    [InlineData("999990.01", "$1M", "$999.99k")]
    [InlineData("999999.5", "$1M", "$999.99k")]
    [InlineData("995000000000.5", "$995.01B", "$995B")]
    [InlineData("999.999", "$1k", "$999.99")]
    [InlineData("999.99", "$999.99", "$999.99")]
    [InlineData("1000000000", "$1B", "$1B")]
    [InlineData("-1234567", "-$1.23M", "-$1.24M")]
    [InlineData("9223372036854775807", "$9,223,372.04T", "$9,223,372.03T")]
    [InlineData("0", "$0", "$0")]
    [InlineData("1000.0000000001", "$1.01k", "$1k")]
    public void In_short_it_is_rounded_the_same_way(string amount, string up, string down)
    {
        Assert.Equal(up, Dollar.CompactRequirement(Number(amount)));
        Assert.Equal(down, Dollar.CompactCollateral(Number(amount)));
    }

    [Fact]
    public void An_asset_that_is_no_dollar_follows_its_amount()
    {
        Assert.Equal("0.12345679 BTC", Coin.Requirement(0.123456781m));
        Assert.Equal("0.12345678 BTC", Coin.Collateral(0.123456781m));
        Assert.Equal("-1.50000000 BTC", Coin.CollateralChange(-1.5m));
        Assert.Equal("1.5k BTC", Coin.CompactRequirement(1_500m));
        Assert.Equal("0.0345 BTC", Coin.Exactly(0.03450m));
        Assert.Equal("0.0345679 BTC", Coin.PriceUp(0.03456781m));
        Assert.Equal("5.00000000 U", new MarginFormat("U").Requirement(5m));
    }

    [Theory]
    [InlineData("46073.471400394", "$46,073.48", "$46,073.47")]
    [InlineData("1153.26", "$1,153.26", "$1,153.26")]
    [InlineData("5.12345678", "$5.12346", "$5.12345")]
    [InlineData("0.000012345678", "$0.0000123457", "$0.0000123456")]
    [InlineData("50000", "$50,000.00", "$50,000.00")]
    [InlineData("0", "$0.00", "$0.00")]
    public void A_liquidation_price_is_rounded_toward_the_price_now(
        string price, string ofLong, string ofShort)
    {
        Assert.Equal(ofLong, Dollar.LiquidationPrice(Number(price), 1m));
        Assert.Equal(ofShort, Dollar.LiquidationPrice(Number(price), -1m));
    }

    [Fact]
    public void No_liquidation_price_is_shown_as_none() =>
        Assert.Equal("--", Dollar.LiquidationPrice(null, 1m));

    [Fact]
    public void The_machines_own_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("-$1,234.50", Dollar.Collateral(-1_234.5m));
            Assert.Equal("0.65 %", MarginFormat.Rate(0.0065m));
            Assert.Equal("1,234.5", MarginFormat.Size(1_234.5m));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_shown_never_flatters_at_any_size()
    {
        var chance = new Draws(20_260_702);
        for (var i = 0; i < 10_000; i++)
        {
            var amount = chance.Any();

            Assert.True(Shown(Dollar.Requirement(amount)) >= amount);
            Assert.True(Shown(Dollar.Collateral(amount)) <= amount);
            Assert.True(Shown(Dollar.CompactRequirement(amount)) >= amount);
            Assert.True(Shown(Dollar.CompactCollateral(amount)) <= amount);
            Assert.Equal(amount, Shown(Dollar.Exactly(amount)));
        }
    }

    [Fact]
    public void In_short_it_is_off_by_less_than_a_hundredth_of_its_unit()
    {
        var chance = new Draws(990_001);
        decimal[] edges = [990m, 999m, 999.99m, 999.999m, 990_000m, 990_001m, 999_990m, 999_999.99m];
        for (var i = 0; i < 10_000; i++)
        {
            var magnitude = chance.OneIn(4)
                ? chance.AnyOf(edges) * chance.AnyOf(1m, 1e3m, 1e6m, 1e9m) + (chance.Within(-9, 10) / 100m)
                : chance.UpToDigits((int)chance.Within(1, 17), 2);
            var amount = chance.OneIn(2) ? magnitude : -magnitude;
            var unit = magnitude switch
            {
                >= 1e12m => 1e12m,
                >= 1e9m => 1e9m,
                >= 1e6m => 1e6m,
                >= 1e3m => 1e3m,
                _ => 1m,
            };

            var above = Shown(Dollar.CompactRequirement(amount)) - amount;
            var below = amount - Shown(Dollar.CompactCollateral(amount));
            Assert.True(above >= 0m && above < 0.01m * unit, $"{amount} by {above}");
            Assert.True(below >= 0m && below < 0.01m * unit, $"{amount} by {below}");
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Shown(string text)
    {
        var digits = text.Replace("$", string.Empty, StringComparison.Ordinal);
        var scale = digits[^1] switch { 'k' => 1e3m, 'M' => 1e6m, 'B' => 1e9m, 'T' => 1e12m, _ => 1m };
        var style = NumberStyles.Number;
        return decimal.Parse(digits.TrimEnd('k', 'M', 'B', 'T'), style, CultureInfo.InvariantCulture) * scale;
    }
}
