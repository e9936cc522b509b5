using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>Whole transactions: body, fee, sign bytes, signature, bytes and hash, and the way back.</summary>
internal static class TxChecks
{
    public static void Check(VectorCase vector, ISecp256k1 curve)
    {
        using var mnemonic = Mnemonic.Parse(vector.Input("signerMnemonic")).Value();
        using var key = KeyPair.FromMnemonic(mnemonic, 0, curve).Value();
        Assert.Equal(vector.Input("signerAddress"), key.Address.Text);
        var context = Context(vector);

        var unsigned = TxEncoder.Encode(Messages(vector), context, key.PublicKey);
        var signed = TxEncoder.Sign(unsigned, key);

        Is(vector, "bodyBytesHex", unsigned.BodyBytes);
        Is(vector, "authInfoBytesHex", unsigned.AuthInfoBytes);
        Is(vector, "signDocBytesHex", unsigned.SignBytes);
        Is(vector, "signDocSha256Hex", SHA256.HashData(unsigned.SignBytes.Span));
        Is(vector, "signatureHex", signed.Signature.Bytes);
        Is(vector, "txRawHex", signed.Bytes);
        Assert.Equal(vector.Expects("txHash"), signed.Hash);
        CheckBuilder(vector, context, key);
        CheckDecoder(signed, context, key);
    }

    /// <summary>
    /// A transaction as the official client wrote it, with its own encoding of the empty extension: it is
    /// read, and its parts signed again give its signature.
    /// </summary>
    public static void CheckSigned(JsonElement file, ISecp256k1 curve)
    {
        using var mnemonic = Mnemonic.Parse(Words(file.GetProperty("mnemonic").GetString()!)).Value();
        using var key = KeyPair.FromMnemonic(mnemonic, 0, curve).Value();
        var options = file.GetProperty("opt");
        var hex = file.GetProperty("txRawHex").GetString()!;
        var raw = TxRaw.Parser.ParseFrom(Convert.FromHexString(hex));
        var document = new SignDoc
        {
            BodyBytes = raw.BodyBytes,
            AuthInfoBytes = raw.AuthInfoBytes,
            ChainId = options.GetProperty("chainId").GetString(),
            AccountNumber = options.GetProperty("accountNumber").GetUInt64(),
        };

        var signature = key.Sign(SHA256.HashData(document.ToByteArray()));
        var decoded = TxDecoder.FromHex(hex).Value();

        Assert.Equal(file.GetProperty("address").GetString(), key.Address.Text);
        Assert.Equal(raw.Signatures.Single().ToByteArray(), signature.Bytes.ToArray());
        Assert.Equal(key.PublicKey, decoded.Signer);
        Assert.Equal(options.GetProperty("sequence").GetUInt64(), decoded.Sequence);
        Assert.Equal(
            file.GetProperty("fee").GetProperty("gas").GetString(),
            decoded.Fee.GasLimit.ToString(CultureInfo.InvariantCulture));
    }

    private static void CheckBuilder(VectorCase vector, TxContext context, KeyPair key)
    {
        var messages = Messages(vector).Select(wrapped => TypeUrls.Unwrap(wrapped)!).ToList();
        if (TxRules.Check(messages, context) is not null) return;
        Is(vector, "txRawHex", TxBuilder.Sign(messages, context, key).Value().Bytes);
    }

    private static void CheckDecoder(SignedTx signed, TxContext context, KeyPair key)
    {
        var decoded = TxDecoder.Decode(signed.Bytes.Span).Value();

        Assert.Equal(signed.Hash, decoded.Hash);
        Assert.Equal(context.Memo, decoded.Memo);
        Assert.Equal(context.TimeoutHeight, decoded.TimeoutHeight);
        Assert.Equal(context.Sequence, decoded.Sequence);
        Assert.Equal(context.Fee.GasLimit, decoded.Fee.GasLimit);
        Assert.Equal(context.Fee.Amounts, decoded.Fee.Amounts);
        Assert.Equal(context.Authenticators is null, decoded.Authenticators is null);
        Assert.Equal(context.Authenticators ?? [], decoded.Authenticators ?? []);
        Assert.Equal(key.PublicKey, decoded.Signer);
        Assert.Equal(signed.Signature.Bytes.ToArray(), decoded.Signatures.Single().ToArray());
        Assert.All(decoded.Messages, message => Assert.NotNull(message.Message));
    }

    private static TxContext Context(VectorCase vector)
    {
        var fee = vector.Inputs.GetProperty("feeAmount").EnumerateArray().Select(coin => new CoinAmount(
            coin.GetProperty("denom").GetString()!,
            BigInteger.Parse(coin.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)));
        var ids = vector.Inputs.GetProperty("selectedAuthenticators");
        return new TxContext
        {
            ChainId = vector.Input("chainId"),
            AccountNumber = Number(vector, "accountNumber"),
            Sequence = Number(vector, "sequence"),
            Memo = vector.Input("memo"),
            TimeoutHeight = Number(vector, "timeoutHeight"),
            Fee = new TxFee([.. fee], Number(vector, "gasLimit")),
            Authenticators = ids.ValueKind == JsonValueKind.Null
                ? null
                : [.. ids.EnumerateArray().Select(id =>
                    ulong.Parse(id.ToString(), CultureInfo.InvariantCulture))],
        };
    }

    /// <summary>A number, also where it is written as text for want of digits.</summary>
    private static ulong Number(VectorCase vector, string name) =>
        ulong.Parse(vector.Inputs.GetProperty(name).ToString(), CultureInfo.InvariantCulture);

    /// <summary>
    /// The messages as given; as a standard encoder writes them where the expected body holds them so.
    /// </summary>
    private static ImmutableArray<Any> Messages(VectorCase vector) =>
    [
        .. vector.Inputs.GetProperty("messages").EnumerateArray().Select(message =>
        {
            var hex = message.GetProperty("valueHex").GetString()!;
            var given = new Any
            {
                TypeUrl = message.GetProperty("typeUrl").GetString(),
                Value = ByteString.CopyFrom(Convert.FromHexString(hex)),
            };
            return vector.Expects("bodyBytesHex").Contains(hex, StringComparison.Ordinal)
                ? given
                : TypeUrls.Wrap(TypeUrls.Unwrap(given)!);
        }),
    ];

    /// <summary>"abandon x11 about (public)" is eleven times abandon, then about.</summary>
    private static string Words(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split('(')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word[0] == 'x' && int.TryParse(word[1..], CultureInfo.InvariantCulture, out var times))
            {
                words.AddRange(Enumerable.Repeat(words[^1], times - 1));
            }
            else
            {
                words.Add(word);
            }
        }

        return string.Join(' ', words);
    }

    private static void Is(VectorCase vector, string name, ReadOnlyMemory<byte> actual) =>
        Assert.Equal(vector.Expects(name), Convert.ToHexStringLower(actual.Span));
}
