using Perpkeel.Venues.Dydx.Curve;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>A signature of secp256k1: r, s and the recovery id. No secret.</summary>
public sealed class Signature
{
    /// <summary>Stands for a recovery id that is not known.</summary>
    public const int NoRecoveryId = -1;

    private readonly byte[] _bytes;

    internal Signature(byte[] bytes, int recoveryId)
    {
        _bytes = bytes;
        RecoveryId = recoveryId;
    }

    /// <summary>r and s, 32 bytes each with the highest byte first, as the chain takes them.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The first half.</summary>
    public ReadOnlyMemory<byte> R => _bytes.AsMemory(0, Secp256k1.KeyBytes);

    /// <summary>The second half, not above half the order of the curve.</summary>
    public ReadOnlyMemory<byte> S => _bytes.AsMemory(Secp256k1.KeyBytes);

    /// <summary>
    /// Which of the points with this r was meant, 0 to 3; <see cref="NoRecoveryId"/> for a signature that was
    /// read from a transaction, which does not tell it.
    /// </summary>
    public int RecoveryId { get; }

    /// <summary>The bytes as small hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
