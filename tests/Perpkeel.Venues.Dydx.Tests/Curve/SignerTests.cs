using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Venues.Dydx.Curve;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Curve;

[Trait("Req", "VEN-1")]
public sealed class SignerTests
{
    private const int Cases = 300;

    /// <summary>
    /// Published values for key 1 and for the order less 1 (RFC 6979 on secp256k1, as wallets test it).
    /// </summary>
    [Theory]
    [MemberData(nameof(Published))]
    public void A_signature_is_the_published_one(string curve, string key, string text, string r, string s)
    {
        using var opened = Curves.Open(curve);
        var signature = new byte[64];

        opened.Sign(SHA256.HashData(Encoding.ASCII.GetBytes(text)), Convert.FromHexString(key), signature);

        Assert.Equal(r, Convert.ToHexString(signature.AsSpan(0, 32)));
        Assert.Equal(s, Convert.ToHexString(signature.AsSpan(32)));
    }

    public static TheoryData<string, string, string, string, string> Published()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var curve in new[] { Curves.Native, Curves.Platform })
        {
            data.Add(
                curve, One, "Satoshi Nakamoto",
                "934B1EA10A4B3C1757E2B0C017D0B6143CE3C9A7E6A4A49860D7A6AB210EE3D8",
                "2442CE9D2B916064108014783E923EC36B49743E2FFA1C4496F01A512AAFD9E5");
            data.Add(
                curve, One,
                "All those moments will be lost in time, like tears in rain. Time to die...",
                "8600DBD41E348FE5C9465AB92D23E3DB8B98B873BEECD930736488696438CB6B",
                "547FE64427496DB33BF66019DACBF0039C04199ABB0122918601DB38A72CFC21");
            data.Add(
                curve, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364140",
                "Satoshi Nakamoto",
                "FD567D121DB66E382991534ADA77A6BD3106F0A1098C231E47993447CD6AF2D0",
                "6B39CD0EB1BC8603E159EF5C20A5C8AD685A45B06CE9BEBED3F153D10D93BED5");
        }

        return data;
    }

    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";

    [Fact]
    public void Both_curves_give_the_same_bytes_for_any_key_and_hash()
    {
        using var native = Curves.Open(Curves.Native);
        using var platform = Curves.Open(Curves.Platform);

        Prop.ForAll(KeysAndHashes, pair =>
        {
            Assert.Equal(Signed(native, pair.Key, pair.Hash), Signed(platform, pair.Key, pair.Hash));
            Assert.Equal(PublicKey(native, pair.Key), PublicKey(platform, pair.Key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    /// <summary>A hash that is not below the order: RFC 6979 takes it modulo the order.</summary>
    [Fact]
    public void Both_curves_agree_on_a_hash_beyond_the_order()
    {
        using var native = Curves.Open(Curves.Native);
        using var platform = Curves.Open(Curves.Platform);
        var hash = Enumerable.Repeat((byte)0xFF, 32).ToArray();
        var key = Convert.FromHexString(One);

        Assert.Equal(Signed(native, key, hash), Signed(platform, key, hash));
    }

    [Theory]
    [MemberData(nameof(Curves.Names), MemberType = typeof(Curves))]
    public void The_platform_verifies_what_a_curve_signed(string name)
    {
        using var curve = Curves.Open(name);

        Prop.ForAll(KeysAndHashes, pair =>
        {
            using var verifier = ECDsa.Create(
                new ECParameters { Curve = ECCurve.CreateFromValue("1.3.132.0.10"), D = pair.Key });
            Assert.True(verifier.VerifyHash(pair.Hash, Signed(curve, pair.Key, pair.Hash).AsSpan(0, 64)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases / 3));
    }

    [Theory]
    [MemberData(nameof(Curves.Names), MemberType = typeof(Curves))]
    public void The_second_half_is_never_the_higher_one(string name)
    {
        using var curve = Curves.Open(name);

        Prop.ForAll(KeysAndHashes, pair =>
            !Scalar.IsHigh(Signed(curve, pair.Key, pair.Hash).AsSpan(32, 32)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases / 3));
    }

    [Theory]
    [MemberData(nameof(Curves.Names), MemberType = typeof(Curves))]
    public void What_is_no_key_and_what_has_a_wrong_length_is_refused(string name)
    {
        using var curve = Curves.Open(name);
        var key = Convert.FromHexString(One);
        var zero = new byte[32];

        Assert.Throws<ArgumentException>(() => curve.WritePublicKey(zero, new byte[33]));
        Assert.Throws<ArgumentException>(() => curve.WritePublicKey(key, new byte[32]));
        Assert.Throws<ArgumentException>(() => curve.Sign(new byte[31], key, new byte[64]));
        Assert.Throws<ArgumentException>(() => curve.Sign(new byte[32], key, new byte[63]));
        Assert.Throws<ArgumentException>(() => curve.Sign(new byte[32], zero, new byte[64]));
    }

    [Fact]
    public void The_system_library_is_taken_where_it_is_installed()
    {
        var isInstalled = NativeSecp256k1.TryOpen(out var native);
        native?.Dispose();

        using var opened = Secp256k1.Open();

        Assert.Equal(isInstalled ? Curves.Native : Curves.Platform, opened.Name);
    }

    [Fact]
    public void A_closed_library_signs_no_more()
    {
        var curve = Curves.Open(Curves.Native);
        curve.Dispose();
        curve.Dispose();

        Assert.Throws<ObjectDisposedException>(
            () => curve.Sign(new byte[32], Convert.FromHexString(One), new byte[64]));
        Assert.Throws<ObjectDisposedException>(
            () => curve.WritePublicKey(Convert.FromHexString(One), new byte[33]));
    }

    private static Arbitrary<(byte[] Key, byte[] Hash)> KeysAndHashes =>
        ArbMap.Default.GeneratorFor<byte>().ArrayOf(64)
            .Select(bytes => (bytes[..32], bytes[32..]))
            .Where(pair => Scalar.IsValidKey(pair.Item1))
            .ToArbitrary();

    /// <summary>r, s and the recovery id.</summary>
    private static byte[] Signed(ISecp256k1 curve, byte[] key, byte[] hash)
    {
        var signature = new byte[65];
        signature[64] = (byte)curve.Sign(hash, key, signature.AsSpan(0, 64));
        return signature;
    }

    private static byte[] PublicKey(ISecp256k1 curve, byte[] key)
    {
        var bytes = new byte[33];
        curve.WritePublicKey(key, bytes);
        return bytes;
    }

    /// <summary>The check is arithmetic of its own, so it is no echo of the signer.</summary>
    [Theory]
    [MemberData(nameof(Curves.Names), MemberType = typeof(Curves))]
    public void A_signature_is_that_of_its_key_hash_and_bytes_alone(string name)
    {
        using var curve = Curves.Open(name);
        Span<byte> publicKey = stackalloc byte[33];
        Span<byte> signature = stackalloc byte[64];
        for (var i = 1; i <= 12; i++)
        {
            var key = System.Security.Cryptography.SHA256.HashData([(byte)i]);
            var hash = System.Security.Cryptography.SHA256.HashData([(byte)i, 7]);
            curve.WritePublicKey(key, publicKey);
            curve.Sign(hash, key, signature);
            Assert.True(SignatureCheck.IsGood(hash, publicKey, signature), $"key {i}");

            hash[i] ^= 1;
            Assert.False(SignatureCheck.IsGood(hash, publicKey, signature));
            hash[i] ^= 1;
            signature[5 * i] ^= 1;
            Assert.False(SignatureCheck.IsGood(hash, publicKey, signature));
            signature[5 * i] ^= 1;
            publicKey[0] ^= 1;
            Assert.False(SignatureCheck.IsGood(hash, publicKey, signature));
        }
    }

    [Fact]
    public void What_is_no_key_or_no_signature_is_not_good()
    {
        var hash = new byte[32];
        var high = new byte[64];
        high.AsSpan().Fill(0xFF);
        byte[] generator = [2, .. Convert.FromHexString(
            "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798")];

        Assert.False(SignatureCheck.IsGood(hash, generator, new byte[64]));
        Assert.False(SignatureCheck.IsGood(hash, generator, high));
        Assert.False(SignatureCheck.IsGood(hash, generator, new byte[63]));
        Assert.False(SignatureCheck.IsGood(hash, new byte[33], high));
        Assert.False(SignatureCheck.IsGood(hash, [2, .. high.AsSpan(0, 32)], high));
    }
}
