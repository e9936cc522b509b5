using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>
/// Messages become transactions, byte for byte as the official client makes them. A pure function of its
/// arguments: the same ones give the same bytes and the same hash.
/// </summary>
public static class TxBuilder
{
    /// <summary>Builds and signs.</summary>
    /// <param name="messages">What is to be done, all by one owner.</param>
    /// <param name="context">Chain, account number, nonce, fee.</param>
    /// <param name="key">
    /// The owner's key, or a permissioned one with the authenticators in the context.
    /// </param>
    public static Result<SignedTx, TxError> Sign(
        IReadOnlyList<IMessage> messages, TxContext context, KeyPair key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Build(messages, context, key.PublicKey).TryGet(out var unsigned, out var error)
            ? TxEncoder.Sign(unsigned, key)
            : error;
    }

    /// <summary>Builds without signing, for a look at the bytes or for a signer elsewhere.</summary>
    public static Result<UnsignedTx, TxError> Build(
        IReadOnlyList<IMessage> messages, TxContext context, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(key);
        if (TxRules.Check(messages, context) is { } error) return error;
        var owner = TxRules.OwnerOf(messages[0])!;
        if (context.Authenticators is not { IsEmpty: false })
        {
            var signer = key.Address.Text;
            if (!string.Equals(owner, signer, StringComparison.Ordinal))
            {
                return new TxError.NotTheOwner(owner, signer);
            }
        }

        return TxEncoder.Encode(messages.Select(TypeUrls.Wrap), context, key);
    }
}
