using System.Buffers.Binary;
using System.Numerics;

namespace Perpkeel.Venues.Dydx.Hashes;

/// <summary>
/// Keccak-256 as Ethereum uses it: the sponge of SHA3-256 with the padding that it had before it became a
/// standard.
/// </summary>
/// <remarks>Source: The Keccak reference, version 3.0; FIPS 202 for the permutation.</remarks>
internal static class Keccak256
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 32;

    /// <summary>First byte of the padding before the standard.</summary>
    public const byte Original = 0x01;

    /// <summary>First byte of the padding of FIPS 202, which makes this SHA3-256.</summary>
    public const byte Standard = 0x06;

    private const int Rate = 136;
    private const int Rounds = 24;
    private const int Lanes = 25;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Turns of the lanes in the order in which they are visited.</summary>
    private static ReadOnlySpan<int> Turns =>
        [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    /// <summary>Lanes in the order in which they are visited.</summary>
    private static ReadOnlySpan<int> Path =>
        [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    /// <summary>Writes the hash of some bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash, byte padding = Original)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        while (data.Length >= Rate)
        {
            Absorb(state, data[..Rate]);
            data = data[Rate..];
        }

        Span<byte> last = stackalloc byte[Rate];
        data.CopyTo(last);
        last[data.Length] = padding;
        last[^1] |= 0x80;
        Absorb(state, last);
        for (var i = 0; i < HashBytes / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(i * sizeof(ulong))..], state[i]);
        }

        // What was hashed may be a secret.
        last.Clear();
        state.Clear();
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < Rate / sizeof(ulong); i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }

        for (var round = 0; round < Rounds; round++) Permute(state, RoundConstants[round]);
    }

    private static void Permute(Span<ulong> state, ulong constant)
    {
        Span<ulong> columns = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
        {
            columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (var x = 0; x < 5; x++)
        {
            var mixed = columns[(x + 4) % 5] ^ BitOperations.RotateLeft(columns[(x + 1) % 5], 1);
            for (var y = 0; y < Lanes; y += 5) state[x + y] ^= mixed;
        }

        var carried = state[1];
        for (var i = 0; i < Path.Length; i++)
        {
            var next = state[Path[i]];
            state[Path[i]] = BitOperations.RotateLeft(carried, Turns[i]);
            carried = next;
        }

        for (var y = 0; y < Lanes; y += 5)
        {
            state.Slice(y, 5).CopyTo(columns);
            for (var x = 0; x < 5; x++)
            {
                state[x + y] = columns[x] ^ (~columns[(x + 1) % 5] & columns[(x + 2) % 5]);
            }
        }

        state[0] ^= constant;
    }
}
