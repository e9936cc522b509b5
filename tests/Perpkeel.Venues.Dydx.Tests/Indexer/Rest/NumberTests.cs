using System.Globalization;
using System.Text;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Rest;

[Trait("Req", "VEN-1")]
public sealed class NumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("65920.0", "65920")]
    [InlineData("0.00000254545454545455", "0.00000254545454545455")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("-2.5E+3", "-2500")]
    [InlineData("1e28", "10000000000000000000000000000")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.12345678901234567890123456785", "0.1234567890123456789012345678")]
    [InlineData("0.12345678901234567890123456789", "0.1234567890123456789012345679")]
    [InlineData("123456789.12345678901234567890123456789012345", "123456789.12345678901234567890")]
    [InlineData("1e-60", "0")]
    [InlineData("+3", "3")]
    public void A_decimal_is_read_to_its_last_digit_or_rounded_where_it_has_more(string text, string expected)
    {
        Assert.True(Utf8Number.TryDecimal(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e29")]
    [InlineData("1e999999999999")]
    [InlineData("0x10")]
    public void What_is_no_decimal_is_none(string text) =>
        Assert.False(Utf8Number.TryDecimal(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("65920", "0.1", 659_200)]
    [InlineData("65920.0000", "0.1", 659_200)]
    [InlineData("6.592e4", "0.1", 659_200)]
    [InlineData("0.0003", "0.0001", 3)]
    [InlineData("-0.0003", "0.0001", -3)]
    [InlineData("7.5", "2.5", 3)]
    [InlineData("300", "100", 3)]
    [InlineData("0.000", "0.0001", 0)]
    public void A_price_on_the_grid_is_a_whole_number_of_ticks(string text, string unit, long count)
    {
        var grid = new GridUnit(decimal.Parse(unit, CultureInfo.InvariantCulture));

        Assert.True(Utf8Number.TryCount(Encoding.UTF8.GetBytes(text), grid, out var ticks));
        Assert.Equal(count, ticks);
    }

    [Theory]
    [InlineData("65920.05", "0.1")]
    [InlineData("1e30", "0.1")]
    [InlineData("1e-30", "0.1")]
    [InlineData("7", "2.5")]
    [InlineData("9223372036854775808", "1")]
    public void What_lies_between_two_ticks_is_refused_and_not_rounded(string text, string unit) =>
        Assert.False(Utf8Number.TryCount(
            Encoding.UTF8.GetBytes(text), new GridUnit(decimal.Parse(unit, CultureInfo.InvariantCulture)),
            out _));

    [Fact]
    public void Any_decimal_is_read_as_the_platform_reads_it()
    {
        var generator = FsCheck.Fluent.Gen.Choose(int.MinValue, int.MaxValue);
        foreach (var bits in FsCheck.Fluent.Gen.Sample(
            FsCheck.Fluent.Gen.ArrayOf(generator, 4), 10, 2_000))
        {
            var expected = new decimal(bits[0], bits[1], bits[2], bits[3] < 0, (byte)Math.Abs(bits[3] % 29));
            var text = expected.ToString(CultureInfo.InvariantCulture);
            Assert.True(Utf8Number.TryDecimal(Encoding.UTF8.GetBytes(text), out var value), text);
            Assert.Equal(expected, value);
        }

    }

    [Theory]
    [InlineData("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.6780000+00:00")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2024-02-29T23:59:59.9999999Z", "2024-02-29T23:59:59.9999999+00:00")]
    public void A_time_is_read(string text, string expected)
    {
        Assert.True(Utf8Time.TryRead(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(expected, time.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05.678")]
    [InlineData("2026-02-29T03:04:05.678Z")]
    [InlineData("2026-01-02 03:04:05.678Z")]
    [InlineData("2026-01-02T24:04:05.678Z")]
    [InlineData("2026-01-02T03:04:05.Z")]
    [InlineData("2026-01-02T03:04:05.-12Z")]
    [InlineData("9999-12-31T23:59:59.000Z")]
    public void What_is_no_time_is_none(string text) =>
        Assert.False(Utf8Time.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Words_are_the_venues_and_new_ones_are_kept()
    {
        Assert.Equal("BEST_EFFORT_CANCELED", new Named<OrderStatus>(OrderStatus.BestEffortCanceled).Text);
        Assert.Equal("15MINS", new Named<CandleResolution>(CandleResolution.FifteenMinutes).Text);
        Assert.Equal(FillType.TwapSuborder, new Named<FillType>("TWAP_SUBORDER").Known);
        var unknown = new Named<OrderStatus>("PARTLY_ASLEEP");
        Assert.Null(unknown.Known);
        Assert.Equal("PARTLY_ASLEEP", unknown.Text);
        Assert.Empty(default(Named<OrderStatus>).Text);
    }
}
