using System.Security.Cryptography;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Keys;

[Trait("Req", "VEN-1")]
public sealed class MnemonicTests
{
    private const string Known =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    [Fact]
    public void The_word_list_is_the_one_of_BIP_39()
    {
        using var file = typeof(Mnemonic).Assembly.GetManifestResourceStream("bip39/english.txt")!;

        Assert.Equal(
            "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda",
            Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(WordList.Count, WordList.All.Length);
        Assert.Equal(WordList.LongestWord, WordList.All.Max(word => word.Length));
    }

    [Fact]
    public void The_seed_is_the_published_one()
    {
        using var mnemonic = Mnemonic.Parse(Known).Value();
        var seed = new byte[64];

        mnemonic.WriteSeed(seed);

        Assert.Equal(
            "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
            + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4",
            Convert.ToHexStringLower(seed));
    }

    /// <summary>The test vectors of BIP-39: entropy and words.</summary>
    [Theory]
    [InlineData("00000000000000000000000000000000", Known)]
    [InlineData(
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
        "legal winner thank year wave sausage worth useful legal winner thank yellow")]
    [InlineData(
        "ffffffffffffffffffffffffffffffffffffffffffffffff",
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo when")]
    [InlineData(
        "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
        "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen "
        + "patrol group space point ten exist slush involve unfold")]
    public void Entropy_gives_the_published_words(string entropy, string words)
    {
        using var mnemonic = Mnemonic.FromEntropy(Convert.FromHexString(entropy));

        Assert.Equal(words, mnemonic.Reveal());
        using var read = Mnemonic.Parse(words).Value();
        Assert.Equal(words, read.Reveal());
    }

    [Theory]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(21)]
    [InlineData(24)]
    public void New_words_can_be_read_again(int count)
    {
        using var made = Mnemonic.Create(count);
        using var other = Mnemonic.Create(count);

        using var read = Mnemonic.Parse(made.Reveal()).Value();

        Assert.Equal(count, read.WordCount);
        Assert.Equal(made.Reveal(), read.Reveal());
        Assert.NotEqual(made.Reveal(), other.Reveal(), StringComparer.Ordinal);
    }

    [Fact]
    public void No_other_number_of_words_is_made() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.Create(13));

    [Fact]
    public void Capitals_and_white_space_make_no_difference()
    {
        var text = Known.ToUpperInvariant().Replace(" ", " \r\n\t", StringComparison.Ordinal);

        using var mnemonic = Mnemonic.Parse($"  {text}\n").Value();

        Assert.Equal(Known, mnemonic.Reveal());
    }

    [Theory]
    [InlineData("abuot", "about")]
    [InlineData("abandn", "abandon")]
    [InlineData("Wintr", "winter")]
    [InlineData("accidentally", "accident")]
    [InlineData("axt", "act")]
    [InlineData("zzzzzz", null)]
    [InlineData("q", null)]
    public void A_wrong_word_is_named_with_its_place_and_the_nearest(string wrong, string? nearest)
    {
        var words = Known.Split(' ');
        words[6] = wrong;

        var error = Mnemonic.Parse(string.Join(' ', words)).Error();

        var unknown = Assert.IsType<KeyError.UnknownWord>(error);
        Assert.Equal((7, wrong, nearest), (unknown.Position, unknown.Word, unknown.Suggestion));
        Assert.Contains("Word 7", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abandon", 1)]
    [InlineData(Known + " abandon", 13)]
    public void Another_number_of_words_is_refused(string text, int count)
    {
        var error = Mnemonic.Parse(text).Error();

        Assert.Equal(new KeyError.WordCount(count), error);
    }

    [Fact]
    public void Words_in_another_order_are_refused()
    {
        var words = Known.Split(' ');
        (words[0], words[11]) = (words[11], words[0]);

        Assert.IsType<KeyError.BadChecksum>(Mnemonic.Parse(string.Join(' ', words)).Error());
    }

    [Theory]
    [InlineData("", "0 digits")]
    [InlineData("0x1122", "4 digits")]
    public void What_is_no_Ethereum_signature_is_refused(string hex, string found)
    {
        var error = Mnemonic.FromEthereumSignature(hex).Error();

        Assert.Equal(new KeyError.NotAnEthereumSignature(found), error);
    }

    [Fact]
    public void The_last_index_makes_another_account()
    {
        using var curve = Secp256k1.Open();
        using var mnemonic = Mnemonic.Parse(Known).Value();

        using var first = KeyPair.FromMnemonic(mnemonic, 0, curve).Value();
        using var second = KeyPair.FromMnemonic(mnemonic, 1, curve).Value();

        Assert.Equal("dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz", first.Address.Text);
        Assert.NotEqual(first.Address, second.Address);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KeyPair.FromMnemonic(mnemonic, 0x80000000, curve));
    }
}
