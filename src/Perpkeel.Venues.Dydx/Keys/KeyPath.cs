using System.Buffers.Binary;
using System.Security.Cryptography;
using Perpkeel.Venues.Dydx.Curve;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>From a seed to the key of <c>m/44'/118'/0'/0/n</c>.</summary>
/// <remarks>Source: BIP-32; the path is that of the Cosmos chains.</remarks>
internal static class KeyPath
{
    private const uint Hardened = 0x80000000;
    private const int NodeBytes = 64;

    private static ReadOnlySpan<uint> Beginning => [44 | Hardened, 118 | Hardened, 0 | Hardened, 0];

    /// <summary>Writes the key; false in the one case of 2^127 where a step gives no key.</summary>
    public static bool TryDerive(ReadOnlySpan<byte> seed, uint index, ISecp256k1 curve, Span<byte> key)
    {
        Span<byte> node = stackalloc byte[NodeBytes];
        HMACSHA512.HashData("Bitcoin seed"u8, seed, node);
        try
        {
            if (!Scalar.IsValidKey(node[..Secp256k1.KeyBytes])) return false;
            foreach (var step in Beginning)
            {
                if (!TryStep(node, step, curve)) return false;
            }

            if (!TryStep(node, index, curve)) return false;
            node[..Secp256k1.KeyBytes].CopyTo(key);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(node);
        }
    }

    /// <summary>A node is a key and a chain code; the step turns it into its child.</summary>
    private static bool TryStep(Span<byte> node, uint step, ISecp256k1 curve)
    {
        Span<byte> data = stackalloc byte[Secp256k1.PublicKeyBytes + sizeof(uint)];
        Span<byte> child = stackalloc byte[NodeBytes];
        var key = node[..Secp256k1.KeyBytes];
        var code = node[Secp256k1.KeyBytes..];
        if ((step & Hardened) != 0) key.CopyTo(data[1..]);
        else curve.WritePublicKey(key, data[..Secp256k1.PublicKeyBytes]);
        BinaryPrimitives.WriteUInt32BigEndian(data[Secp256k1.PublicKeyBytes..], step);
        HMACSHA512.HashData(code, data, child);
        var isBelow = Scalar.IsBelowOrder(child[..Secp256k1.KeyBytes]);
        Scalar.Add(child[..Secp256k1.KeyBytes], key, key);
        child[Secp256k1.KeyBytes..].CopyTo(code);
        CryptographicOperations.ZeroMemory(data);
        CryptographicOperations.ZeroMemory(child);
        return isBelow && Scalar.IsValidKey(key);
    }
}
