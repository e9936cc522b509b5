using System.Security.Cryptography;
using System.Text;
using Perpkeel.Venues.Dydx.Hashes;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Hashes;

[Trait("Req", "VEN-1")]
public sealed class HashTests
{
    /// <summary>The values of the authors' page on RIPEMD-160.</summary>
    [Theory]
    [InlineData("", 1, "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("a", 1, "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe")]
    [InlineData("abc", 1, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("message digest", 1, "5d0689ef49d2fae572b881b123a85ffa21595f36")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 1, "f71c27109c692c1b56bbdceb5b9d2865b3708dbc")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    [InlineData("1234567890", 8, "9b752e45573d4b39f4dbd3323cab82bf63326bfb")]
    [InlineData("a", 1_000_000, "52783243c1697bdbe16d37f97f68f08325dc1528")]
    public void Ripemd160_gives_the_published_hashes(string text, int times, string hash)
    {
        var data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        var into = new byte[Ripemd160.HashBytes];

        Ripemd160.Hash(data, into);

        Assert.Equal(hash, Convert.ToHexStringLower(into));
    }

    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void Keccak256_gives_the_published_hashes(string text, string hash)
    {
        var into = new byte[Keccak256.HashBytes];

        Keccak256.Hash(Encoding.ASCII.GetBytes(text), into);

        Assert.Equal(hash, Convert.ToHexStringLower(into));
    }

    /// <summary>With the padding of the standard it is SHA3-256, which the platform knows.</summary>
    [Fact]
    public void Keccak256_has_the_sponge_of_SHA3_at_every_length()
    {
        Assert.SkipUnless(SHA3_256.IsSupported, "Sha3: needs a platform with SHA3-256.");
        var data = Enumerable.Range(0, 16).SelectMany(i => SHA256.HashData([(byte)i])).ToArray();
        var into = new byte[Keccak256.HashBytes];
        for (var length = 0; length <= data.Length; length++)
        {
            Keccak256.Hash(data.AsSpan(0, length), into, Keccak256.Standard);
            Assert.Equal(SHA3_256.HashData(data.AsSpan(0, length)), into);
        }
    }
}
