using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Paper.Flow;
using Perpkeel.Simulation.Tests.Chain.Ledger;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>A chain that lets quiet blocks pass is the chain that makes every block.</summary>
[Trait("Req", "PAP-1")]
public sealed class QuietBlockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Quiet_blocks_change_nothing_that_making_them_would_not(ulong seed)
    {
        var (every, quiet) = (new Life(seed), new Life(seed));
        var passed = 0;
        for (var block = 0; block < 5_000; block++)
        {
            every.Act();
            quiet.Act();
            every.Block(mayPass: false);
            if (quiet.Block(mayPass: true)) passed++;

            Assert.Equal($"{seed}, {block}: {every.State()}", $"{seed}, {block}: {quiet.State()}");
        }

        Assert.InRange(passed, 1_500, 4_900);
        Assert.Equal(every.Events, quiet.Events);
        Assert.Contains(every.Events, each => each.Contains("Expired", StringComparison.Ordinal));
        Assert.Contains(every.Events, each => each.Contains("Triggered", StringComparison.Ordinal));
        Assert.Contains(every.Events, each => each.StartsWith("funding", StringComparison.Ordinal));
        Assert.True(every.Fills > 20, $"{every.Fills} fills");
    }

    [Fact]
    public void A_block_that_has_something_to_do_does_not_pass()
    {
        var scene = new VenueScene();
        var account = scene.Account("one");
        var empty = scene.Venue.IsBusy;
        _ = scene.Block();
        var quiet = scene.Venue.IsBusy;

        VenueScene.Accepted(scene.Place(scene.LongTerm(account, Side.Buy, 0.01m, 40_000)));

        Assert.Equal((false, false, true), (empty, quiet, scene.Venue.IsBusy));
        Assert.Throws<InvalidOperationException>(
            () => scene.Venue.PassQuietly(scene.Venue.Time.AddSeconds(1)));
        _ = scene.Block();
        Assert.Throws<InvalidOperationException>(() => scene.Venue.PassQuietly(scene.Venue.NextDue));
    }

    /// <summary>Two accounts who do something now and then, and prices that move.</summary>
    private sealed class Life
    {
        private static readonly DateTimeOffset Start = new(2026, 1, 1, 9, 40, 0, TimeSpan.Zero);

        private readonly SeededRandom _chance;
        private readonly BlockClock _clock;
        private readonly ChainVenue _venue;
        private readonly SubaccountKey[] _accounts;
        private readonly Queue<ChainOrder> _orders = new();
        private long? _price = 50_000L * 100_000;
        private Ppm _premium;
        private uint _id;

        public Life(ulong seed)
        {
            _chance = new SeededRandom(seed);
            _clock = new BlockClock(seed, Start, []);
            _venue = new ChainVenue(
                [new VenueMarket { Market = SampleMarkets.Btc, DefaultFunding = new Ppm(100) }],
                new VenueParameters(), Start);
            _accounts = [.. Enumerable.Range(0, 2).Select(index => FlowAccounts.Fund(
                _venue.Ledger, $"owner {index}", 0, 100_000 * QuoteQuantums.PerUsd))];
        }

        public List<string> Events { get; } = [];

        public int Fills { get; private set; }

        public void Act()
        {
            if (_chance.Below(60) != 0) return;
            for (var i = _chance.Below(6); i >= 0; i--)
            {
                var whose = _accounts[_chance.Below(2)];
                ChainMessage message = _chance.Below(4) == 0 && _orders.TryDequeue(out var known)
                    ? new ChainMessage.Cancel(known.Id, known.GoodTilBlock, known.GoodTilBlockTime)
                    : new ChainMessage.Place(Draw(whose));
                var signer = TxRules.SignerOf(message);
                _ = _venue.Submit(new ChainTx(signer, _venue.NextSequence(signer), [message], null));
            }

            if (_chance.Below(2) == 0) _price = (50_000L + _chance.Between(-400, 400)) * 100_000;
            if (_chance.Below(3) == 0) _premium = new Ppm(_chance.Between(-800, 800));
        }

        /// <summary>Whether the block was let pass.</summary>
        public bool Block(bool mayPass)
        {
            var tick = _clock.Next();
            var isQuiet = !_venue.IsBusy && _price is null && tick.Time < _venue.NextDue;
            if (isQuiet && mayPass)
            {
                _venue.PassQuietly(tick.Time);
                return true;
            }

            // A proposer's premium is a new one only where something else happens too: as in a paper world.
            if (isQuiet) _ = _venue.Produce(Input(tick, _lastVote));
            else Tell(_venue.Produce(Input(tick, _lastVote = _premium)));
            return false;
        }

        private Ppm _lastVote;

        public string State()
        {
            var accounts = _accounts.Select(key =>
            {
                var index = _venue.Ledger.Accounts.Find(key);
                return $"{_venue.Ledger.UsdcOf(index)} {_venue.Ledger.Accounts[index].QuantumsIn(0)}";
            });
            var orders = _venue.State.Stateful.All.OrderBy(order => order.Sequence)
                .Select(order => $"{order.Order.Id.ClientId} {order.Filled} {order.IsTriggered}");
            return $"{_venue.Height} {_venue.Time:O} {_venue.Ledger.Height} {_venue.Ledger.Time:O} "
                + $"{string.Join(',', accounts)} [{string.Join(',', orders)}] {_venue.State.ShortTerm.Count} "
                + $"{string.Join(',', _venue.Ledger.Funding.SamplesOf(0))} "
                + $"{_venue.Ledger.Markets[0].FundingIndex} "
                + $"{_venue.Best(0, Side.Buy)} {_venue.Best(0, Side.Sell)}";
        }

        private BlockInput Input(BlockTick tick, Ppm premium)
        {
            var prices = _price is { } price ? new[] { (0, price) } : [];
            _price = null;
            return new BlockInput { Time = tick.Time, OraclePrices = prices, Premiums = [(0, premium)] };
        }

        private void Tell(BlockResult block)
        {
            Fills += block.Fills.Count;
            foreach (var fill in block.Fills)
            {
                Events.Add($"fill {block.Height} {fill.Quantums} {fill.Subticks}");
            }

            foreach (var order in block.Orders)
            {
                Events.Add($"{order.Change} {order.Reason} {block.Height} {order.Order.Id.ClientId}");
            }

            foreach (var tick in block.FundingTicks) Events.Add($"funding {block.Height} {tick.RatePpm}");
        }

        private ChainOrder Draw(SubaccountKey whose)
        {
            var flags = (OrderFlags[])[OrderFlags.ShortTerm, OrderFlags.LongTerm, OrderFlags.Conditional];
            var kind = flags[_chance.Below(3)];
            var isShort = kind == OrderFlags.ShortTerm;
            var order = new ChainOrder
            {
                Id = new ChainOrderId(whose, ++_id, kind, 0),
                Side = _chance.Below(2) == 0 ? Side.Buy : Side.Sell,
                Quantums = _chance.Between(1, 500) * SampleMarkets.Btc.StepBaseQuantums,
                Subticks = (50_000 + _chance.Between(-50, 50)) * SampleMarkets.Btc.SubticksPerTick,
                GoodTilBlock = isShort ? _venue.Height + 1 + (uint)_chance.Below(8) : 0,
                GoodTilBlockTime = isShort
                    ? 0
                    : (uint)(_venue.Time.ToUnixTimeSeconds() + _chance.Between(5, 900)),
                Condition = kind != OrderFlags.Conditional ? ConditionType.Unspecified
                    : _chance.Below(2) == 0 ? ConditionType.StopLoss : ConditionType.TakeProfit,
                TriggerSubticks = kind == OrderFlags.Conditional
                    ? (50_000 + _chance.Between(-300, 300)) * SampleMarkets.Btc.SubticksPerTick
                    : 0,
            };
            _orders.Enqueue(order);
            return order;
        }
    }
}
