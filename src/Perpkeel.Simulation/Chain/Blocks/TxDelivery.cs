using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>Carries out the transactions of a block: all messages of one, or none.</summary>
internal sealed class TxDelivery(VenueState state)
{
    private readonly List<Action> _commit = [];
    private readonly Stack<Action> _undo = new();

    /// <summary>Carries out one transaction and tells how it ended.</summary>
    public void Deliver(ChainTx tx)
    {
        if (tx.Messages.Count > 1)
        {
            var before = new LedgerSnapshot(state.Ledger.State, AccountsOf(tx));
            _undo.Push(before.Restore);
        }

        var result = TxResult.Ok;
        foreach (var message in tx.Messages)
        {
            result = Run(message);
            if (!result.IsOk) break;
        }

        if (result.IsOk)
        {
            foreach (var action in _commit) action();
        }
        else
        {
            foreach (var action in _undo) action();
        }

        _commit.Clear();
        _undo.Clear();
        state.Journal.Done(tx, result);
    }

    private static IEnumerable<SubaccountKey> MoneyOf(ChainMessage message) => message switch
    {
        ChainMessage.Transfer transfer => [transfer.From, transfer.To],
        ChainMessage.Deposit deposit => [deposit.To],
        ChainMessage.Withdraw withdraw => [withdraw.From],
        ChainMessage.UpdateLeverage leverage => [leverage.Subaccount],
        _ => [],
    };

    private IEnumerable<int> AccountsOf(ChainTx tx) =>
        tx.Messages.SelectMany(MoneyOf).Distinct().Select(state.Ledger.Accounts.Open);

    private TxResult Run(ChainMessage message) => message switch
    {
        ChainMessage.Place place => Place(place.Order),
        ChainMessage.Cancel cancel => Cancel(cancel),
        ChainMessage.UpdateLeverage leverage =>
            state.Ledger.Money.UpdateLeverage(leverage.Subaccount, leverage.Entries),
        ChainMessage.Transfer transfer => Told(
            state.Ledger.Money.Transfer(transfer.From, transfer.To, transfer.Quantums), message,
            new TransferDone(transfer.From, transfer.To, -1, transfer.Quantums)),
        ChainMessage.Deposit deposit => Told(
            state.Ledger.Money.Deposit(deposit.From, deposit.To, deposit.Quantums), message,
            new TransferDone(null, deposit.To, deposit.From, deposit.Quantums)),
        ChainMessage.Withdraw withdraw => Told(
            state.Ledger.Money.Withdraw(withdraw.From, withdraw.To, withdraw.Quantums), message,
            new TransferDone(withdraw.From, null, withdraw.To, withdraw.Quantums)),
        ChainMessage.AddAuthenticator add => Add(add),
        ChainMessage.RemoveAuthenticator remove => Remove(remove),
        _ => throw new ArgumentException($"{message} is not for a block.", nameof(message)),
    };

    private TxResult Told(in TxResult result, ChainMessage message, TransferDone done)
    {
        if (!result.IsOk) return result;
        _commit.Add(() =>
        {
            state.Journal.Moved(done);
            foreach (var key in MoneyOf(message)) state.Journal.Touch(state.Ledger.Accounts.Find(key));
        });
        return result;
    }

    private TxResult Place(ChainOrder order)
    {
        if (OrderChecks.FaultOfPlacement(state, order, isCheck: false) is { } fault) return fault;
        var live = new LiveOrder
        {
            Order = order,
            Account = state.Ledger.Accounts.Find(order.Id.Subaccount),
        };
        state.Stateful.Add(live);
        _undo.Push(() => state.Stateful.Remove(live));
        _commit.Add(() =>
        {
            state.Journal.Changed(live, OrderChange.Opened);
            switch (order.Id.Flags)
            {
                case OrderFlags.Conditional: state.Untriggered[live.Market].Add(live); break;
                case OrderFlags.Twap: state.Twaps.Add(new TwapRun(live, state.Ledger.Time)); break;
                default: state.Entering.Add(live); break;
            }
        });
        return TxResult.Ok;
    }

    private TxResult Cancel(ChainMessage.Cancel cancel)
    {
        if (OrderChecks.FaultOfCancel(state, cancel, isCheck: false) is { } fault) return fault;
        var order = state.Stateful.Find(cancel.Id)!;
        order.IsCancelling = true;
        _undo.Push(() => order.IsCancelling = false);
        _commit.Add(() => state.Remove(order, RemovalReason.UserCanceled));
        return TxResult.Ok;
    }

    private TxResult Add(ChainMessage.AddAuthenticator add)
    {
        var result = state.Keys.Add(add);
        if (result.IsOk) _undo.Push(() => state.Keys.Withdraw(add.Owner));
        return result;
    }

    private TxResult Remove(ChainMessage.RemoveAuthenticator remove)
    {
        var rule = state.Keys.Find(remove.Owner, remove.Id);
        var result = state.Keys.Remove(remove);
        if (result.IsOk) _undo.Push(() => state.Keys.Restore(remove.Owner, remove.Id, rule!));
        return result;
    }
}
