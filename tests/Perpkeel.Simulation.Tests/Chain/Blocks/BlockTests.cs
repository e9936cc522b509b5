using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;
using Ppm = Perpkeel.Core.Numbers.Ppm;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>
/// What a block does with money: moves, funding, liquidations, deleveraging, final settlement.
/// </summary>
[Trait("Req", "PAP-1")]
public sealed class BlockTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly SubaccountKey _bob;

    public BlockTests()
    {
        _ann = _scene.Account("ann");
        _bob = _scene.Account("bob");
    }

    private static LedgerParameters FewVotes => new()
    {
        Funding = new FundingParameters { LeastVotes = 1, LeastSamples = 1 },
    };

    [Fact]
    public void Tx_6_moves_of_money_happen_in_the_block_in_the_order_in_which_they_came()
    {
        var carl = new SubaccountKey(_scene.Owner("carl"), 0);
        Accepted(_scene.Send(new ChainMessage.Transfer(_ann, carl, 100 * Usd)));
        Accepted(_scene.Send(new ChainMessage.Withdraw(carl, carl.Owner, 40 * Usd)));
        Accepted(_scene.Send(new ChainMessage.Withdraw(carl, carl.Owner, 70 * Usd)));
        Assert.Equal(1_000_000m, _scene.Usdc(_ann));

        var block = _scene.Block();

        Assert.Equal([0, 0, 102], block.Txs.Select(tx => tx.Result.Code));
        Assert.Equal(
            [new(_ann, carl, -1, 100 * Usd), new TransferDone(carl, null, carl.Owner, 40 * Usd)],
            block.Transfers);
        Assert.Equal(60m, _scene.Usdc(carl));
        Assert.Equal([_ann, carl], block.Subaccounts.Select(each => each.Subaccount));
        Assert.Equal((Int128)60 * Usd, block.Subaccounts[1].Usdc);
    }

    [Fact]
    public void Tx_11_a_deposit_of_more_than_the_wallet_holds_fails_in_its_block()
    {
        _scene.Venue.Ledger.Mint(_ann.Owner, 10);
        Accepted(_scene.Send(new ChainMessage.Deposit(_ann.Owner, _ann, 11)));
        Accepted(_scene.Send(new ChainMessage.Deposit(_ann.Owner, _ann, 10)));

        var block = _scene.Block();

        Refused("sdk", 5, block.Txs[0].Result);
        Accepted(block.Txs[1].Result);
        Assert.Equal(new TransferDone(null, _ann, _ann.Owner, 10), Assert.Single(block.Transfers));
    }

    [Fact]
    public void Tx_14_leverage_is_chosen_in_a_block()
    {
        Accepted(_scene.Send(new ChainMessage.UpdateLeverage(_ann, [(Btc, 500_000)])));
        Accepted(_scene.Block().Txs[0].Result);

        Refused("clob", 3007, _scene.Place(_scene.LongTerm(_ann, Side.Buy, 50, 50_000)));
        Accepted(_scene.Place(_scene.LongTerm(_ann, Side.Buy, 38, 50_000)));
    }

    [Fact]
    public void Tx_11_leverage_has_its_own_codes()
    {
        var high = _ann with { Number = 200_000 };
        _scene.Trade(_ann, _bob, Side.Buy, 30, 50_000);

        Refused("clob", 11_001, _scene.Send(new ChainMessage.UpdateLeverage(high, [(Btc, 100_000)])));
        Refused("clob", 11_002, _scene.Send(new ChainMessage.UpdateLeverage(_ann, [])));
        Refused(
            "clob", 11_002,
            _scene.Send(new ChainMessage.UpdateLeverage(_ann, [(Btc, 100_000), (Btc, 200_000)])));
        Refused("clob", 11_002, Delivered((Btc, 0u)));
        Refused("clob", 8, Delivered((17, 100_000u)));
        Refused("subaccounts", 701, Delivered((Btc, 49_999u)));
        Refused("subaccounts", 703, Delivered((Btc, 1_000_000u)));
    }

    [Fact]
    public void Ix_12_funding_is_told_at_the_hour_with_what_the_votes_made_of_it()
    {
        var scene = new VenueScene(ledger: FewVotes);
        var (ann, bob) = (scene.Account("ann"), scene.Account("bob"));
        scene.Trade(ann, bob, Side.Buy, 1, 50_000);
        var (longs, shorts) = (scene.Usdc(ann), scene.Usdc(bob));
        for (var half = 0; half < 118; half++) Assert.Empty(Vote(scene, 1_000, seconds: 30).FundingTicks);

        var ticks = Vote(scene, 1_000, seconds: 60).FundingTicks;

        Assert.Equal([Btc, Eth, Iso], ticks.Select(tick => tick.Market));
        Assert.InRange(ticks[Btc].RatePpm.Value, 900, 1_000);
        Assert.Equal(0, ticks[Eth].RatePpm.Value);
        Assert.Equal(scene.Venue.Ledger.Markets[Btc].FundingIndex, ticks[Btc].FundingIndex);
        Assert.True(scene.Usdc(ann) < longs && scene.Usdc(bob) > shorts);
    }

    [Fact]
    public void Ix_12_the_proposer_votes_for_what_its_book_says()
    {
        var scene = new VenueScene(ledger: FewVotes);
        var ann = scene.Account("ann");
        Accepted(scene.Place(scene.LongTerm(ann, Side.Buy, 1, 50_500)));
        for (var second = 0; second < 61; second++) _ = scene.Block();

        var samples = scene.Venue.Ledger.Funding.SamplesOf(Btc);

        // No impact notional: the premium is that of the best bid, a percent above the oracle.
        Assert.Equal([new Ppm(10_000)], samples);
    }

    [Fact]
    public void Ix_11_a_position_below_maintenance_is_sold_to_the_book_and_told_by_the_next_block()
    {
        var poor = _scene.Account("poor", 4_000);
        _scene.Venue.Ledger.MintInsurance(Btc, 1_000_000 * Usd);
        _scene.Trade(poor, _bob, Side.Buy, 1, 50_000);
        Accepted(_scene.Place(_scene.Order(_ann, Side.Buy, 1, 47_450)));

        var block = _scene.Block(prices: [(Btc, 47_400)]);
        Assert.DoesNotContain(block.Fills, fill => fill.Taker.Kind == FillKind.Liquidated);
        var fill = Assert.Single(_scene.Block().Fills);

        Assert.Equal((FillKind.Liquidated, FillKind.Liquidation), (fill.Taker.Kind, fill.Maker.Kind));
        Assert.Equal((poor, _ann), (fill.Taker.Subaccount, fill.Maker.Subaccount));
        Assert.Null(fill.Taker.Order);
        Assert.True(fill.Taker.Fee > 0);
        Assert.True(_scene.Held(poor) < _scene.Quantums(Btc, 1));
    }

    [Fact]
    public void Ix_11_where_nobody_buys_an_account_worth_less_than_nothing_is_closed_against_another()
    {
        var poor = _scene.Account("poor", 4_000);
        _scene.Trade(poor, _bob, Side.Buy, 1, 50_000);
        _ = _scene.Block(prices: [(Btc, 45_000)]);

        var fill = Assert.Single(_scene.Block().Fills);

        Assert.Equal((FillKind.Deleveraged, FillKind.Offsetting), (fill.Taker.Kind, fill.Maker.Kind));
        Assert.Equal((0L, 0L), (_scene.Held(poor), _scene.Held(_bob)));
        Assert.Null(ChainAudit.FaultOf(_scene.Venue));
    }

    [Fact]
    public void Ix_11_a_market_in_final_settlement_closes_everybody_at_the_oracle()
    {
        _scene.Trade(_ann, _bob, Side.Buy, 1, 50_000);
        _ = _scene.Block(prices: [(Btc, 51_000)], statuses: [(Btc, ClobPairStatus.FinalSettlement)]);

        var fill = Assert.Single(_scene.Block().Fills);

        Assert.Equal((Int128)51_000 * Usd, fill.Quote);
        Assert.Equal((0L, 0L), (_scene.Held(_ann), _scene.Held(_bob)));
    }

    [Fact]
    public void Tx_7_11_transfers_and_withdrawals_wait_fifty_blocks_after_an_outage()
    {
        _ = _scene.Block(seconds: 300);
        Accepted(_scene.Send(new ChainMessage.Withdraw(_ann, _ann.Owner, 1)));
        Refused("subaccounts", 102, _scene.Block().Txs[0].Result);
        _ = _scene.Blocks(48);

        Accepted(_scene.Send(new ChainMessage.Withdraw(_ann, _ann.Owner, 1)));
        Accepted(_scene.Block().Txs[0].Result);
    }

    [Fact]
    public void A_block_does_not_come_before_the_last_one() => Assert.Throws<ArgumentException>(() =>
        _scene.Venue.Produce(new BlockInput { Time = _scene.Venue.Time - TimeSpan.FromMilliseconds(1) }));

    private static BlockResult Vote(VenueScene scene, long ppm, double seconds) => scene.Venue.Produce(
        new BlockInput
        {
            Time = scene.Venue.Time + TimeSpan.FromSeconds(seconds),
            Premiums = [(Btc, new Ppm(ppm))],
        });

    private TxResult Delivered((int, uint) entry)
    {
        _ = _scene.Block();
        Accepted(_scene.Send(new ChainMessage.UpdateLeverage(_ann, [entry])));
        return _scene.Block().Txs[0].Result;
    }
}
