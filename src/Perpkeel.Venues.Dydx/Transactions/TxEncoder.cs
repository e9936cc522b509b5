using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Cosmos;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>The bytes of transactions, without any rule about what belongs together.</summary>
internal static class TxEncoder
{
    /// <summary>Body, fee and sign bytes of wrapped messages for a key.</summary>
    public static UnsignedTx Encode(IEnumerable<Any> messages, TxContext context, PublicKey key)
    {
        var body = new TxBody { Memo = context.Memo, TimeoutHeight = context.TimeoutHeight };
        body.Messages.AddRange(messages);
        if (context.Authenticators is { } authenticators)
        {
            var extension = new TxExtension();
            extension.SelectedAuthenticators.AddRange(authenticators);
            body.NonCriticalExtensionOptions.Add(TypeUrls.Wrap(extension));
        }

        var document = new SignDoc
        {
            BodyBytes = body.ToByteString(),
            AuthInfoBytes = AuthInfo(context, key).ToByteString(),
            ChainId = context.ChainId,
            AccountNumber = context.AccountNumber,
        };
        return new UnsignedTx(document);
    }

    /// <summary>Signs and puts the parts together.</summary>
    public static SignedTx Sign(UnsignedTx unsigned, KeyPair key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(unsigned.SignBytes.Span, hash);
        var signature = key.Sign(hash);
        var raw = new TxRaw
        {
            BodyBytes = unsigned.Document.BodyBytes,
            AuthInfoBytes = unsigned.Document.AuthInfoBytes,
        };
        raw.Signatures.Add(UnsafeByteOperations.UnsafeWrap(signature.Bytes));
        return new SignedTx(raw.ToByteArray(), signature);
    }

    private static AuthInfo AuthInfo(TxContext context, PublicKey key)
    {
        var fee = new Fee { GasLimit = context.Fee.GasLimit };
        foreach (var (denom, amount) in context.Fee.Amounts)
        {
            var text = amount.ToString(CultureInfo.InvariantCulture);
            fee.Amount.Add(new Coin { Denom = denom, Amount = text });
        }

        var mode = new ModeInfo { Single = new ModeInfo.Types.Single { Mode = SignMode.Direct } };
        return new AuthInfo
        {
            Fee = fee,
            SignerInfos =
            {
                new SignerInfo
                {
                    PublicKey = TypeUrls.Wrap(
                        new PubKey { Key = UnsafeByteOperations.UnsafeWrap(key.Bytes) }),
                    ModeInfo = mode,
                    Sequence = context.Sequence,
                },
            },
        };
    }
}
