using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// What a node does with a transaction that comes to it: refuses it, matches it, or keeps it.
/// </summary>
/// <remarks>
/// Source: the protocol, sections 3, 6, 9, 10 and 12: known bytes, the transaction itself, its nonce, its
/// signature, limits of rates (refused attempts count), and at last its orders.
/// </remarks>
internal sealed class MempoolCheck
{
    private const int MostRemembered = 10_000;
    private const int BatchUnits = 2;

    private readonly VenueState _state;
    private readonly ShortTermDesk _desk;
    private readonly BlockRateLimiter _statefulRate;
    private readonly BlockRateLimiter _shortTermRate;
    private readonly BlockRateLimiter _leverageRate;
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);
    private readonly Queue<string> _hashesInOrder = new();

    /// <summary>A node with an empty memory.</summary>
    public MempoolCheck(VenueState state)
    {
        _state = state;
        _desk = new ShortTermDesk(state);
        _statefulRate = new BlockRateLimiter(state.Parameters.StatefulRates);
        _shortTermRate = new BlockRateLimiter(state.Parameters.ShortTermRates);
        _leverageRate = new BlockRateLimiter(state.Parameters.LeverageRates);
    }

    /// <summary>Sequences and timestamp nonces.</summary>
    public NonceBook Nonces { get; } = new();

    /// <summary>Looks at a transaction. What is accepted and not short-term waits for the block.</summary>
    public TxResult Check(ChainTx tx)
    {
        if (tx.Hash is not null && _hashes.Contains(tx.Hash)) return OrderRefusals.InMempoolCache;
        var result = CheckNew(tx);
        if (result.IsOk && tx.Hash is not null) Remember(tx.Hash);
        return result;
    }

    /// <summary>Forgets what was only in memory.</summary>
    public void Clear()
    {
        _hashes.Clear();
        _hashesInOrder.Clear();
        _statefulRate.Clear();
        _shortTermRate.Clear();
        _leverageRate.Clear();
    }

    private TxResult CheckNew(ChainTx tx)
    {
        if (TxRules.FaultOf(tx, _state.Ledger.Accounts.Owners) is { } fault) return fault;
        var isShortTerm = TxRules.IsShortTerm(tx.Messages[0]);
        if (!isShortTerm && Nonces.FaultOf(tx.Signer, tx.Sequence, _state.Time) is { } nonce) return nonce;
        if (_state.Keys.FaultOf(tx) is { } signature) return signature;
        if (FaultOfRate(tx) is { } rate) return rate;
        if (isShortTerm) return Take(tx);
        if (FaultOfOrders(tx) is { } order) return order;
        Nonces.Use(tx.Signer, tx.Sequence, _state.Time);
        return TxResult.Ok;
    }

    private TxResult Take(ChainTx tx) => tx.Messages[0] switch
    {
        ChainMessage.Place place => _desk.Place(
            place.Order, tx.Authenticators is { Count: > 0 } rules ? rules : null),
        ChainMessage.Cancel cancel => _desk.Cancel(cancel.Id, cancel.GoodTilBlock),
        ChainMessage.BatchCancel batch => _desk.Cancel(batch),
        _ => throw new ArgumentException($"{tx.Messages[0]} is not short-term.", nameof(tx)),
    };

    private TxResult? FaultOfRate(ChainTx tx)
    {
        foreach (var message in tx.Messages)
        {
            var fault = message switch
            {
                ChainMessage.Place { Order.Id.IsStateful: true } => Count(_statefulRate, 1),
                ChainMessage.Cancel { Id.IsStateful: true } => null,
                ChainMessage.Place or ChainMessage.Cancel => Count(_shortTermRate, 1),
                ChainMessage.BatchCancel => Count(_shortTermRate, BatchUnits),
                ChainMessage.UpdateLeverage => Count(_leverageRate, 1),
                _ => null,
            };
            if (fault is not null) return fault;
        }

        return null;

        TxResult? Count(BlockRateLimiter limiter, int units) =>
            limiter.Count(tx.Signer, _state.Next, units);
    }

    /// <summary>
    /// Looks at stateful orders and cancels as if the transaction's transfer had been made; where all are
    /// good they are known to wait for the block.
    /// </summary>
    private TxResult? FaultOfOrders(ChainTx tx)
    {
        if (!tx.Messages.Any(message => message is ChainMessage.Place or ChainMessage.Cancel)) return null;
        LedgerSnapshot? before = null;
        var awaited = 0;
        TxResult? fault = null;
        foreach (var message in tx.Messages)
        {
            fault = message switch
            {
                ChainMessage.Transfer transfer => FaultOfTransfer(transfer, out before),
                ChainMessage.Place place =>
                    OrderChecks.FaultOfPlacement(_state, place.Order, isCheck: true),
                ChainMessage.Cancel cancel => OrderChecks.FaultOfCancel(_state, cancel, isCheck: true),
                _ => null,
            };
            if (fault is not null) break;
            Await(message);
            awaited++;
        }

        before?.Restore();
        if (fault is null) return null;
        for (var i = 0; i < awaited; i++) Unawait(tx.Messages[i]);
        return fault;
    }

    private TxResult? FaultOfTransfer(ChainMessage.Transfer transfer, out LedgerSnapshot before)
    {
        var accounts = _state.Ledger.Accounts;
        before = new LedgerSnapshot(
            _state.Ledger.State, [accounts.Open(transfer.From), accounts.Open(transfer.To)]);
        var result = _state.Ledger.Money.Transfer(transfer.From, transfer.To, transfer.Quantums);
        return result.IsOk ? null : result;
    }

    private void Await(ChainMessage message)
    {
        if (message is ChainMessage.Place { Order: var order })
        {
            _state.Stateful.Await(order, _state.Ledger.Accounts.Find(order.Id.Subaccount));
        }
        else if (message is ChainMessage.Cancel cancel)
        {
            _state.Stateful.AwaitCancel(cancel.Id);
        }
    }

    private void Unawait(ChainMessage message)
    {
        if (message is ChainMessage.Place { Order: var order })
        {
            _state.Stateful.Unawait(order, _state.Ledger.Accounts.Find(order.Id.Subaccount));
        }
        else if (message is ChainMessage.Cancel cancel)
        {
            _state.Stateful.UnawaitCancel(cancel.Id);
        }
    }

    private void Remember(string hash)
    {
        _ = _hashes.Add(hash);
        _hashesInOrder.Enqueue(hash);
        if (_hashesInOrder.Count > MostRemembered) _ = _hashes.Remove(_hashesInOrder.Dequeue());
    }
}
