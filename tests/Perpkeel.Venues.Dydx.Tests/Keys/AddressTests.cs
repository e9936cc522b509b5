using Perpkeel.Venues.Dydx.Keys;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Keys;

[Trait("Req", "VEN-1")]
public sealed class AddressTests
{
    private const string Good = "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4";

    [Fact]
    public void A_good_address_is_itself()
    {
        var address = DydxAddress.Parse(Good).Value();

        Assert.Equal(Good, address.Text);
        Assert.Equal(Good, address.ToString());
    }

    [Theory]
    [InlineData("", "does not begin")]
    [InlineData("cosmos199tqg4wdlnu4qjlxchpd7seg454937hjjh5wk4", "does not begin")]
    [InlineData("dydx1", "too short")]
    [InlineData("dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju5", "checksum")]
    [InlineData("dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknjb4", "character 42 ('b')")]
    [InlineData("DYDX199TQG4WDLNU4QJLXCHPD7SEG454937HJRKNJU4", "does not begin")]
    public void What_is_wrong_with_an_address_is_said(string text, string reason)
    {
        var error = DydxAddress.Parse(text).Error();

        Assert.Equal("not-an-address", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Each letter changed to each other one: the checksum finds all of them.</summary>
    [Fact]
    public void One_wrong_letter_is_always_found()
    {
        for (var at = DydxAddress.Prefix.Length + 1; at < Good.Length; at++)
        {
            foreach (var letter in "qpzry9x8gf2tvdw0s3jn54khce6mua7l".Where(letter => letter != Good[at]))
            {
                DydxAddress.Parse($"{Good[..at]}{letter}{Good[(at + 1)..]}").Error();
            }
        }
    }

    [Theory]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(32)]
    public void Another_number_of_bytes_is_no_account(int bytes)
    {
        var text = Bech32.Encode(DydxAddress.Prefix, new byte[bytes]);

        var error = DydxAddress.Parse(text).Error();

        Assert.Contains($"{bytes} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_refused() =>
        Assert.Contains(
            "100 characters", DydxAddress.Parse(new string('q', 100)).Error().Message,
            StringComparison.Ordinal);

    /// <summary>Bits that are left over must be zero and fewer than five.</summary>
    [Theory]
    [InlineData("a1pv7wwwr")]
    [InlineData("a1qpamnt9j")]
    public void Half_a_byte_is_refused(string text)
    {
        Assert.False(Bech32.TryDecode("a", text, out _, out var fault));

        Assert.Equal("it does not hold whole bytes", fault);
    }

    /// <summary>Valid strings of BIP-173.</summary>
    [Theory]
    [InlineData("a", "a12uel5l", "")]
    [InlineData(
        "split", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d")]
    public void Published_strings_are_read_and_written(string human, string text, string hex)
    {
        Assert.True(Bech32.TryDecode(human, text, out var data, out var fault), fault);

        Assert.Equal(hex, Convert.ToHexStringLower(data));
        Assert.Equal(text, Bech32.Encode(human, data));
    }

    [Fact]
    public void An_address_that_was_never_set_throws_when_read()
    {
        Assert.Throws<InvalidOperationException>(() => default(DydxAddress).Text);
        Assert.Equal("(none)", default(DydxAddress).ToString());
    }
}
