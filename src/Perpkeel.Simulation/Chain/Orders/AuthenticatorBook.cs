namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>The rules that owners registered for permissioned keys.</summary>
/// <remarks>Source: the protocol, section 10. Ids come from one counter of the chain, from zero.</remarks>
internal sealed class AuthenticatorBook(bool isActive)
{
    /// <summary>Bytes that a rule may have.</summary>
    public const int MostBytes = 1_024;

    private readonly Dictionary<(int Owner, ulong Id), Authenticator> _rules = [];

    /// <summary>The id of the next rule.</summary>
    public ulong NextId { get; private set; }

    /// <summary>An owner's rule; null for none.</summary>
    public Authenticator? Find(int owner, ulong id) => _rules.GetValueOrDefault((owner, id));

    /// <summary>Whether all of an owner's rules with these ids still exist.</summary>
    public bool Has(int owner, IReadOnlyList<ulong> ids)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (!_rules.ContainsKey((owner, ids[i]))) return false;
        }

        return true;
    }

    /// <summary>Registers a rule.</summary>
    public TxResult Add(ChainMessage.AddAuthenticator message)
    {
        if (!isActive) return Inactive;
        if (message.DataBytes > MostBytes)
        {
            return Refused(3, $"{message.DataBytes} bytes are more than {MostBytes}");
        }

        if (!IsSigned(message.Rule)) return Refused(5, "not every way through the rule checks a signature");
        _rules.Add((message.Owner, NextId++), message.Rule);
        return TxResult.Ok;
    }

    /// <summary>Drops a rule.</summary>
    public TxResult Remove(ChainMessage.RemoveAuthenticator message) =>
        _rules.Remove((message.Owner, message.Id)) ? TxResult.Ok : Unknown(message.Id);

    /// <summary>Puts back what <see cref="Remove"/> dropped.</summary>
    public void Restore(int owner, ulong id, Authenticator rule) => _rules[(owner, id)] = rule;

    /// <summary>Takes back the last <see cref="Add"/>.</summary>
    public void Withdraw(int owner) => _ = _rules.Remove((owner, --NextId));

    /// <summary>Why a transaction's signature does not do; null when it does.</summary>
    public TxResult? FaultOf(ChainTx tx)
    {
        if (tx.Authenticators is not { Count: > 0 } ids)
        {
            return tx.Key is null ? null : OrderRefusals.Unauthorized("signature verification failed");
        }

        if (!isActive) return Inactive;
        if (ids.Count != tx.Messages.Count)
        {
            return OrderRefusals.InvalidRequest(
                $"{ids.Count} authenticators for {tx.Messages.Count} messages");
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (Find(tx.Signer, ids[i]) is not { } rule) return Unknown(ids[i]);
            if (FaultOf(rule, tx.Key, tx.Messages[i]) is { } fault) return fault;
        }

        return null;
    }

    private static TxResult Inactive => Refused(4, "permissioned keys are switched off");

    private static TxResult Refused(int code, string why) => new("dydxaccountplus", code, why);

    private static TxResult Unknown(ulong id) => Refused(1, $"there is no authenticator {id}");

    /// <summary>Whether every way to satisfy a rule checks a signature.</summary>
    private static bool IsSigned(Authenticator rule) => rule switch
    {
        Authenticator.SignatureVerification => true,
        Authenticator.AllOf all => all.Parts.Count > 1 && all.Parts.Any(IsSigned) && all.Parts.All(IsWhole),
        Authenticator.AnyOf any => any.Parts.Count > 1 && any.Parts.All(IsSigned),
        _ => false,
    };

    private static bool IsWhole(Authenticator rule) => rule switch
    {
        Authenticator.AllOf all => all.Parts.Count > 1 && all.Parts.All(IsWhole),
        Authenticator.AnyOf any => any.Parts.Count > 1 && any.Parts.All(IsWhole),
        _ => true,
    };

    private static TxResult? FaultOf(Authenticator rule, int? key, ChainMessage message)
    {
        switch (rule)
        {
            case Authenticator.SignatureVerification signature:
                return signature.Key == key ? null : Refused(100, "signature verification failed");
            case Authenticator.MessageFilter filter:
                return filter.TypeUrls.Contains(TypeUrlOf(message), StringComparer.Ordinal)
                    ? null
                    : Refused(101, $"{TypeUrlOf(message)} is not allowed");
            case Authenticator.SubaccountFilter filter:
                return NumberOf(message) is { } number && !filter.Numbers.Contains(number)
                    ? Refused(103, $"subaccount {number} is not allowed")
                    : null;
            case Authenticator.ClobPairIdFilter filter:
                return ClobPairsOf(message).All(filter.ClobPairs.Contains)
                    ? null
                    : Refused(102, "a clob pair is not allowed");
            case Authenticator.AllOf all:
                foreach (var part in all.Parts)
                {
                    if (FaultOf(part, key, message) is { } fault) return Refused(104, fault.ToString());
                }

                return null;
            case Authenticator.AnyOf any:
                return any.Parts.Any(part => FaultOf(part, key, message) is null)
                    ? null
                    : Refused(105, "no part of the rule passes");
            default:
                throw new ArgumentException($"{rule} is not a rule.", nameof(rule));
        }
    }

    private static int? NumberOf(ChainMessage message) => message switch
    {
        ChainMessage.Place place => place.Order.Id.Subaccount.Number,
        ChainMessage.Cancel cancel => cancel.Id.Subaccount.Number,
        ChainMessage.BatchCancel batch => batch.Subaccount.Number,
        _ => null,
    };

    private static IEnumerable<int> ClobPairsOf(ChainMessage message) => message switch
    {
        ChainMessage.Place place => [place.Order.Id.ClobPair],
        ChainMessage.Cancel cancel => [cancel.Id.ClobPair],
        ChainMessage.BatchCancel batch => batch.ClientIds.Select(each => each.ClobPair),
        _ => [],
    };

    private static string TypeUrlOf(ChainMessage message) => message switch
    {
        ChainMessage.Place => "/dydxprotocol.clob.MsgPlaceOrder",
        ChainMessage.Cancel => "/dydxprotocol.clob.MsgCancelOrder",
        ChainMessage.BatchCancel => "/dydxprotocol.clob.MsgBatchCancel",
        ChainMessage.UpdateLeverage => "/dydxprotocol.clob.MsgUpdateLeverage",
        ChainMessage.Transfer => "/dydxprotocol.sending.MsgCreateTransfer",
        ChainMessage.Deposit => "/dydxprotocol.sending.MsgDepositToSubaccount",
        ChainMessage.Withdraw => "/dydxprotocol.sending.MsgWithdrawFromSubaccount",
        ChainMessage.AddAuthenticator => "/dydxprotocol.accountplus.MsgAddAuthenticator",
        ChainMessage.RemoveAuthenticator => "/dydxprotocol.accountplus.MsgRemoveAuthenticator",
        _ => throw new ArgumentException($"{message} is not a message.", nameof(message)),
    };
}
