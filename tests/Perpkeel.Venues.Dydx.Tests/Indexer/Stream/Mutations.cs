using System.Text;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>Messages with something wrong, by chance that can be repeated.</summary>
internal sealed class Mutations(ulong seed)
{
    private static readonly IReadOnlyList<string> Odd =
    [
        "null", "true", "{}", "[]", "\"\"", "-1", "1e999", "\"1e-40\"",
        "\"99999999999999999999999999999999999999\"",
        "\"\\ud800\"", "9223372036854775808", "[[[[", "}}", ",", "\"NaN\"", "\"-0\"", "\"0x1\"", "\u0000",
        "\\",
        "\"v4_orderbook\"", "\"ETH-USD\"", "\"channel_batch_data\"", "0.1", "\"2500.1\"", "\u00e9",
    ];

    private ulong _state = seed;

    public int Next(int below)
    {
        _state = unchecked((_state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
        return (int)((_state >> 33) % (ulong)below);
    }

    /// <summary>A copy of a message with one to four changes.</summary>
    public byte[] Of(byte[] message, byte[] other)
    {
        var bytes = message.ToList();
        for (var changes = Next(4); changes >= 0 && bytes.Count > 1; changes--) Change(bytes, other);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = Next(bytes.Count);
        var length = Math.Min(1 + Next(12), bytes.Count - at);
        switch (Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Odd[Next(Odd.Count)]));
                break;
            case 5:
                ReplaceValue(bytes, at);
                break;
            case 6:
                var from = Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + (length * 4))]);
                break;
            default:
                bytes[at] = (byte)Next(256);
                break;
        }
    }

    /// <summary>The value after the next colon becomes another one: what is left is still JSON.</summary>
    private void ReplaceValue(List<byte> bytes, int from)
    {
        var colon = bytes.IndexOf((byte)':', from);
        if (colon < 0) return;
        var end = colon + 1;
        while (end < bytes.Count && bytes[end] is not ((byte)',' or (byte)'}' or (byte)']')) end++;
        bytes.RemoveRange(colon + 1, end - colon - 1);
        bytes.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Odd[Next(Odd.Count)]));
    }
}
