using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Cosmos;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>The way back: from the bytes of a transaction to what it says.</summary>
public static class TxDecoder
{
    /// <summary>Reads a transaction from hexadecimal digits, with or without 0x.</summary>
    public static Result<DecodedTx, TxDecodeError> FromHex(ReadOnlySpan<char> hex) =>
        BytesOf(hex).TryGet(out var bytes, out var error) ? Decode(bytes) : error;

    /// <summary>The bytes of hexadecimal digits, with or without 0x.</summary>
    public static Result<byte[], TxDecodeError> BytesOf(ReadOnlySpan<char> hex)
    {
        hex = hex.Trim();
        if (hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) hex = hex[2..];
        var bytes = new byte[hex.Length / 2];
        return !hex.IsEmpty && Hexadecimal.TryRead(hex, bytes, out _)
            ? bytes
            : new TxDecodeError("text", "it is not in pairs of hexadecimal digits");
    }

    /// <summary>Reads a transaction from the bytes that are broadcast.</summary>
    public static Result<DecodedTx, TxDecodeError> Decode(ReadOnlySpan<byte> bytes)
    {
        var part = "envelope";
        try
        {
            var raw = TxRaw.Parser.ParseFrom(bytes);
            part = "body";
            var body = TxBody.Parser.ParseFrom(raw.BodyBytes);
            if (body.Messages.Count == 0) return new TxDecodeError(part, "it holds no message");
            part = "auth-info";
            var authInfo = AuthInfo.Parser.ParseFrom(raw.AuthInfoBytes);
            part = "messages";
            return Read(SignedTx.HashOf(bytes), raw, body, authInfo);
        }
        catch (InvalidProtocolBufferException error)
        {
            return new TxDecodeError(part, error.Message);
        }
    }

    private static Result<DecodedTx, TxDecodeError> Read(
        string hash, TxRaw raw, TxBody body, AuthInfo authInfo)
    {
        if (!TryReadFee(authInfo.Fee, out var fee)) return new TxDecodeError("fee", "an amount is no number");
        var signer = authInfo.SignerInfos.FirstOrDefault();
        return new DecodedTx
        {
            Hash = hash,
            Messages = [.. body.Messages.Select(Read)],
            Memo = body.Memo,
            TimeoutHeight = body.TimeoutHeight,
            Authenticators = Authenticators(body),
            Signer = signer?.PublicKey is { } key ? Signer(key) : null,
            Sequence = signer?.Sequence ?? 0,
            Fee = fee,
            FeePayer = authInfo.Fee?.Payer ?? string.Empty,
            FeeGranter = authInfo.Fee?.Granter ?? string.Empty,
            OtherSigners =
            [
                .. authInfo.SignerInfos.Skip(1).Select(other => new DecodedSigner(
                    other.PublicKey is { } otherKey ? Signer(otherKey) : null, other.Sequence)),
            ],
            Extensions =
            [
                .. body.ExtensionOptions.Select(one => Extension(one, isCritical: true)),
                .. body.NonCriticalExtensionOptions.Where(one => !ReferenceEquals(one, Selection(body)))
                    .Select(one => Extension(one, isCritical: false)),
            ],
            Signatures = [.. raw.Signatures.Select(signature => signature.Memory)],
        };
    }

    private static DecodedMessage Read(Any wrapped) =>
        new(wrapped.TypeUrl, TypeUrls.Unwrap(wrapped), wrapped.Value.Memory);

    private static ImmutableArray<ulong>? Authenticators(TxBody body) =>
        Selection(body) is { } extension
            ? [.. TxExtension.Parser.ParseFrom(extension.Value).SelectedAuthenticators]
            : null;

    /// <summary>The extension that names authenticators; a second one is shown as it is.</summary>
    private static Any? Selection(TxBody body) => body.NonCriticalExtensionOptions.FirstOrDefault(
        option => string.Equals(option.TypeUrl, TypeUrls.TxExtension, StringComparison.Ordinal));

    private static DecodedExtension Extension(Any option, bool isCritical) =>
        new(option.TypeUrl, isCritical, option.Value.Memory);

    private static PublicKey? Signer(Any wrapped) =>
        TypeUrls.Unwrap(wrapped) is PubKey key
        && PublicKey.FromBytes(key.Key.Span).TryGet(out var found, out _)
            ? found
            : null;

    private static bool TryReadFee(Fee? fee, out TxFee read)
    {
        read = new TxFee([], fee?.GasLimit ?? 0);
        if (fee is null) return true;
        var amounts = ImmutableArray.CreateBuilder<CoinAmount>(fee.Amount.Count);
        foreach (var coin in fee.Amount)
        {
            if (!BigInteger.TryParse(
                coin.Amount, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            {
                return false;
            }

            amounts.Add(new CoinAmount(coin.Denom, amount));
        }

        read = read with { Amounts = amounts.ToImmutable() };
        return true;
    }
}
