using System.Diagnostics;
using System.Security.Cryptography;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Curve;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>
/// A private key with its public key and address. The private key lies in a buffer that is wiped; text, JSON
/// and debugger show the address only.
/// </summary>
[DebuggerDisplay("{Address} (key is secret)")]
public sealed class KeyPair : IDisposable
{
    /// <summary>The highest account index that a mnemonic gives: paths count to 2^31.</summary>
    public const uint HighestIndex = int.MaxValue;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBuffer _privateKey;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ISecp256k1 _curve;

    /// <summary>Takes the buffer over.</summary>
    private KeyPair(SecretBuffer privateKey, ISecp256k1 curve)
    {
        _privateKey = privateKey;
        _curve = curve;
        var bytes = new byte[Secp256k1.PublicKeyBytes];
        curve.WritePublicKey(privateKey.Open(), bytes);
        PublicKey = new PublicKey(bytes);
        Address = DydxAddress.Of(PublicKey);
    }

    /// <summary>The public key.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The account of the key.</summary>
    public DydxAddress Address { get; }

    /// <summary>The key of <c>m/44'/118'/0'/0/index</c>.</summary>
    /// <param name="mnemonic">The words; stays the caller's.</param>
    /// <param name="index">Which account, from 0.</param>
    /// <param name="curve">Signs for this key; stays the caller's and must live as long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is 2^31 or above.</exception>
    public static Result<KeyPair, KeyError> FromMnemonic(Mnemonic mnemonic, uint index, ISecp256k1 curve)
    {
        ArgumentNullException.ThrowIfNull(mnemonic);
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, HighestIndex);
        Span<byte> seed = stackalloc byte[Mnemonic.SeedBytes];
        mnemonic.WriteSeed(seed);
        var key = new SecretBuffer(Secp256k1.KeyBytes);
        var isKey = KeyPath.TryDerive(seed, index, curve, key.Open());
        CryptographicOperations.ZeroMemory(seed);
        return isKey ? new KeyPair(key, curve) : new KeyError.KeyOutOfRange();
    }

    /// <summary>A private key in hexadecimal digits, with or without 0x.</summary>
    public static Result<KeyPair, KeyError> FromHex(ReadOnlySpan<char> hex, ISecp256k1 curve)
    {
        Span<byte> key = stackalloc byte[Secp256k1.KeyBytes];
        if (!Hexadecimal.TryRead(hex, key, out var found)) return new KeyError.NotAKey(found);
        var pair = FromBytes(key, curve);
        CryptographicOperations.ZeroMemory(key);
        return pair;
    }

    /// <summary>A private key of 32 bytes. The bytes are copied: wipe yours.</summary>
    public static Result<KeyPair, KeyError> FromBytes(ReadOnlySpan<byte> privateKey, ISecp256k1 curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (privateKey.Length != Secp256k1.KeyBytes)
        {
            return new KeyError.NotAKey($"{privateKey.Length} bytes");
        }

        if (!Scalar.IsValidKey(privateKey)) return new KeyError.KeyOutOfRange();
        var key = new SecretBuffer(Secp256k1.KeyBytes);
        privateKey.CopyTo(key.Open());
        return new KeyPair(key, curve);
    }

    /// <summary>A new key, drawn by the system's cryptographic chance.</summary>
    public static KeyPair Create(ISecp256k1 curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var key = new SecretBuffer(Secp256k1.KeyBytes);
        do RandomNumberGenerator.Fill(key.Open());
        while (!Scalar.IsValidKey(key.Open()));
        return new KeyPair(key, curve);
    }

    /// <summary>This key if it is that of an account, else the error that names both.</summary>
    public Result<KeyPair, KeyError> For(DydxAddress account) =>
        Address == account ? this : new KeyError.KeyOfAnotherAccount(account, Address);

    /// <summary>Signs a hash of 32 bytes: the same hash gives the same bytes, with every curve.</summary>
    /// <exception cref="ArgumentException">The hash has another length.</exception>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public Signature Sign(ReadOnlySpan<byte> hash)
    {
        var bytes = new byte[Secp256k1.SignatureBytes];

        // A key that were wiped between nonce and signature would make one from which it can be computed: so
        // it signs from a copy.
        Span<byte> key = stackalloc byte[Secp256k1.KeyBytes];
        try
        {
            _privateKey.CopyTo(key);
            return new Signature(bytes, _curve.Sign(hash, key, bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Copies the private key out, for a vault. The copy is the caller's to wipe.</summary>
    /// <exception cref="ArgumentException">There is no room for 32 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public void CopyPrivateKeyTo(Span<byte> into) => _privateKey.CopyTo(into);

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _privateKey.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{Address} (key is secret)";
}
