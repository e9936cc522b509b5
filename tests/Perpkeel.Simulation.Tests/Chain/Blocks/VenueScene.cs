using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>
/// A chain to try things on: BTC (market 0, 50,000 USD), ETH (1, 3,000 USD) and an isolated ISO (2, 100 USD),
/// with amounts in dollars and coins. Blocks are a second apart; the first has been made.
/// </summary>
internal sealed class VenueScene
{
    public const int Btc = 0;
    public const int Eth = 1;
    public const int Iso = 2;
    public const long Usd = QuoteQuantums.PerUsd;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 10, TimeSpan.Zero);

    private readonly int _bank;
    private uint _clientId = 1_000;

    public VenueScene(
        OrderParameters? orders = null, LedgerParameters? ledger = null,
        ClobPairStatus btc = ClobPairStatus.Active)
    {
        var isolated = SampleMarkets.Btc with
        {
            Id = new MarketId("ISO-USD"),
            Index = Iso,
            BaseAsset = "ISO",
            MarketType = MarketType.Isolated,
        };
        Venue = new ChainVenue(
            [
                new VenueMarket { Market = SampleMarkets.Btc, Status = btc },
                new VenueMarket { Market = SampleMarkets.Eth },
                new VenueMarket { Market = isolated },
            ],
            new VenueParameters { Orders = orders ?? new(), Ledger = ledger ?? new() }, Start);
        _bank = Owner("bank");
        Venue.Ledger.Mint(_bank, 1_000_000_000_000 * Usd);
        _ = Block(prices: [(Btc, 50_000), (Eth, 3_000), (Iso, 100)]);
    }

    public ChainVenue Venue { get; }

    public uint Next => Venue.Height + 1;

    public int Owner(string name) => Venue.Ledger.Accounts.OwnerOf(name);

    /// <summary>A subaccount with so many dollars.</summary>
    public SubaccountKey Account(string owner, decimal usd = 1_000_000, int number = 0)
    {
        var key = new SubaccountKey(Owner(owner), number);
        if (usd > 0) Assert.True(Venue.Ledger.Money.Deposit(_bank, key, (long)(usd * Usd)).IsOk);
        return key;
    }

    /// <summary>The next block, a second later unless told otherwise.</summary>
    public BlockResult Block(
        (int Market, decimal Usd)[]? prices = null, double seconds = 1, bool restarts = false,
        (int Market, ClobPairStatus Status)[]? statuses = null) => Venue.Produce(new BlockInput
        {
            Time = Venue.Time + TimeSpan.FromSeconds(seconds),
            OraclePrices = [.. (prices ?? []).Select(each => (each.Market, OracleOf(each.Market, each.Usd)))],
            NodeRestarts = restarts,
            Statuses = statuses ?? [],
        });

    public BlockResult Blocks(int count)
    {
        var last = Block();
        for (var i = 1; i < count; i++) last = Block();
        return last;
    }

    /// <summary>A short-term order that is good for ten blocks.</summary>
    public ChainOrder Order(
        SubaccountKey whose, Side side, decimal size, decimal price, int market = Btc, uint? id = null) =>
        new()
        {
            Id = new ChainOrderId(whose, id ?? ++_clientId, OrderFlags.ShortTerm, market),
            Side = side,
            Quantums = Quantums(market, size),
            Subticks = Subticks(market, price),
            GoodTilBlock = Next + 9,
        };

    /// <summary>A long-term order that is good for a day.</summary>
    public ChainOrder LongTerm(
        SubaccountKey whose, Side side, decimal size, decimal price, int market = Btc, uint? id = null)
    {
        var order = Order(whose, side, size, price, market, id);
        return order with
        {
            Id = order.Id with { Flags = OrderFlags.LongTerm },
            GoodTilBlock = 0,
            GoodTilBlockTime = Seconds(TimeSpan.FromDays(1)),
        };
    }

    /// <summary>A conditional order that is good for a day.</summary>
    public ChainOrder Conditional(
        SubaccountKey whose, Side side, decimal size, decimal price, ConditionType type, decimal trigger,
        int market = Btc)
    {
        var order = LongTerm(whose, side, size, price, market);
        return order with
        {
            Id = order.Id with { Flags = OrderFlags.Conditional },
            Condition = type,
            TriggerSubticks = Subticks(market, trigger),
        };
    }

    /// <summary>A TWAP over so many seconds with so many legs.</summary>
    public ChainOrder Twap(
        SubaccountKey whose, Side side, decimal size, decimal price, uint seconds = 300,
        uint interval = 30, uint tolerancePpm = 10_000)
    {
        var order = LongTerm(whose, side, size, price);
        return order with
        {
            Id = order.Id with { Flags = OrderFlags.Twap },
            Twap = new TwapParameters(seconds, interval, tolerancePpm),
        };
    }

    /// <summary>Unix seconds so long after the last block.</summary>
    public uint Seconds(TimeSpan ahead) => (uint)(Venue.Time + ahead).ToUnixTimeSeconds();

    public TxResult Place(ChainOrder order) => Send(new ChainMessage.Place(order));

    public TxResult Cancel(ChainOrder order, uint? goodTil = null) => Send(new ChainMessage.Cancel(
        order.Id, order.Id.IsStateful ? 0 : goodTil ?? order.GoodTilBlock,
        order.Id.IsStateful ? goodTil ?? order.GoodTilBlockTime : 0));

    /// <summary>One transaction of the first message's signer, with the next sequence.</summary>
    public TxResult Send(params ChainMessage[] messages)
    {
        var signer = messages.Length == 0 ? _bank : TxRules.SignerOf(messages[0]);
        return Venue.Submit(new ChainTx(signer, Venue.NextSequence(signer), messages, null));
    }

    /// <summary>Places a stateful order and makes the block that takes it in.</summary>
    public BlockResult Include(ChainOrder order)
    {
        Accepted(Place(order));
        var block = Block();
        Accepted(block.Txs[^1].Result);
        return block;
    }

    /// <summary>Two accounts trade so much at a price, so that the first has a position.</summary>
    public void Trade(
        SubaccountKey taker, SubaccountKey maker, Side side, decimal size, decimal price, int market = Btc)
    {
        Accepted(Place(Order(maker, side.Opposite(), size, price, market)));
        Accepted(Place(Order(taker, side, size, price, market) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
        }));
        Assert.Equal(0, Venue.Best(market, side.Opposite()));
    }

    public long Held(SubaccountKey key, int market = Btc) =>
        Venue.Ledger.Accounts[Venue.Ledger.Accounts.Find(key)].QuantumsIn(market);

    public decimal Usdc(SubaccountKey key) =>
        (decimal)Venue.Ledger.UsdcOf(Venue.Ledger.Accounts.Find(key)) / Usd;

    public decimal BestUsd(int market, Side side) =>
        Venue.Best(market, side) / (decimal)Subticks(market, 1);

    public static void Accepted(TxResult result) => Assert.True(result.IsOk, result.ToString());

    public static void Refused(string codespace, int code, TxResult result) =>
        Assert.Equal((codespace, code), (result.Codespace, result.Code));

    public long Subticks(int market, decimal usd)
    {
        var rules = Venue.Ledger.Markets[market].Market;
        var exponent = 6 + rules.AtomicResolution - rules.QuantumConversionExponent;
        return (long)(usd * Decimals.PowerOfTen(exponent));
    }

    public long Quantums(int market, decimal size) =>
        (long)(size * Decimals.PowerOfTen(-Venue.Ledger.Markets[market].Market.AtomicResolution));

    private long OracleOf(int market, decimal usd) =>
        (long)(usd * Decimals.PowerOfTen(-Venue.Ledger.Markets[market].Market.OracleExponent));
}
