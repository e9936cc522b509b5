using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Orders.Outcome;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>
/// The account feed: makes of what the Indexer tells, and of what a node shows, reports that are final. What
/// is heard twice counts once; the end of an order is told only when it is proven.
/// </summary>
internal sealed class AccountTale(IReadOnlyList<Market> markets, Action<VenueReport> publish)
{
    /// <summary>Events that are known again; far more than any stream repeats.</summary>
    private const int MostHeard = 65_536;

    private readonly HashSet<IndexerEvent> _heard = [];
    private readonly Queue<IndexerEvent> _heardInOrder = new();
    private readonly Dictionary<ClientOrderId, TaleOrder> _orders = [];
    private readonly SortedDictionary<ClientOrderId, TaleOrder> _live = [];
    private readonly long[] _position = new long[markets.Count];
    private long _sequence;

    /// <summary>How many reports there were.</summary>
    public long Sequence => _sequence;

    /// <summary>The block to which the Indexer has come.</summary>
    public uint Height { get; private set; }

    /// <summary>Whether an order waits for the Indexer to come beyond its last block.</summary>
    public bool AwaitsHeight => _live.Values.Any(order => order is { IsShortTerm: true, PassedAt: null });

    /// <summary>The signed position that follows from what was told.</summary>
    public Steps PositionIn(Market market) => new(_position[market.Index]);

    /// <summary>An order is on its way; sent again, its last block is the later one.</summary>
    public void Await(OrderIntent order, Market market, uint goodTilBlock, long number)
    {
        if (!_orders.TryGetValue(order.ClientId, out var known))
        {
            known = new TaleOrder(order, market, goodTilBlock);
            _orders.Add(order.ClientId, known);
            _live.Add(order.ClientId, known);
        }
        else if (goodTilBlock > known.GoodTilBlock || known is { HasEnded: true, IsKnown: false })
        {
            known.GoodTilBlock = goodTilBlock;
            known.PassedAt = null;
            known.HasEnded = false;
            _live[order.ClientId] = known;
        }

        known.LastSent = number;
    }

    /// <summary>What is known of an order; null where it was never sent.</summary>
    public TaleOrder? Find(ClientOrderId id) => _orders.GetValueOrDefault(id);

    /// <summary>Orders whose end is not proven, in the order of their ids.</summary>
    public IReadOnlyList<TaleOrder> Unproven() =>
        [.. _live.Values.Where(order => order.PassedAt is not null)];

    /// <summary>Whether an order in a market may still be told of.</summary>
    public bool IsAwaited(int market) => _live.Values.Any(order => order.Market.Index == market);

    /// <summary>An order is proven never to have come to the chain.</summary>
    public void EndAbsent(TaleOrder order, DateTimeOffset at) => End(order, OrderEnding.Expired, at);

    /// <summary>The node refused an order when it came: nothing of it is there.</summary>
    public void Refuse(ClientOrderId id)
    {
        if (Find(id) is { IsKnown: false } order) Forget(order);
    }

    /// <summary>Money came in.</summary>
    public void Deposit(Usd amount, DateTimeOffset at) =>
        publish(new VenueReport.Deposited { Sequence = ++_sequence, At = at, Amount = amount });

    /// <summary>A cancel was refused: its order is not there.</summary>
    public void RefuseCancel(ClientOrderId id, DateTimeOffset at)
    {
        if (Find(id) is not { HasEnded: false } order) return;
        order.CancelRefusedAt = at;
        publish(new VenueReport.CancelRefused { Sequence = ++_sequence, At = at, ClientId = id });
    }

