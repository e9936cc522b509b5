using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// Collects what has happened since the last block, tells nodes' beliefs at once, and hashes all of it.
/// </summary>
internal sealed class BlockJournal(ChainLedger ledger)
{
    private readonly List<TxDone> _txs = [];
    private readonly List<ChainFill> _fills = [];
    private readonly List<OrderUpdate> _orders = [];
    private readonly List<TransferDone> _transfers = [];
    private readonly List<OracleMove> _oracle = [];
    private readonly List<FundingMove> _funding = [];
    private readonly SortedSet<int> _touched = [];
    private readonly List<long> _openInterest = [];
    private readonly List<NodeEvent> _node = [];

    /// <summary>The hash of everything that was told.</summary>
    public HistoryHash Hash { get; } = new();

    /// <summary>What the node told since <see cref="BeginCall"/>.</summary>
    public IReadOnlyList<NodeEvent> NodeEvents => _node;

    /// <summary>Whether anything was collected that the next block will tell.</summary>
    public bool IsWaiting =>
        _txs.Count + _fills.Count + _orders.Count + _transfers.Count + _touched.Count > 0;

    /// <summary>A call from outside begins: what the node told before was heard or not.</summary>
    public void BeginCall() => _node.Clear();

    /// <summary>A transaction of the block has ended.</summary>
    public void Done(ChainTx tx, in TxResult result) => _txs.Add(new(tx, result));

    /// <summary>Two sides were filled.</summary>
    public void Filled(ChainFill fill) => _fills.Add(fill);

    /// <summary>Something happened to an order.</summary>
    public void Changed(LiveOrder order, OrderChange change, RemovalReason reason = RemovalReason.None) =>
        _orders.Add(new(order.Order, change, reason, order.Filled));

    /// <summary>Money was moved.</summary>
    public void Moved(TransferDone transfer) => _transfers.Add(transfer);

    /// <summary>An oracle price is new.</summary>
    public void Priced(int market, long price) => _oracle.Add(new(market, price));

    /// <summary>An hour's funding is over.</summary>
    public void Funded()
    {
        foreach (var market in ledger.Markets)
        {
            var index = market.Market.Index;
            var rate = ledger.Funding.LastTick(index).EightHourRate;
            _funding.Add(new(index, rate, market.FundingIndex, market.OraclePrice));
        }
    }

    /// <summary>An account has changed.</summary>
    public void Touch(int account) => _ = _touched.Add(account);

    /// <summary>The node believes something.</summary>
    public void Tell(NodeEventKind kind, LiveOrder order, RemovalReason reason = RemovalReason.None)
    {
        _node.Add(new(kind, order.Order, order.Filled, reason));
        Hash.Add((int)kind);
        Hash.Add(order.Order.Id);
        Hash.Add(order.Filled);
        Hash.Add((int)reason);
    }

    /// <summary>The block is made of what was collected.</summary>
    public BlockResult Close(uint height, DateTimeOffset time)
    {
        var block = new BlockResult
        {
            Height = height,
            Time = time,
            Txs = [.. _txs],
            Fills = [.. _fills],
            Orders = [.. _orders],
            Subaccounts = [.. _touched.Select(UpdateOf)],
            Transfers = [.. _transfers],
            OraclePrices = [.. _oracle],
            FundingTicks = [.. _funding],
            OpenInterest = [.. MovedInterest()],
            HistoryHash = 0,
        };
        BlockHash.Add(Hash, block);
        _txs.Clear();
        _fills.Clear();
        _orders.Clear();
        _touched.Clear();
        _transfers.Clear();
        _oracle.Clear();
        _funding.Clear();
        return block with { HistoryHash = Hash.Value };
    }

    private SubaccountUpdate UpdateOf(int account)
    {
        var held = ledger.Accounts[account];
        return new(held.Key, held.Usdc, held.Positions.ToArray());
    }

    private IEnumerable<OpenInterestMove> MovedInterest()
    {
        for (var market = 0; market < ledger.Markets.Count; market++)
        {
            if (_openInterest.Count <= market) _openInterest.Add(0);
            var now = ledger.Markets[market].OpenInterest;
            if (now == _openInterest[market]) continue;
            _openInterest[market] = now;
            yield return new(market, now);
        }
    }
}
