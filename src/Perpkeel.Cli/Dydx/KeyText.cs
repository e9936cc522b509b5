using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;

namespace Perpkeel.Cli.Dydx;

/// <summary>
/// A key as it is written to a file: lines <c>chain-id: …</c> and <c>mnemonic: …</c> or <c>key: …</c>. Words
/// or digits alone are a key of whatever network is chosen.
/// </summary>
internal static class KeyText
{
    private const string ChainId = "chain-id:";
    private const string Words = "mnemonic:";
    private const string Digits = "key:";

    /// <summary>Reads a key. No message repeats what was read.</summary>
    /// <param name="text">The text; the caller wipes it.</param>
    /// <param name="index">Which account of a mnemonic.</param>
    /// <param name="network">The network of a key that names none.</param>
    /// <param name="curve">Signs for the key.</param>
    public static Result<NetworkKey, UserError> Read(
        ReadOnlySpan<char> text, uint index, DydxNetwork network, ISecp256k1 curve)
    {
        var chainId = network.ChainId;
        var (secret, isWords) = (default(Range), false);
        var found = false;
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.IsEmpty || line[0] == '#') continue;
            if (line.StartsWith(ChainId, StringComparison.Ordinal))
            {
                chainId = line[ChainId.Length..].Trim().ToString();
                continue;
            }

            if (found) return UserError.Of("There is more than one key. Give one.");
            found = true;
            secret = range;
            isWords = line.StartsWith(Words, StringComparison.Ordinal) || line.Contains(' ');
        }

        if (!found) return UserError.Of("There is no key. Give words of BIP-39 or 64 hexadecimal digits.");
        var bare = Without(Without(text[secret].Trim(), Words), Digits).Trim();
        var key = isWords && !text[secret].TrimStart().StartsWith(Digits, StringComparison.Ordinal)
            ? FromWords(bare, index, curve)
            : KeyPair.FromHex(bare, curve);
        return key.TryGet(out var pair, out var error)
            ? new NetworkKey(pair, chainId)
            : UserError.Of(error.Message);
    }

    /// <summary>A key as lines for a file.</summary>
    public static string Write(Mnemonic mnemonic, DydxNetwork network) =>
        $"# A key of dYdX. Who reads this owns the account.\n{ChainId} {network.ChainId}\n"
        + $"{Words} {mnemonic.Reveal()}\n";

    private static Result<KeyPair, KeyError> FromWords(
        ReadOnlySpan<char> words, uint index, ISecp256k1 curve)
    {
        if (!Mnemonic.Parse(words).TryGet(out var mnemonic, out var error)) return error;
        using var wiped = mnemonic;
        return KeyPair.FromMnemonic(mnemonic, index, curve);
    }

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> text, string beginning) =>
        text.StartsWith(beginning, StringComparison.Ordinal) ? text[beginning.Length..] : text;
}
