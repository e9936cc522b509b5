using System.Security.Cryptography;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Cosmos;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>A transaction as it is broadcast, with the hash by which the chain will know it.</summary>
public sealed class SignedTx
{
    private readonly byte[] _bytes;
    private string? _hash;

    internal SignedTx(byte[] bytes, Signature signature)
    {
        _bytes = bytes;
        Signature = signature;
    }

    /// <summary>The bytes to broadcast. Sent again as they are, they are the same transaction.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Its signature.</summary>
    public Signature Signature { get; }

    /// <summary>SHA-256 of the bytes in capital hexadecimal digits: known before it is sent.</summary>
    public string Hash => _hash ??= HashOf(_bytes);

    /// <summary>
    /// Takes the bytes of a transaction back that was signed before. One signature of 64 bytes must be there;
    /// for what it was signed is told by <see cref="IsSignedFor"/>.
    /// </summary>
    public static Result<SignedTx, TxDecodeError> Read(ReadOnlySpan<byte> bytes)
    {
        if (!TxDecoder.Decode(bytes).TryGet(out var decoded, out var error)) return error;
        return decoded.Signatures is [{ Length: Secp256k1.SignatureBytes } signature]
            ? new SignedTx(bytes.ToArray(), new Signature(signature.ToArray(), Signature.NoRecoveryId))
            : new TxDecodeError("signature", "one of 64 bytes is needed");
    }

    /// <summary>
    /// Whether the key that the transaction names has signed it for this chain and account. Bytes for another
    /// network, or of an account of another number, are not.
    /// </summary>
    public bool IsSignedFor(string chainId, ulong accountNumber)
    {
        var raw = TxRaw.Parser.ParseFrom(_bytes);
        var signers = AuthInfo.Parser.ParseFrom(raw.AuthInfoBytes).SignerInfos;
        if (signers.Count != 1 || signers[0].PublicKey is not { } wrapped
            || TypeUrls.Unwrap(wrapped) is not PubKey key)
        {
            return false;
        }

        var document = new SignDoc
        {
            BodyBytes = raw.BodyBytes,
            AuthInfoBytes = raw.AuthInfoBytes,
            ChainId = chainId,
            AccountNumber = accountNumber,
        };
        return SignatureCheck.IsGood(
            SHA256.HashData(document.ToByteArray()), key.Key.Span, Signature.Bytes.Span);
    }

    /// <inheritdoc/>
    public override string ToString() => Hash;

    internal static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
