using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Flow;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Flow;

/// <summary>
/// BTC at 50,000 on a chain with one account of ours, and a market around it. Prices are ticks, sizes steps.
/// </summary>
internal sealed class FlowScene
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 10, TimeSpan.Zero);

    private readonly SubaccountKey _ours;
    private uint _id;

    public FlowScene(string model = "queue")
    {
        Chain = new ChainVenue(
            [new VenueMarket { Market = SampleMarkets.Btc }], new VenueParameters(), Start);
        _ours = FlowAccounts.Fund(Chain.Ledger, "ours", 0, 1_000_000 * QuoteQuantums.PerUsd);
        Accounts = new FlowAccounts(Chain.Ledger, 0);
        var rule = FillModel.Find(model)!.Queue;
        Standing = new StandingBook(Chain.State, 0, Accounts, rule);
        Flow = new MarketFlow(Chain.State, 0, rule);
        _ = Block((0, 50_000L * 100_000));
    }

    public ChainVenue Chain { get; }

    public FlowAccounts Accounts { get; }

    public StandingBook Standing { get; }

    public MarketFlow Flow { get; }

    public static Market Market => SampleMarkets.Btc;

    /// <summary>What we hold, in steps.</summary>
    public long Held => HeldBy(_ours);

    public long HeldBy(SubaccountKey key) =>
        Chain.Ledger.Accounts[Chain.Ledger.Accounts.Find(key)].QuantumsIn(0) / Market.StepBaseQuantums;

    public BlockResult Block(params (int Market, long Price)[] prices) => Chain.Produce(new BlockInput
    {
        Time = Chain.Time.AddSeconds(1),
        OraclePrices = prices,
    });

    /// <summary>An order of ours comes to the node.</summary>
    public ChainOrder Order(Side side, long ticks, long steps, bool isImmediate = false)
    {
        var order = new ChainOrder
        {
            Id = new ChainOrderId(_ours, ++_id, OrderFlags.ShortTerm, 0),
            Side = side,
            Quantums = steps * Market.StepBaseQuantums,
            Subticks = ticks * Market.SubticksPerTick,
            GoodTilBlock = Chain.Height + 20,
            TimeInForce = isImmediate ? TimeInForce.ImmediateOrCancel : TimeInForce.Unspecified,
        };
        var result = Chain.Submit(new ChainTx(
            _ours.Owner, Chain.NextSequence(_ours.Owner), [new ChainMessage.Place(order)], null));
        Assert.True(result.IsOk, result.ToString());
        return order;
    }

    /// <summary>The chain's book, best first, as <c>price:size</c>.</summary>
    public string Levels(Side side)
    {
        var texts = new List<string>();
        foreach (var level in Chain.State.Books[0].Levels(side))
        {
            texts.Add($"{level.Price.Value}:{(long)level.Quantums / Market.StepBaseQuantums}");
        }

        return string.Join(' ', texts);
    }

    public static DepthBook Book(params (Side Side, long Ticks, long Steps)[] levels)
    {
        var book = new DepthBook();
        foreach (var (side, ticks, steps) in levels) book[side].Set(ticks, steps);
        return book;
    }

    public static string Text(DepthBook book) => string.Join(
        " | ", book.Bids.Levels.ToArray().Select(each => $"{each.Price}:{each.Size}")
            .Append("/").Concat(book.Asks.Levels.ToArray().Select(each => $"{each.Price}:{each.Size}")));

    public static SourceEvent Level(Side side, long ticks, long steps, bool isDetail = false) => new(
        MarketEvent.Level(0, Start, side, new Ticks(ticks), new Steps(steps)), IsDetail: isDetail);

    public static SourceEvent Trade(Side taker, long ticks, long steps) => new(
        MarketEvent.Trade(0, Start, new Ticks(ticks), new Steps(steps), taker));
}
