using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Numbers;

[Trait("Req", "MAR-2")]
public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.004", "0.004")]
    [InlineData("00012.500", "12.5")]
    [InlineData("+7", "7")]
    [InlineData("-3.25", "-3.25")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("4e-3", "0.004")]
    [InlineData("1.5E+6", "1500000")]
    [InlineData("120e-1", "12")]
    [InlineData("0e999999", "0")]
    [InlineData("1e28", "10000000000000000000000000000")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("7922816251426433759354395033.50", "7922816251426433759354395033.5")]
    public void A_number_is_read_to_its_last_digit(string text, string number)
    {
        Assert.Equal(DecimalTextFault.None, DecimalText.Read(text, out var value));
        Assert.Equal(number, Decimals.Text(value));
    }

    [Theory]
    [InlineData("1e-29")]
    [InlineData("1e29")]
    [InlineData("1e30")]
    [InlineData("-1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("7922816251426433759354395033.51")]
    [InlineData("0.00400000000000000000000000001")]
    public void A_number_with_more_digits_than_a_decimal_holds_is_refused_not_rounded(string text)
    {
        Assert.Equal(DecimalTextFault.TooManyDigits, DecimalText.Read(text, out var value));
        Assert.Equal(0m, value);
    }

    [Fact]
    public void A_longer_text_than_any_decimal_needs_is_refused_not_read_wrongly()
    {
        var zeros = new string('0', 1_004);

        Assert.Equal(DecimalTextFault.TooManyDigits, DecimalText.Read($"0.{zeros}1e1005", out var value));
        Assert.Equal(0m, value);
        Assert.Equal(DecimalTextFault.TooManyDigits, DecimalText.Read($"{zeros}1", out _));
        Assert.Equal(DecimalTextFault.NotANumber, DecimalText.Read($"{zeros}x", out _));
        Assert.Equal(DecimalTextFault.None, DecimalText.Read($"0.{zeros[..20]}1e21", out value));
        Assert.Equal(1m, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("1,000")]
    [InlineData("1_000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("٣")]
    [InlineData("0.4%")]
    public void What_is_no_number_is_refused(string text) =>
        Assert.Equal(DecimalTextFault.NotANumber, DecimalText.Read(text, out _));

    [Fact]
    public void Whatever_a_decimal_is_written_as_reads_back_as_the_same_decimal() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<decimal>(),
            value => DecimalText.Read(value.ToString(CultureInfo.InvariantCulture), out var read)
                == DecimalTextFault.None && read == value));
}
