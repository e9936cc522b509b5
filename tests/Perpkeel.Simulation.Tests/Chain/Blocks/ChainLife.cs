using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Tests.Chain.Ledger;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>
/// Twenty markets and two hundred subaccounts to which everything happens through the whole chain, by lot:
/// all kinds of orders, cancels, transfers, jumps of prices, stalls and restarts.
/// </summary>
internal sealed class ChainLife
{
    public const int MarketCount = 20;
    private const int IsolatedFrom = 14;
    private const int OwnerCount = 50;
    private const int AccountsOfOwner = 4;
    private const int Remembered = 512;
    private const int Waiting = 20;
    private const long Usd = QuoteQuantums.PerUsd;

    private readonly SeededRandom _chance;
    private readonly BlockClock _clock;
    private readonly ChainOrder[] _recent = new ChainOrder[Remembered];
    private readonly Queue<ChainOrder> _stateful = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly int _jumpEvery;
    private uint _clientId;

    /// <param name="seed">Where chance comes from.</param>
    /// <param name="jumpEvery">Of so many moves of a price one is a jump.</param>
    public ChainLife(ulong seed, int jumpEvery = 2_000)
    {
        _chance = new SeededRandom(seed);
        _jumpEvery = jumpEvery;
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _clock = new BlockClock(seed, start, Pauses(start));
        var drawn = Enumerable.Range(0, MarketCount)
            .Select(index => RandomMarkets.Draw(_chance, index, index >= IsolatedFrom)).ToList();
        Venue = new ChainVenue(
            [
                .. drawn.Select(each => new VenueMarket
                {
                    Market = each.Market,
                    DefaultFunding = new Ppm(100),
                }),
            ],
            new VenueParameters { Ledger = new LedgerParameters { Seed = seed } }, start);
        for (var owner = 0; owner < OwnerCount; owner++)
        {
            _ = Venue.Ledger.Accounts.OwnerOf($"owner {owner}");
            Venue.Ledger.Mint(owner, 10_000_000 * Usd);
            for (var number = 0; number < AccountsOfOwner; number++)
            {
                _ = Venue.Ledger.Money.Deposit(
                    owner, new(owner, number * 128), _chance.Between(100, 20_000) * Usd);
            }
        }

        for (var market = 0; market < MarketCount; market++)
        {
            Venue.Ledger.MintInsurance(market, _chance.Between(0, 200) * Usd);
        }

        Produce([.. drawn.Select(each => (each.Market.Index, each.Price))]);
    }

    public ChainVenue Venue { get; }

    /// <summary>How many orders were sent.</summary>
    public long Orders { get; private set; }

    /// <summary>How often each thing happened, by name.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>So many orders, among other things, and then a block.</summary>
    public BlockResult Block(int orders)
    {
        var last = Orders + orders;
        while (Orders < last) Act();
        return Produce(Prices());
    }

    private static IEnumerable<BlockPause> Pauses(DateTimeOffset start) => Enumerable.Range(1, 1_000)
        .Select(turn => new BlockPause(
            start + TimeSpan.FromMinutes((20 * turn) - 12), TimeSpan.FromSeconds(20 + (turn % 7 * 60)),
            turn % 3 != 0));

