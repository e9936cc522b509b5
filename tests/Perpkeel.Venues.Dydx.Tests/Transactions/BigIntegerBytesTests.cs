using System.Numerics;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Transactions;

[Trait("Req", "VEN-1")]
public sealed class BigIntegerBytesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0200")]
    [InlineData("03")]
    public void All_forms_of_zero_are_read(string hex)
    {
        Assert.True(BigIntegerBytes.TryRead(Convert.FromHexString(hex), out var value));

        Assert.True(value.IsZero);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("0101")]
    [InlineData("04")]
    public void Another_first_byte_is_no_number(string hex) =>
        Assert.False(BigIntegerBytes.TryRead(Convert.FromHexString(hex), out _));

    [Fact]
    public void What_is_written_is_read()
    {
        for (var power = 0; power < 200; power++)
        {
            foreach (var value in new[] { BigInteger.Pow(2, power), -BigInteger.Pow(2, power) - 1 })
            {
                Assert.True(BigIntegerBytes.TryRead(BigIntegerBytes.Write(value), out var read));
                Assert.Equal(value, read);
            }
        }
    }
}
