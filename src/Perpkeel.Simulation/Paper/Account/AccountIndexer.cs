using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Flow;
using ChainFillKind = Perpkeel.Simulation.Chain.Blocks.FillKind;
using FillKind = Perpkeel.Core.Orders.FillKind;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>
/// Makes of blocks, and of what a node believes, what the Indexer tells of one account: transactions that
/// failed, fills, changes of orders, funding, the height.
/// </summary>
internal sealed class AccountIndexer(IReadOnlyList<Market> markets, SubaccountKey account)
{
    private readonly long[] _held = new long[markets.Count];
    private readonly long[] _oracle = new long[markets.Count];
    private readonly Int128[] _fundingIndex = new Int128[markets.Count];

    /// <summary>
    /// What a node tells at once; of interest are short-term orders, which no block tells of.
    /// </summary>
    public IEnumerable<IndexerMessage> OfNode(IEnumerable<NodeEvent> events, DateTimeOffset at)
    {
        foreach (var told in events)
        {
            var id = told.Order.Id;
            if (id.Subaccount != account || id.IsStateful) continue;
            var client = new ClientOrderId(id.ClientId);
            if (told.Kind == NodeEventKind.Opened)
            {
                yield return new IndexerMessage.Opened(client) { At = at };
            }
            else if (told.Kind == NodeEventKind.Removed)
            {
                yield return new IndexerMessage.Removed(client, told.Reason, IsFinal: false) { At = at };
            }
        }
    }

    /// <summary>What a block tells, in order.</summary>
    public IEnumerable<IndexerMessage> OfBlock(BlockResult block) => Changes(block).Select(
        (message, number) => message with { Event = new IndexerEvent(block.Height, number) });

    private IEnumerable<IndexerMessage> Changes(BlockResult block)
    {
        Remember(block);
        foreach (var done in block.Txs)
        {
            if (FailureOf(done, block.Time) is { } failed) yield return failed;
        }

        foreach (var fill in block.Fills)
        {
            if (fill.Taker.Subaccount == account) yield return OfFill(fill, fill.Taker, isTaker: true, block);
            if (fill.Maker.Subaccount == account)
            {
                yield return OfFill(fill, fill.Maker, isTaker: false, block);
            }
        }

        foreach (var update in block.Orders)
        {
            if (OfUpdate(update, block) is { } changed) yield return changed;
        }

        foreach (var tick in block.FundingTicks)
        {
            if (OfFunding(tick, block.Time) is { } funded) yield return funded;
        }

        yield return new IndexerMessage.Height(block.Height) { At = block.Time };
    }

    private IndexerMessage.Failed? FailureOf(in TxDone done, DateTimeOffset at)
    {
        if (done.Result.IsOk || done.Tx.Signer != account.Owner) return null;
        var (id, isCancel) = done.Tx.Messages[0] switch
        {
            ChainMessage.Place place => (place.Order.Id.ClientId, false),
            ChainMessage.Cancel cancel => (cancel.Id.ClientId, true),
            _ => throw new InvalidOperationException($"{done.Tx.Messages[0]} was never sent."),
        };
        return new IndexerMessage.Failed(
            new ClientOrderId(id), isCancel, $"{done.Result.Codespace}/{done.Result.Code}", done.Result.Text)
        {
            At = at,
        };
    }

    private IndexerMessage OfFill(ChainFill fill, in FillLeg leg, bool isTaker, BlockResult block)
    {
        var market = markets[fill.Market];
        var side = isTaker ? fill.Side : fill.Side.Opposite();
        var size = new Steps(fill.Quantums / market.StepBaseQuantums);
        if (leg.Order is { } order)
        {
            return new IndexerMessage.Filled
            {
                At = block.Time,
                ClientId = new ClientOrderId(order.ClientId),
                Market = market,
                Side = side,
                Price = new Ticks(fill.Subticks / market.SubticksPerTick),
                Size = size,
                Fee = new QuoteQuantums(leg.Fee + leg.BuilderFee),
                Kind = isTaker ? FillKind.Taker : FillKind.Maker,
            };
        }

        // A deleveraging's price is on no grid: what the grid adds to it or takes off is told as a fee, so
        // that the account's money comes out to the quantum.
        var price = fill.Subticks > 0 ? fill.Subticks / market.SubticksPerTick : PriceOf(market, fill);
        var worth = market.FillValue(new Ticks(price), size).Value;
        return new IndexerMessage.Closed
        {
            At = block.Time,
            Market = market,
            Side = side,
            Price = new Ticks(price),
            Size = size,
            Fee = new QuoteQuantums(leg.Fee + ((fill.Quote - worth) * side.Sign())),
            Kind = leg.Kind == ChainFillKind.Liquidated ? FillKind.Liquidated : FillKind.Deleveraged,
        };
    }

    private static long PriceOf(Market market, ChainFill fill)
    {
        var one = market.FillValue(new Ticks(1), new Steps(1_000_000)).Value;
        var steps = fill.Quantums / market.StepBaseQuantums;
        return Math.Max(1, (long)(fill.Quote * 1_000_000 / (one * steps)));
    }

    private IndexerMessage? OfUpdate(in OrderUpdate update, BlockResult block)
    {
        var id = update.Order.Id;
        if (id.Subaccount != account || update.Order.Id.Flags == OrderFlags.TwapSuborder) return null;
        var client = new ClientOrderId(id.ClientId);
        return update.Change switch
        {
            OrderChange.Opened => new IndexerMessage.Opened(client) { At = block.Time },
            OrderChange.Triggered => new IndexerMessage.Triggered(client, OracleOf(id.ClobPair))
            {
                At = block.Time,
            },
            OrderChange.Filled => new IndexerMessage.Removed(client, RemovalReason.FullyFilled, IsFinal: true)
            {
                At = block.Time,
            },
            _ => new IndexerMessage.Removed(client, update.Reason, IsFinal: true) { At = block.Time },
        };
    }

    private Price OracleOf(int market) => markets[market].FloorToTick(
        _oracle[market] * Decimals.PowerOfTen(markets[market].OracleExponent));

    private IndexerMessage.Funded? OfFunding(in FundingMove tick, DateTimeOffset at)
    {
        var delta = tick.FundingIndex - _fundingIndex[tick.Market];
        _fundingIndex[tick.Market] = tick.FundingIndex;
        var held = new BaseQuantums(_held[tick.Market]);
        if (held.Value == 0) return null;
        return new IndexerMessage.Funded(
            markets[tick.Market], MarketsFlow.HourlyRate(tick.RatePpm), Funding.Settle(held, delta))
        {
            At = at,
        };
    }

    private void Remember(BlockResult block)
    {
        foreach (var move in block.OraclePrices) _oracle[move.Market] = move.Price;
        foreach (var update in block.Subaccounts)
        {
            if (update.Subaccount != account) continue;
            Array.Clear(_held);
            foreach (var position in update.Positions) _held[position.Market] = position.Quantums;
        }
    }
}