    private void Happened(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    private void Act()
    {
        switch (_chance.Below(1_000))
        {
            case < 620: PlaceShort(); break;
            case < 740: Take(); break;
            case < 840: CancelShort(); break;
            case < 860: Replace(); break;
            case < 865: Batch(); break;
            case < 905: PlaceLong(); break;
            case < 930: PlaceConditional(); break;
            case < 932: PlaceTwap(); break;
            case < 955: CancelStateful(); break;
            case < 985: Move(); break;
            case < 990: Isolate(); break;
            default: ChooseLeverage(); break;
        }
    }

    private BlockResult Produce(IReadOnlyList<(int Market, long Price)> prices)
    {
        var tick = _clock.Next();
        var block = Venue.Produce(new BlockInput
        {
            Time = tick.Time,
            OraclePrices = prices,
            NodeRestarts = tick.NodeRestarts,
            Statuses = Statuses(),
        });
        if (tick.NodeRestarts) Happened("restart");
        foreach (var tx in block.Txs) Happened($"delivered {NameOf(tx.Result)}");
        foreach (var fill in block.Fills) Happened($"fill {fill.Taker.Kind}");
        foreach (var order in block.Orders) Happened($"order {order.Order.Id.Flags} {NameOf(order)}");
        foreach (var funding in block.FundingTicks) Happened($"funding {Math.Sign(funding.RatePpm.Value)}");
        return block;
    }

    private static string NameOf(in OrderUpdate update) => update.Reason == RemovalReason.None
        ? $"{update.Change}"
        : $"{update.Change} {update.Reason}";

    private static string NameOf(in TxResult result) =>
        result.IsOk ? "ok" : $"{result.Codespace}/{result.Code}";

    private void Send(string what, params ChainMessage[] messages)
    {
        var signer = TxRules.SignerOf(messages[0]);
        var result = Venue.Submit(new ChainTx(signer, Venue.NextSequence(signer), messages, null));
        Happened($"sent {what} {NameOf(result)}");
    }

    private SubaccountKey AnyKey() => new(_chance.Below(OwnerCount), 128 * _chance.Below(AccountsOfOwner));

    /// <summary>
    /// Mostly the last account of an owner keeps to one isolated market, the others to the rest.
    /// </summary>
    private (SubaccountKey Key, int Market) Anybody()
    {
        var owner = _chance.Below(OwnerCount);
        if (_chance.Below(4) == 0)
        {
            var number = 128 * (AccountsOfOwner - 1);
            return (new(owner, number), IsolatedFrom + (owner % (MarketCount - IsolatedFrom)));
        }

        var market = _chance.Below(100) == 0 ? _chance.Below(MarketCount) : _chance.Below(IsolatedFrom);
        return (new(owner, 128 * _chance.Below(AccountsOfOwner - 1)), market);
    }

    private ChainOrder Draw(OrderFlags flags, long leastPpm, long mostPpm)
    {
        Orders++;
        var (key, market) = Anybody();
        var side = _chance.Below(2) == 0 ? Side.Buy : Side.Sell;
        return new ChainOrder
        {
            Id = new(key, ++_clientId, flags, market),
            Side = side,
            Quantums = SizeOf(market, _chance.Between(1, 5_000)),
            Subticks = Near(market, side.Sign() * _chance.Between(leastPpm, mostPpm)),
            GoodTilBlock = flags == OrderFlags.ShortTerm ? Venue.Height + 1 + (uint)_chance.Below(21) : 0,
            GoodTilBlockTime = flags == OrderFlags.ShortTerm
                ? 0
                : (uint)(Venue.Time.ToUnixTimeSeconds() + _chance.Between(10, 1_000)),
            Builder = _chance.Below(10) == 0 ? new BuilderCode(_chance.Below(OwnerCount), 100) : null,
        };
    }

    private void PlaceShort()
    {
        var order = Draw(OrderFlags.ShortTerm, -10_000, 1_000) with
        {
            TimeInForce = _chance.Below(4) == 0 ? TimeInForce.PostOnly : TimeInForce.Unspecified,
        };
        _recent[_clientId % Remembered] = order;
        Send("short-term", new ChainMessage.Place(order));
    }

    private void Take()
    {
        var order = Draw(OrderFlags.ShortTerm, 0, 15_000);
        Send("immediate", new ChainMessage.Place(order with
        {
            Quantums = order.Quantums * 4,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            ReduceOnly = _chance.Below(4) == 0,
        }));
    }

    private ChainOrder? Recent() => _recent[_chance.Below(Remembered)];

    private void CancelShort()
    {
        if (Recent() is not { } order) return;
        Send("cancel", new ChainMessage.Cancel(order.Id, Math.Max(order.GoodTilBlock, Venue.Height + 1), 0));
    }

    private void Replace()
    {
        if (Recent() is not { } order) return;
        Orders++;
        var other = order with
        {
            GoodTilBlock = Math.Max(Venue.Height + 1, order.GoodTilBlock + (uint)_chance.Below(3)),
            Quantums = order.Quantums * 2,
            Subticks = Near(order.Id.ClobPair, order.Side.Sign() * _chance.Between(-10_000, 500)),
        };
        _recent[order.Id.ClientId % Remembered] = other;
        Send("replacement", new ChainMessage.Place(other));
    }

    private void Batch()
    {
        if (Recent() is not { } order) return;
        Send("batch", new ChainMessage.BatchCancel(
            order.Id.Subaccount, [(order.Id.ClobPair, [order.Id.ClientId, 1u])], Venue.Height + 20));
    }

    private void PlaceLong()
    {
        var order = Draw(OrderFlags.LongTerm, -15_000, 2_000) with
        {
            TimeInForce = _chance.Below(3) == 0 ? TimeInForce.PostOnly : TimeInForce.Unspecified,
        };
        _stateful.Enqueue(order);
        Send("long-term", new ChainMessage.Place(order));
    }

    private void PlaceConditional()
    {
        var isImmediate = _chance.Below(2) == 0;
        var order = Draw(OrderFlags.Conditional, -5_000, 20_000);
        order = order with
        {
            TimeInForce = isImmediate ? TimeInForce.ImmediateOrCancel : TimeInForce.Unspecified,
            ReduceOnly = isImmediate && _chance.Below(2) == 0,
            Condition = _chance.Below(2) == 0 ? ConditionType.StopLoss : ConditionType.TakeProfit,
            TriggerSubticks = Near(order.Id.ClobPair, _chance.Between(-10_000, 10_000)),
        };
        _stateful.Enqueue(order);
        Send("conditional", new ChainMessage.Place(order));
    }

    private void PlaceTwap()
    {
        var order = Draw(OrderFlags.Twap, 0, 10_000) with { Twap = new TwapParameters(300, 30, 10_000) };
        _stateful.Enqueue(order);
        Send("twap", new ChainMessage.Place(order with { Quantums = order.Quantums * 10 }));
    }

    private void CancelStateful()
    {
        if (!_stateful.TryDequeue(out var order)) return;
        while (_stateful.Count > Waiting) order = _stateful.Dequeue();
        Send("stateful cancel", new ChainMessage.Cancel(order.Id, 0, order.GoodTilBlockTime));
    }

    private void Move()
    {
        var (from, to, amount) = (AnyKey(), AnyKey(), _chance.Between(1, 3_000 * Usd));
        switch (_chance.Below(3))
        {
            case 0: Send("deposit", new ChainMessage.Deposit(from.Owner, from, 3 * amount)); break;
            case 1: Send("withdrawal", new ChainMessage.Withdraw(from, from.Owner, amount)); break;
            default: Send("transfer", new ChainMessage.Transfer(from, to, amount)); break;
        }
    }

    private void Isolate()
    {
        var order = Draw(OrderFlags.LongTerm, -5_000, 2_000);
        var parent = order.Id.Subaccount with { Number = 0 };
        var child = parent with { Number = 128 * (AccountsOfOwner - 1) };
        Send(
            "transfer and placement", new ChainMessage.Transfer(parent, child, _chance.Between(1, 500) * Usd),
            new ChainMessage.Place(order with { Id = order.Id with { Subaccount = child } }));
    }

    private void ChooseLeverage() => Send("leverage", new ChainMessage.UpdateLeverage(
        AnyKey(), [(_chance.Below(MarketCount), (uint)_chance.Between(10_000, 1_000_000))]));

    private (int Market, ClobPairStatus Status)[] Statuses()
    {
        if (_chance.Below(100) > 0) return [];
        var market = _chance.Below(MarketCount);
        var isSettling = Venue.Ledger.Markets[market].Status == ClobPairStatus.FinalSettlement;
        if (!isSettling && _chance.Below(4) > 0) return [];
        return [(market, isSettling ? ClobPairStatus.Active : ClobPairStatus.FinalSettlement)];
    }

    private List<(int Market, long Price)> Prices()
    {
        var prices = new List<(int Market, long Price)>();
        for (var market = 0; market < MarketCount; market++)
        {
            if (_chance.Below(3) > 0) continue;
            var most = _chance.Below(_jumpEvery) == 0 ? 200_000 : 1_500;
            var price = (Int128)Venue.Ledger.Markets[market].OraclePrice
                * (Ppm.One + _chance.Between(-most, most)) / Ppm.One;
            prices.Add((market, (long)Int128.Clamp(price, 500_000_000, 50_000_000_000)));
        }

        return prices;
    }

    /// <summary>The oracle and so many millionths, on the grid.</summary>
    private long Near(int market, long ppm)
    {
        var held = Venue.Ledger.Markets[market];
        var tick = held.Market.SubticksPerTick;
        var subticks = (long)OracleSubticks.Of(held.Market, held.OraclePrice).Floor(ppm);
        return Math.Max(1, subticks / tick) * tick;
    }

    /// <summary>So many dollars in whole steps, at least one.</summary>
    private long SizeOf(int market, long usd)
    {
        var held = Venue.Ledger.Markets[market];
        var step = held.Market.StepBaseQuantums;
        return step * (long)Int128.Max(1, (Int128)usd * Usd / Int128.Max(1, held.Worth(step)));
    }
}
