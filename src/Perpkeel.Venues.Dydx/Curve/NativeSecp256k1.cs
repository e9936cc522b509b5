using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Perpkeel.Venues.Dydx.Curve;

/// <summary>
/// The system's libsecp256k1 (Debian: <c>libsecp256k1-1</c>), with its module for recoverable signatures.
/// Found at run time; nothing of it is shipped.
/// </summary>
public sealed unsafe class NativeSecp256k1 : ISecp256k1
{
    private const uint SignAndVerify = 0x0301;
    private const uint Compressed = 0x0102;
    private const int OpaqueKeyBytes = 64;
    private const int OpaqueSignatureBytes = 65;

    private static readonly ImmutableArray<string> Names =
    [
        "libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1",
        "libsecp256k1.so.0", "libsecp256k1.so", "libsecp256k1.dylib", "libsecp256k1-6.dll",
        "libsecp256k1-2.dll", "secp256k1.dll",
    ];

    private readonly nint _library;
    private readonly nint _context;
    private readonly delegate* unmanaged<nint, void> _destroy;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _createKey;
    private readonly delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int> _writeKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int> _sign;
    private readonly delegate* unmanaged<nint, byte*, int*, byte*, int> _writeSignature;
    private int _isDisposed;

    private NativeSecp256k1(nint library)
    {
        _library = library;
        _destroy = (delegate* unmanaged<nint, void>)Find("context_destroy");
        _createKey = (delegate* unmanaged<nint, byte*, byte*, int>)Find("ec_pubkey_create");
        _writeKey =
            (delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int>)Find("ec_pubkey_serialize");
        _sign = (delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int>)
            Find("ecdsa_sign_recoverable");
        _writeSignature = (delegate* unmanaged<nint, byte*, int*, byte*, int>)
            Find("ecdsa_recoverable_signature_serialize_compact");
        var create = (delegate* unmanaged<uint, nint>)Find("context_create");
        var blind = (delegate* unmanaged<nint, byte*, int>)Find("context_randomize");
        _context = create(SignAndVerify);
        var seed = stackalloc byte[Secp256k1.KeyBytes];
        RandomNumberGenerator.Fill(new Span<byte>(seed, Secp256k1.KeyBytes));
        if (blind(_context, seed) != 1) throw new CryptographicException("libsecp256k1 took no blinding.");
    }

    /// <inheritdoc/>
    public string Name => "libsecp256k1";

    /// <summary>Opens the library; false where none is installed that can sign recoverably.</summary>
    public static bool TryOpen([NotNullWhen(true)] out NativeSecp256k1? curve)
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            if (NativeLibrary.TryGetExport(library, "secp256k1_ecdsa_sign_recoverable", out _))
            {
                curve = new NativeSecp256k1(library);
                return true;
            }

            NativeLibrary.Free(library);
        }

        curve = null;
        return false;
    }

    /// <inheritdoc/>
    public void WritePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        Secp256k1.CheckForPublicKey(privateKey, publicKey);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var opaque = stackalloc byte[OpaqueKeyBytes];
        nuint length = Secp256k1.PublicKeyBytes;
        fixed (byte* key = privateKey, into = publicKey)
        {
            if (_createKey(_context, opaque, key) != 1
                || _writeKey(_context, into, &length, opaque, Compressed) != 1)
            {
                throw new CryptographicException("libsecp256k1 made no public key.");
            }
        }
    }

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> privateKey, Span<byte> signature)
    {
        Secp256k1.CheckForSigning(privateKey, hash, signature);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);

        // The library takes the nonce from the hash as it is, RFC 6979 from the hash modulo n.
        Span<byte> reduced = stackalloc byte[Secp256k1.KeyBytes];
        Scalar.Reduce(hash, reduced);
        var opaque = stackalloc byte[OpaqueSignatureBytes];
        int recovery;
        fixed (byte* message = reduced, key = privateKey, into = signature)
        {
            if (_sign(_context, opaque, message, key, 0, 0) != 1
                || _writeSignature(_context, into, &recovery, opaque) != 1)
            {
                throw new CryptographicException("libsecp256k1 made no signature.");
            }
        }

        return recovery;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        if (_context != 0) _destroy(_context);
        NativeLibrary.Free(_library);
    }

    private nint Find(string name) => NativeLibrary.GetExport(_library, $"secp256k1_{name}");
}
