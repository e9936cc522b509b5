using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>The text form of addresses: the original Bech32, not Bech32m.</summary>
/// <remarks>Source: BIP-173.</remarks>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private const int MostLength = 90;

    private static ReadOnlySpan<uint> Generator =>
        [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];

    /// <summary>The text of some bytes under a human part in small letters.</summary>
    public static string Encode(string human, ReadOnlySpan<byte> data)
    {
        var values = Regroup(data, 8, 5, pad: true)!;
        var sum = Sum(human, values, new byte[ChecksumLength]) ^ 1;
        var text = new char[human.Length + 1 + values.Length + ChecksumLength];
        human.CopyTo(text);
        text[human.Length] = '1';
        for (var i = 0; i < values.Length; i++) text[human.Length + 1 + i] = Alphabet[values[i]];
        for (var i = 0; i < ChecksumLength; i++)
        {
            text[^(ChecksumLength - i)] = Alphabet[(int)(sum >> (5 * (5 - i))) & 31];
        }

        return new string(text);
    }

    /// <summary>
    /// The bytes of a text in small letters under a human part; otherwise what is wrong with it.
    /// </summary>
    public static bool TryDecode(
        string human, string text, [NotNullWhen(true)] out byte[]? data,
        [NotNullWhen(false)] out string? fault)
    {
        data = null;
        fault = null;
        var start = human.Length + 1;
        if (text.Length > MostLength) fault = $"it has {text.Length} characters";
        else if (!text.StartsWith(human, StringComparison.Ordinal) || text.Length < start
            || text[human.Length] != '1') fault = $"it does not begin with '{human}1'";
        else if (text.Length < start + ChecksumLength) fault = "it is too short";
        if (fault is not null) return false;

        var values = new byte[text.Length - start];
        for (var i = 0; i < values.Length; i++)
        {
            var value = Alphabet.IndexOf(text[start + i], StringComparison.Ordinal);
            if (value < 0)
            {
                fault = $"character {start + i + 1} ('{text[start + i]}') is none that addresses use";
                return false;
            }

            values[i] = (byte)value;
        }

        if (Sum(human, values, []) != 1)
        {
            fault = "its checksum does not fit: a character is wrong or missing";
            return false;
        }

        data = Regroup(values.AsSpan(0, values.Length - ChecksumLength), 5, 8, pad: false);
        if (data is null) fault = "it does not hold whole bytes";
        return data is not null;
    }

    private static uint Sum(string human, ReadOnlySpan<byte> values, ReadOnlySpan<byte> end)
    {
        uint sum = 1;
        foreach (var letter in human) sum = Step(sum, (uint)letter >> 5);
        sum = Step(sum, 0);
        foreach (var letter in human) sum = Step(sum, (uint)letter & 31);
        foreach (var value in values) sum = Step(sum, value);
        foreach (var value in end) sum = Step(sum, value);
        return sum;
    }

    private static uint Step(uint sum, uint value)
    {
        var top = sum >> 25;
        sum = ((sum & 0x1FFFFFF) << 5) ^ value;
        for (var i = 0; i < Generator.Length; i++)
        {
            if (((top >> i) & 1) == 1) sum ^= Generator[i];
        }

        return sum;
    }

    /// <summary>Groups of bits of one width as groups of another; null where bits are left over.</summary>
    private static byte[]? Regroup(ReadOnlySpan<byte> groups, int from, int to, bool pad)
    {
        var result = new List<byte>((groups.Length * from / to) + 1);
        var held = 0;
        var bits = 0;
        foreach (var group in groups)
        {
            held = ((held << from) | group) & 0xFFF;
            bits += from;
            while (bits >= to)
            {
                bits -= to;
                result.Add((byte)((held >> bits) & ((1 << to) - 1)));
            }
        }

        var left = held & ((1 << bits) - 1);
        if (pad && bits > 0) result.Add((byte)((left << (to - bits)) & ((1 << to) - 1)));
        return !pad && (bits >= from || left != 0) ? null : [.. result];
    }
}
