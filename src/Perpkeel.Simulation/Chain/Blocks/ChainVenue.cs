using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// The chain as one canonical node: transactions come, short-term orders meet at once, blocks make everything
/// final. Changed in place by one thread; the same calls make the same history.
/// </summary>
/// <remarks>
/// A block holds, in this order: fills since the last one (short-term orders, and what the node did after the
/// last commit), the transactions that waited, governance, oracle prices, votes, funding, expiry, legs of
/// TWAPs, triggers. After its commit long-term and triggered orders enter their books and positions are
/// liquidated and deleveraged; what is filled then is told by the next block.
/// </remarks>
internal sealed class ChainVenue
{
    private readonly VenueState _state;
    private readonly MempoolCheck _check;
    private readonly TxDelivery _delivery;
    private readonly BlockEnd _end;
    private readonly BlockPreparation _preparation;
    private readonly List<ChainTx> _mempool = [];

    /// <summary>A chain before its first block.</summary>
    /// <param name="markets">Its markets, numbered from zero.</param>
    /// <param name="parameters">What governance set.</param>
    /// <param name="genesis">The time that counts as that of the block before the first.</param>
    public ChainVenue(
        IReadOnlyList<VenueMarket> markets, VenueParameters parameters, DateTimeOffset genesis)
    {
        _state = new VenueState(markets, parameters) { Time = genesis };
        _check = new MempoolCheck(_state);
        _delivery = new TxDelivery(_state);
        _end = new BlockEnd(_state);
        _preparation = new BlockPreparation(_state);
    }

    /// <summary>All money; at genesis owners are made and money is put in here.</summary>
    public ChainLedger Ledger => _state.Ledger;

    /// <summary>The last block's height; zero before the first.</summary>
    public uint Height => _state.Height;

    /// <summary>The last block's time.</summary>
    public DateTimeOffset Time => _state.Time;

    /// <summary>
    /// A number of everything that was asked, believed and told so far: equal for equal histories, in every
    /// process.
    /// </summary>
    public ulong HistoryHash => _state.Journal.Hash.Value;

    /// <summary>
    /// What the node told during the last call of <see cref="Submit"/> or <see cref="Produce"/>.
    /// </summary>
    public IReadOnlyList<NodeEvent> NodeEvents => _state.Journal.NodeEvents;

    /// <summary>The accounts whose positions were offered to the books after the last block.</summary>
    public IReadOnlyList<int> Offered => _preparation.Offered;

    /// <summary>What the parts share.</summary>
    internal VenueState State => _state;

    /// <summary>A transaction comes to the node.</summary>
    /// <param name="tx">The transaction.</param>
    /// <returns>
    /// The node's answer. Accepted means that a short-term message was carried out, whatever became of its
    /// order, and that any other transaction will be in the next block, where it may still fail.
    /// </returns>
    public TxResult Submit(ChainTx tx)
    {
        _state.Journal.BeginCall();
        var result = _check.Check(tx);
        if (result.IsOk && !TxRules.IsShortTerm(tx.Messages[0])) _mempool.Add(tx);
        _state.Journal.Hash.Add(result);
        return result;
    }

    /// <summary>The next block is made.</summary>
    /// <exception cref="ArgumentException">Its time is before the last one's.</exception>
    public BlockResult Produce(BlockInput input)
    {
        if (input.Time < _state.Time)
        {
            throw new ArgumentException($"{input.Time} is before {_state.Time}.", nameof(input));
        }

        _state.Journal.BeginCall();
        _state.Ledger.BeginBlock(_state.Next, input.Time);
        foreach (var tx in _mempool) _delivery.Deliver(tx);
        _mempool.Clear();
        _state.Stateful.ClearPending();
        _end.Run(input);
        _state.Height = _state.Next;
        _state.Time = input.Time;
        var block = _state.Journal.Close(_state.Height, _state.Time);
        _state.Stateful.BeginBlock();
        _state.Books.ClearRanges();
        _state.IsReady = !input.NodeRestarts;
        if (input.NodeRestarts) _check.Clear();
        _preparation.Run(input.NodeRestarts);
        return block;
    }

    /// <summary>
    /// Whether the next block has to be made: something waits for it, or the node remembers orders whose
    /// time is counted in blocks.
    /// </summary>
    public bool IsBusy => _mempool.Count > 0 || !_state.IsReady || _state.ShortTerm.Count > 0
        || _state.Twaps.Count > 0 || _preparation.Offered.Count > 0 || _state.Journal.IsWaiting;

    /// <summary>
    /// When something is due although nobody asks: a funding epoch, or the end of a stateful order's time.
    /// </summary>
    public DateTimeOffset NextDue
    {
        get
        {
            var epoch = _state.Ledger.Funding.NextDue;
            return _state.Stateful.NextGoodTil is { } goodTil && goodTil < epoch ? goodTil : epoch;
        }
    }

    /// <summary>
    /// A block in which nothing happens is made: no transactions, no prices, no fills. Its proposer votes as
    /// the last one did.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Something waits for the block, or is due in it.
    /// </exception>
    public void PassQuietly(DateTimeOffset time)
    {
        if (IsBusy || time >= NextDue)
        {
            throw new InvalidOperationException($"The block at {time} has something to do.");
        }

        _state.Height = _state.Next;
        _state.Time = time;
        _state.Ledger.PassQuietly(_state.Height, time);
    }

    /// <summary>The premium for which the node would vote with its book now; zero for none.</summary>
    public Ppm PremiumOf(int market) => _end.PremiumOf(market);

    /// <summary>An order as the chain's state has it; null when it is not there.</summary>
    public LiveOrder? StatefulOrder(in ChainOrderId id) => _state.Stateful.Find(id);

    /// <summary>The order that rests under a short-term id in the node's memory; null for none.</summary>
    public LiveOrder? ShortTermOrder(in ChainOrderId id) => _state.ShortTerm.Find(id)?.Open;

    /// <summary>The next sequence of an owner.</summary>
    public ulong NextSequence(int owner) => _check.Nonces.NextSequence(owner);

    /// <summary>The best price of a book in subticks; 0 for an empty side.</summary>
    public long Best(int market, Side side) => _state.Books.Best(market, side);
}
