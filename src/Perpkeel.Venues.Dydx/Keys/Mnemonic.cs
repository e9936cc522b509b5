using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Hashes;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>
/// The words from which all keys of a wallet follow. Held as numbers in a buffer that is wiped; never shown
/// unless <see cref="Reveal"/> is asked.
/// </summary>
/// <remarks>Source: BIP-39, English; no passphrase.</remarks>
[DebuggerDisplay("{WordCount} words (secret)")]
public sealed class Mnemonic : IDisposable
{
    private const int BitsPerWord = 11;
    private const int SeedRounds = 2048;
    private const int EthereumSignatureBytes = 65;
    private const int MostWords = 24;
    private const int MostEntropyBytes = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBuffer _indices;

    private Mnemonic(int words)
    {
        _indices = new SecretBuffer(words * sizeof(ushort));
        WordCount = words;
    }

    /// <summary>Bytes of a seed.</summary>
    internal static int SeedBytes => SHA512.HashSizeInBytes;

    /// <summary>How many words there are.</summary>
    public int WordCount { get; }

    /// <summary>
    /// Reads words with white space between them, in capitals or small letters. A word that is not in the
    /// list is named with its position and the nearest one that is.
    /// </summary>
    public static Result<Mnemonic, KeyError> Parse(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var range in text.SplitAny(" \t\r\n")) count += text[range].IsEmpty ? 0 : 1;
        if (count is not (12 or 15 or 18 or 21 or 24)) return new KeyError.WordCount(count);

        var mnemonic = new Mnemonic(count);
        var error = mnemonic.Read(text);
        if (error is null) return mnemonic;
        mnemonic.Dispose();
        return error;
    }

    /// <summary>New words, drawn by the system's cryptographic chance.</summary>
    /// <param name="words">12, 15, 18, 21 or 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number was asked for.</exception>
    public static Mnemonic Create(int words = MostWords)
    {
        if (words is not (12 or 15 or 18 or 21 or 24)) throw new ArgumentOutOfRangeException(nameof(words));
        Span<byte> entropy = stackalloc byte[words / 3 * 4];
        RandomNumberGenerator.Fill(entropy);
        var mnemonic = FromEntropy(entropy);
        CryptographicOperations.ZeroMemory(entropy);
        return mnemonic;
    }

    /// <summary>
    /// The words of the wallet that the dYdX web page makes from an Ethereum signature: Keccak-256 of its
    /// first 64 bytes is their entropy.
    /// </summary>
    /// <param name="signatureHex">65 bytes in hexadecimal digits, with or without 0x.</param>
    public static Result<Mnemonic, KeyError> FromEthereumSignature(ReadOnlySpan<char> signatureHex)
    {
        Span<byte> signature = stackalloc byte[EthereumSignatureBytes];
        if (!Hexadecimal.TryRead(signatureHex, signature, out var found))
        {
            return new KeyError.NotAnEthereumSignature(found);
        }

        Span<byte> entropy = stackalloc byte[Keccak256.HashBytes];
        Keccak256.Hash(signature[..^1], entropy);
        var mnemonic = FromEntropy(entropy);
        CryptographicOperations.ZeroMemory(signature);
        CryptographicOperations.ZeroMemory(entropy);
        return mnemonic;
    }

    /// <summary>
    /// The words as text. The text is a secret that nothing wipes: show it once, to its owner, or keep it in
    /// a vault.
    /// </summary>
    public string Reveal() =>
        string.Join(' ', Enumerable.Range(0, WordCount).Select(i => WordList.All[this[i]]));

    /// <summary>Wipes the words.</summary>
    public void Dispose() => _indices.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{WordCount} words (secret)";

    internal static Mnemonic FromEntropy(ReadOnlySpan<byte> entropy)
    {
        Span<byte> bits = stackalloc byte[MostEntropyBytes + 1];
        entropy.CopyTo(bits);
        bits[entropy.Length] = Checksum(entropy);
        var mnemonic = new Mnemonic(entropy.Length / 4 * 3);
        for (var i = 0; i < mnemonic.WordCount; i++) mnemonic[i] = WordAt(bits, i);
        CryptographicOperations.ZeroMemory(bits);
        return mnemonic;
    }

    /// <summary>PBKDF2 with HMAC-SHA512 and 2048 rounds over the words with single spaces.</summary>
    internal void WriteSeed(Span<byte> seed)
    {
        Span<byte> text = stackalloc byte[MostWords * (WordList.LongestWord + 1)];
        var length = 0;
        for (var i = 0; i < WordCount; i++)
        {
            if (i > 0) text[length++] = (byte)' ';
            length += Encoding.ASCII.GetBytes(WordList.All[this[i]], text[length..]);
        }

        Rfc2898DeriveBytes.Pbkdf2(text[..length], "mnemonic"u8, seed, SeedRounds, HashAlgorithmName.SHA512);
        CryptographicOperations.ZeroMemory(text);
    }

    private ushort this[int word]
    {
        get => BinaryPrimitives.ReadUInt16LittleEndian(_indices.Open()[(word * sizeof(ushort))..]);
        set => BinaryPrimitives.WriteUInt16LittleEndian(_indices.Open()[(word * sizeof(ushort))..], value);
    }

    private KeyError? Read(ReadOnlySpan<char> text)
    {
        var position = 0;
        Span<char> small = stackalloc char[WordList.LongestWord];
        foreach (var range in text.SplitAny(" \t\r\n"))
        {
            var word = text[range];
            if (word.IsEmpty) continue;
            position++;
            var length = word.Length <= small.Length ? word.ToLowerInvariant(small) : 0;
            if (!WordList.TryFind(small[..length], out var index))
            {
                var wrong = word.ToString();
                return new KeyError.UnknownWord(
                    position, wrong, WordList.Nearest(wrong.ToLowerInvariant()));
            }

            this[position - 1] = (ushort)index;
        }

        small.Clear();
        return HasChecksum() ? null : new KeyError.BadChecksum();
    }

    private bool HasChecksum()
    {
        Span<byte> bits = stackalloc byte[MostEntropyBytes + 1];
        for (var i = 0; i < WordCount; i++)
        {
            for (var bit = 0; bit < BitsPerWord; bit++)
            {
                var at = (i * BitsPerWord) + bit;
                if (((this[i] >> (BitsPerWord - 1 - bit)) & 1) == 1) bits[at / 8] |= (byte)(0x80 >> (at % 8));
            }
        }

        var bytes = WordCount / 3 * 4;
        var fits = bits[bytes] == Checksum(bits[..bytes]);
        CryptographicOperations.ZeroMemory(bits);
        return fits;
    }

    /// <summary>The first bits of SHA-256, one for each four bytes, at the top of a byte.</summary>
    private static byte Checksum(ReadOnlySpan<byte> entropy)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy, hash);
        return (byte)(hash[0] & (0xFF00 >> (entropy.Length / 4)));
    }

    private static ushort WordAt(ReadOnlySpan<byte> bits, int word)
    {
        var index = 0;
        for (var bit = 0; bit < BitsPerWord; bit++)
        {
            var at = (word * BitsPerWord) + bit;
            index = (index << 1) | ((bits[at / 8] >> (7 - (at % 8))) & 1);
        }

        return (ushort)index;
    }
}