    /// <summary>The Indexer tells something.</summary>
    /// <param name="message">What.</param>
    /// <param name="now">When it is heard.</param>
    public void Hear(IndexerMessage message, DateTimeOffset now)
    {
        if (message.Event is { } told && !IsNew(told)) return;
        switch (message)
        {
            case IndexerMessage.Height height:
                Pass(height.Block, now);
                break;
            case IndexerMessage.Opened opened when Find(opened.ClientId) is { HasEnded: false } order:
                Open(order, opened.At);
                break;
            case IndexerMessage.Failed failed:
                Fail(failed);
                break;
            case IndexerMessage.Triggered triggered when Find(triggered.ClientId) is { } order:
                Open(order, triggered.At);
                publish(new VenueReport.Triggered
                {
                    Sequence = ++_sequence,
                    At = triggered.At,
                    ClientId = triggered.ClientId,
                    Oracle = triggered.Oracle,
                });
                break;
            case IndexerMessage.Filled filled:
                Fill(filled);
                break;
            case IndexerMessage.Closed closed:
                Close(closed);
                break;
            case IndexerMessage.Removed removed when Find(removed.ClientId) is { HasEnded: false } order:
                Remove(order, removed);
                break;
            case IndexerMessage.Funded funded:
                publish(new VenueReport.FundingPaid
                {
                    Sequence = ++_sequence,
                    At = funded.At,
                    Market = funded.Market.Id,
                    HourlyRate = funded.HourlyRate,
                    Payment = funded.Payment.ToUsd(),
                });
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Looks whether an order is proven to be over, and tells its end; also of one that a node took and of
    /// which nobody ever told.
    /// </summary>
    /// <returns>Whether it is proven.</returns>
    public bool Prove(TaleOrder order, uint nodeHeight, Steps nodePosition, DateTimeOffset now)
    {
        if (order.PassedAt is not { } passed) return false;
        var evidence = new ShortTermEvidence
        {
            IndexerHeight = Height,
            PassedAt = passed,
            FillsReadAt = now,
            NodeHeight = nodeHeight,
            NodePosition = nodePosition,
            ImpliedPosition = PositionIn(order.Market),
        };
        if (!ShortTermProof.IsOver(order.GoodTilBlock, evidence)) return false;
        End(order, OrderMap.EndingOf(Reason(order)), now);
        return true;
    }

    /// <summary>Whether an event was not heard before, among so many that came last.</summary>
    private bool IsNew(IndexerEvent told)
    {
        if (!_heard.Add(told)) return false;
        _heardInOrder.Enqueue(told);
        if (_heardInOrder.Count > MostHeard) _ = _heard.Remove(_heardInOrder.Dequeue());
        return true;
    }

    private static RemovalReason Reason(TaleOrder order) =>
        order.Reason == RemovalReason.None ? RemovalReason.Expired : order.Reason;

    private void Pass(uint height, DateTimeOffset now)
    {
        Height = Math.Max(Height, height);
        foreach (var order in _live.Values)
        {
            if (order is { IsShortTerm: true, PassedAt: null } && Height > order.GoodTilBlock)
            {
                order.PassedAt = now;
            }
        }
    }

    private void Forget(TaleOrder order)
    {
        order.HasEnded = true;
        _ = _live.Remove(order.Intent.ClientId);
    }

    private void Open(TaleOrder order, DateTimeOffset at)
    {
        if (order.IsKnown) return;
        order.IsKnown = true;
        publish(new VenueReport.Opened { Sequence = ++_sequence, At = at, Order = order.Intent });
    }

    private void Fail(IndexerMessage.Failed failed)
    {
        if (failed.IsCancel)
        {
            RefuseCancel(failed.ClientId, failed.At);
        }
        else if (Find(failed.ClientId) is { HasEnded: false, IsKnown: false } order)
        {
            Forget(order);
            publish(new VenueReport.Rejected
            {
                Sequence = ++_sequence,
                At = failed.At,
                ClientId = failed.ClientId,
                Code = failed.Code,
                Message = failed.Text,
            });
        }
    }

    private void Fill(IndexerMessage.Filled filled)
    {
        if (Find(filled.ClientId) is { } order)
        {
            Open(order, filled.At);
            order.Filled += filled.Size;
        }

        _position[filled.Market.Index] += filled.Size.Value * filled.Side.Sign();
        publish(new VenueReport.Filled
        {
            Sequence = ++_sequence,
            At = filled.At,
            ClientId = filled.ClientId,
            Market = filled.Market.Id,
            Side = filled.Side,
            Price = filled.Market.PriceOf(filled.Price),
            Size = filled.Market.SizeOf(filled.Size),
            Fee = filled.Fee.ToUsd(),
            Kind = filled.Kind,
        });
    }

    private void Close(IndexerMessage.Closed closed)
    {
        _position[closed.Market.Index] += closed.Size.Value * closed.Side.Sign();
        publish(new VenueReport.Liquidated
        {
            Sequence = ++_sequence,
            At = closed.At,
            Market = closed.Market.Id,
            Side = closed.Side,
            Price = closed.Market.PriceOf(closed.Price),
            Size = closed.Market.SizeOf(closed.Size),
            Fee = closed.Fee.ToUsd(),
            Kind = closed.Kind,
        });
    }

    private void Remove(TaleOrder order, IndexerMessage.Removed removed)
    {
        var isWhole = order.Filled == order.Market.StepsOf(order.Intent.Size);
        if (removed.IsFinal && (isWhole || removed.Reason != RemovalReason.FullyFilled || !order.IsShortTerm))
        {
            Open(order, removed.At);
            End(order, OrderMap.EndingOf(removed.Reason), removed.At);
        }
        else if (removed.Reason != RemovalReason.FullyFilled)
        {
            order.Reason = removed.Reason;
        }
    }

    private void End(TaleOrder order, OrderEnding ending, DateTimeOffset at)
    {
        Forget(order);
        publish(new VenueReport.Ended
        {
            Sequence = ++_sequence,
            At = at,
            ClientId = order.Intent.ClientId,
            Ending = ending,
            FilledSize = order.Market.SizeOf(order.Filled),
        });
    }
}
