using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>What a transaction must be in itself: its mix of messages, its signer, each message.</summary>
/// <remarks>Source: the protocol, sections 3, 4.2, 7.1 and 7.2.</remarks>
internal static class TxRules
{
    /// <summary>Why a transaction is refused in itself; null when it is not.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="owners">How many owners the chain knows.</param>
    public static TxResult? FaultOf(ChainTx tx, int owners)
    {
        if (FaultOfMix(tx.Messages) is { } mix) return mix;
        foreach (var message in tx.Messages)
        {
            if (FaultOf(message, owners) is { } fault) return fault;
        }

        foreach (var message in tx.Messages)
        {
            if (SignerOf(message) != tx.Signer)
            {
                return OrderRefusals.Unauthorized($"owner {tx.Signer} may not sign for another");
            }
        }

        return null;
    }

    /// <summary>Whether a message is one for nodes' memory only, and has to be alone.</summary>
    public static bool IsShortTerm(ChainMessage message) => message switch
    {
        ChainMessage.Place place => !place.Order.Id.IsStateful,
        ChainMessage.Cancel cancel => !cancel.Id.IsStateful,
        _ => message is ChainMessage.BatchCancel,
    };

    /// <summary>The owner whose key must sign a message.</summary>
    public static int SignerOf(ChainMessage message) => message switch
    {
        ChainMessage.Place place => place.Order.Id.Subaccount.Owner,
        ChainMessage.Cancel cancel => cancel.Id.Subaccount.Owner,
        ChainMessage.BatchCancel batch => batch.Subaccount.Owner,
        ChainMessage.UpdateLeverage leverage => leverage.Subaccount.Owner,
        ChainMessage.Transfer transfer => transfer.From.Owner,
        ChainMessage.Deposit deposit => deposit.From,
        ChainMessage.Withdraw withdraw => withdraw.From.Owner,
        ChainMessage.AddAuthenticator add => add.Owner,
        ChainMessage.RemoveAuthenticator remove => remove.Owner,
        _ => throw new ArgumentException($"{message} is not a message.", nameof(message)),
    };

    private static bool IsClob(ChainMessage message) => message
        is ChainMessage.Place or ChainMessage.Cancel or ChainMessage.BatchCancel
        or ChainMessage.UpdateLeverage;

    private static TxResult? FaultOfMix(IReadOnlyList<ChainMessage> messages)
    {
        if (messages.Count == 0) return OrderRefusals.InvalidRequest("a transaction needs a message");
        if (messages.Count == 1) return null;
        if (messages.Any(IsShortTerm))
        {
            return OrderRefusals.InvalidRequest("a short-term message has to be alone");
        }

        if (!messages.Any(IsClob)) return null;
        var transfers = 0;
        foreach (var message in messages)
        {
            if (IsClob(message)) continue;
            if (message is not ChainMessage.Transfer || ++transfers > 1)
            {
                return OrderRefusals.InvalidRequest("beside orders only one transfer is allowed");
            }
        }

        return null;
    }

    private static TxResult? FaultOf(ChainMessage message, int owners) => message switch
    {
        ChainMessage.Place place => OrderRules.FaultOf(place.Order, owners),
        ChainMessage.Cancel cancel => OrderRules.FaultOf(cancel, owners),
        ChainMessage.BatchCancel batch => OrderRules.FaultOf(batch, owners),
        ChainMessage.UpdateLeverage leverage => FaultOf(leverage, owners),
        ChainMessage.Transfer transfer => FaultOf(transfer, owners),
        ChainMessage.Deposit deposit =>
            FaultOfMoney(deposit.From, deposit.To, deposit.Quantums, owners),
        ChainMessage.Withdraw withdraw =>
            FaultOfMoney(withdraw.To, withdraw.From, withdraw.Quantums, owners),
        _ => null,
    };

    private static TxResult? FaultOf(ChainMessage.UpdateLeverage leverage, int owners)
    {
        if (OrderRules.FaultOf(leverage.Subaccount, owners) is { } fault)
        {
            return OrderRefusals.Clob(11001, fault.Text);
        }

        if (leverage.Entries.Count == 0) return LedgerRefusals.InvalidLeverage("no leverage is named");
        var named = leverage.Entries.DistinctBy(entry => entry.ClobPair).Count();
        return named < leverage.Entries.Count
            ? LedgerRefusals.InvalidLeverage("a clob pair is named twice")
            : null;
    }

    private static TxResult? FaultOf(ChainMessage.Transfer transfer, int owners)
    {
        if (OrderRules.FaultOf(transfer.From, owners) is { } from) return from;
        if (OrderRules.FaultOf(transfer.To, owners) is { } to) return to;
        if (transfer.From == transfer.To) return LedgerRefusals.SenderIsRecipient(transfer.From);
        return transfer.Quantums <= 0 ? LedgerRefusals.InvalidAmount(transfer.Quantums) : null;
    }

    private static TxResult? FaultOfMoney(int wallet, SubaccountKey key, long quantums, int owners)
    {
        if (wallet < 0 || wallet >= owners) return LedgerRefusals.InvalidAddress(wallet);
        if (OrderRules.FaultOf(key, owners) is { } fault) return fault;
        return quantums <= 0 ? LedgerRefusals.InvalidAmount(quantums) : null;
    }
}
