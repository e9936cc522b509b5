using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>Keys and addresses of mnemonics and of Ethereum signatures.</summary>
internal static class KeyChecks
{
    public static void Check(VectorCase vector, ISecp256k1 curve)
    {
        using var mnemonic = vector.Inputs.TryGetProperty("mnemonic", out var words)
            ? Mnemonic.Parse(words.GetString()).Value()
            : Mnemonic.FromEthereumSignature(vector.Input("ethereumSignatureHex")).Value();
        using var pair = KeyPair.FromMnemonic(mnemonic, Index(vector), curve).Value();
        var key = new byte[Secp256k1.KeyBytes];
        pair.CopyPrivateKeyTo(key);

        Is("mnemonic", mnemonic.Reveal);
        Is("privateKeyHex", () => Convert.ToHexStringLower(key));
        Is("publicKeyHex", pair.PublicKey.ToString);
        Is("publicKeyBase64", pair.PublicKey.ToBase64);
        Is("address", () => pair.Address.Text);

        void Is(string name, Func<string> actual)
        {
            if (vector.Expected.TryGetProperty(name, out var expected))
            {
                Assert.Equal(expected.GetString(), actual());
            }
        }
    }

    /// <summary>The last step of the path; the others are always the same.</summary>
    private static uint Index(VectorCase vector)
    {
        if (!vector.Inputs.TryGetProperty("path", out var path)) return 0;
        var steps = path.GetString()!.Split('/');
        Assert.Equal("m/44'/118'/0'/0", string.Join('/', steps[..^1]));
        return uint.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
