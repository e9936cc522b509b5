using System.Security.Cryptography;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Keys;

[Trait("Req", "VEN-1")]
public sealed class KeyPairTests : IDisposable
{
    private const string Hex = "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104";
    private const string Address = "dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz";

    private readonly ISecp256k1 _curve = Secp256k1.Open();

    public void Dispose() => _curve.Dispose();

    [Theory]
    [InlineData(Hex)]
    [InlineData("0x" + Hex)]
    [InlineData("  0XC4A48E2FCE1481CD3294B4490F6678090EA98D3D0E5CD984558AB0968741B104\n")]
    public void A_raw_key_is_taken_with_and_without_0x(string text)
    {
        using var pair = KeyPair.FromHex(text, _curve).Value();

        Assert.Equal(Address, pair.Address.Text);
    }

    [Theory]
    [InlineData("", "0 digits")]
    [InlineData("0xc4a48e", "6 digits")]
    [InlineData(Hex + "00", "66 digits")]
    [InlineData("g4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104", "no digits")]
    public void What_is_no_key_is_refused_without_a_digit_of_it(string text, string found)
    {
        var error = KeyPair.FromHex(text, _curve).Error();

        Assert.Equal("not-a-key", error.Code);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4a48", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141")]
    public void A_number_outside_the_curve_is_refused(string hex) =>
        Assert.IsType<KeyError.KeyOutOfRange>(KeyPair.FromHex(hex, _curve).Error());

    [Fact]
    public void Bytes_of_another_length_are_refused() =>
        Assert.IsType<KeyError.NotAKey>(KeyPair.FromBytes(new byte[33], _curve).Error());

    [Fact]
    public void The_key_of_another_account_is_told_with_both_accounts()
    {
        using var pair = KeyPair.FromHex(Hex, _curve).Value();
        var other = DydxAddress.Parse("dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4").Value();

        Assert.Same(pair, pair.For(pair.Address).Value());
        var error = Assert.IsType<KeyError.KeyOfAnotherAccount>(pair.For(other).Error());
        Assert.Contains(Address, error.Message, StringComparison.Ordinal);
        Assert.Contains(other.Text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_keys_differ_and_can_be_taken_out_and_in_again()
    {
        using var first = KeyPair.Create(_curve);
        using var second = KeyPair.Create(_curve);
        var copy = new byte[32];

        first.CopyPrivateKeyTo(copy);

        Assert.NotEqual(first.Address, second.Address);
        using var again = KeyPair.FromBytes(copy, _curve).Value();
        Assert.Equal(first.PublicKey, again.PublicKey);
        Assert.Equal(first.PublicKey.GetHashCode(), again.PublicKey.GetHashCode());
        Assert.False(first.PublicKey.Equals((object)second.PublicKey));
    }

    [Fact]
    public void A_wiped_key_signs_no_more()
    {
        var pair = KeyPair.FromHex(Hex, _curve).Value();

        pair.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pair.Sign(new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => pair.CopyPrivateKeyTo(new byte[32]));
    }

    [Fact]
    public void A_wiped_buffer_holds_zeros()
    {
        var buffer = new SecretBuffer(8);
        var bytes = buffer.Open();
        bytes.Fill(7);

        buffer.Dispose();

        Assert.Equal(new byte[8], bytes.ToArray());
        Assert.Throws<ObjectDisposedException>(() => buffer.Open());
        Assert.Equal("(secret)", buffer.ToString());
    }

    [Fact]
    public void A_signature_has_two_halves()
    {
        using var pair = KeyPair.FromHex(Hex, _curve).Value();

        var signature = pair.Sign(new byte[32]);

        byte[] both = [.. signature.R.Span, .. signature.S.Span];
        Assert.Equal(signature.Bytes.ToArray(), both);
        Assert.InRange(signature.RecoveryId, 0, 3);
        Assert.Equal(Convert.ToHexStringLower(signature.Bytes.Span), signature.ToString());
    }

    [Fact]
    public void A_public_key_is_33_bytes_that_begin_with_2_or_3()
    {
        using var pair = KeyPair.FromHex(Hex, _curve).Value();
        var text = pair.PublicKey.ToBase64();

        Assert.Equal(pair.PublicKey, PublicKey.FromBase64(text).Value());
        Assert.Equal(Address, PublicKey.FromBase64(text).Value().Address.Text);
        Assert.IsType<KeyError.NotAPublicKey>(PublicKey.FromBase64("AAAA").Error());
        Assert.IsType<KeyError.NotAPublicKey>(PublicKey.FromBase64("?").Error());
        Assert.IsType<KeyError.NotAPublicKey>(PublicKey.FromBytes(new byte[33]).Error());
    }

    /// <summary>Each fault has a code of its own and says in a sentence what mends it.</summary>
    [Fact]
    public void Every_fault_is_told_in_words()
    {
        var address = DydxAddress.Parse(Address).Value();
        KeyError[] faults =
        [
            new KeyError.UnknownWord(3, "abuot", "about"), new KeyError.UnknownWord(3, "zzz", null),
            new KeyError.WordCount(13), new KeyError.BadChecksum(), new KeyError.NotAKey("3 digits"),
            new KeyError.KeyOutOfRange(), new KeyError.NotAnEthereumSignature("3 digits"),
            new KeyError.NotAPublicKey(), new KeyError.NotAnAddress("x", "it is too short"),
            new KeyError.KeyOfAnotherAccount(address, address),
        ];

        Assert.All(faults, fault => Assert.Matches("[.?]$", fault.Message));
        Assert.All(faults, fault => Assert.Equal($"{fault.Code}: {fault.Message}", fault.ToString()));
        var codes = faults.Select(fault => fault.Code).Distinct(StringComparer.Ordinal);
        Assert.Equal(faults.Length - 1, codes.Count());
    }

    /// <summary>Half a signature with the key and half without it would give the key away.</summary>
    [Fact]
    public void A_key_that_is_wiped_while_it_signs_signs_whole()
    {
        using var inner = Secp256k1.Open();
        var hash = SHA256.HashData("order"u8);
        var secret = SHA256.HashData("key"u8);
        using var still = KeyPair.FromBytes(secret, inner).Value();
        using var curve = new MeddlingCurve(inner);
        using var wiped = KeyPair.FromBytes(secret, curve).Value();
        curve.BeforeSigning = wiped.Dispose;

        var signature = wiped.Sign(hash);

        Assert.Equal(still.Sign(hash).Bytes.ToArray(), signature.Bytes.ToArray());
        Assert.Throws<ObjectDisposedException>(() => wiped.Sign(hash));
    }

    /// <summary>Does something in the middle of a signature.</summary>
    private sealed class MeddlingCurve(ISecp256k1 inner) : ISecp256k1
    {
        public Action BeforeSigning { get; set; } = () => { };

        public string Name => inner.Name;

        public void WritePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey) =>
            inner.WritePublicKey(privateKey, publicKey);

        public int Sign(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> privateKey, Span<byte> signature)
        {
            BeforeSigning();
            return inner.Sign(hash, privateKey, signature);
        }

        public void Dispose()
        {
        }
    }
}
