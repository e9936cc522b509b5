using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

[Trait("Req", "PAP-1")]
public sealed class MatchTests
{
    private const int Btc = LedgerBench.Btc;
    private const int Eth = LedgerBench.Eth;
    private const int Iso = LedgerBench.Iso;

    [Fact]
    public void Ix_13_worth_rounds_down_fees_round_up_and_rebates_toward_zero()
    {
        var bench = new LedgerBench();
        var (taker, maker) = (bench.Account("taker", 1_000), bench.Account("maker", 1_000));

        // 200,000,999 quantums at 5,000,000,001 subticks are 1,000,004,995.2 quote quantums.
        var outcome = bench.Ledger.TryMatch(bench.Request(taker, maker, Btc, Side.Buy, 50_000, 1) with
        {
            Subticks = 5_000_000_001,
            Quantums = 200_000_999,
            TakerFee = new Ppm(333),
            MakerFee = new Ppm(-111),
        });

        Assert.Equal(1_000_004_995, outcome.Quote);
        Assert.Equal(333_002, outcome.TakerFee);
        Assert.Equal(-111_000, outcome.MakerFee);
        Assert.Equal(LedgerBench.Quote(1_000) - 1_000_004_995 - 333_002, bench.Ledger.UsdcOf(taker));
        Assert.Equal(LedgerBench.Quote(1_000) + 1_000_004_995 + 111_000, bench.Ledger.UsdcOf(maker));
        Assert.Equal(333_002 - 111_000, bench.Ledger.Totals.Fees);
        Assert.Equal((200_000_999L, -200_000_999L), (bench.Held(taker, Btc), bench.Held(maker, Btc)));
        Assert.Equal(200_000_999, bench.Ledger.Markets[Btc].OpenInterest);
    }

    /// <summary>
    /// 20 % up to 25 million of open interest, all of it from 50 million: 36 % at 30 million.
    /// </summary>
    [Theory]
    [InlineData(90, 36, true)]
    [InlineData(90, 35.99, false)]
    [InlineData(0, 20, true)]
    [InlineData(0, 19.99, false)]
    public void Ix_7_margin_is_that_of_the_open_interest_after_the_match(
        int matchOverLowerCap, double percent, bool isDone)
    {
        var bench = new LedgerBench(btc: market => market with
        {
            InitialMarginPpm = new Ppm(200_000),
            MaintenanceFractionPpm = new Ppm(500_000),
            OpenInterestLowerCap = new QuoteQuantums(25_000_000L * LedgerBench.Usd),
            OpenInterestUpperCap = new QuoteQuantums(50_000_000L * LedgerBench.Usd),
        });
        var (rich, other) = (bench.Account("rich", 100_000_000), bench.Account("other", 100_000_000));
        Assert.True(bench.Trade(rich, other, Btc, Side.Buy, 50_000, 490).IsDone);
        var size = 10 + matchOverLowerCap + (matchOverLowerCap > 0 ? 10 : 0);
        var taker = bench.Account("taker", size * 50_000m * (decimal)percent / 100);

        var outcome = bench.Trade(taker, other, Btc, Side.Buy, 50_000, size);

        Assert.Equal(isDone, outcome.IsDone);
        Assert.Equal(!isDone, outcome.IsTakerRefused);
        Assert.False(outcome.IsMakerRefused);
    }

    [Theory]
    [InlineData(1, 1_000, UpdateResult.NewlyUndercollateralized, UpdateResult.Success)]
    [InlineData(1_000, 1, UpdateResult.Success, UpdateResult.NewlyUndercollateralized)]
    [InlineData(1, 1, UpdateResult.NewlyUndercollateralized, UpdateResult.NewlyUndercollateralized)]
    public void Ix_8_who_may_not_is_told_and_nothing_is_changed(
        int takerUsd, int makerUsd, UpdateResult takerResult, UpdateResult makerResult)
    {
        var bench = new LedgerBench();
        var (taker, maker) = (bench.Account("taker", takerUsd), bench.Account("maker", makerUsd));
        var before = bench.Ledger.Totals;

        var outcome = bench.Trade(taker, maker, Btc, Side.Sell, 50_000, 0.1m, 500, 100);

        Assert.Equal((takerResult, makerResult), (outcome.Taker, outcome.Maker));
        Assert.Equal(MatchEnd.Refused, outcome.End);
        Assert.Equal(before, bench.Ledger.Totals);
        Assert.True(bench.Ledger.Accounts[taker].Positions.IsEmpty);
        Assert.True(bench.Ledger.Accounts[maker].Positions.IsEmpty);
        Assert.Equal(0, bench.Ledger.Markets[Btc].OpenInterest);
    }

    [Fact]
    public void Ix_8_below_the_initial_margin_a_position_may_shrink_and_not_grow()
    {
        var bench = new LedgerBench();
        var (account, other) = (bench.Account("account", 3_000), bench.Account("other", 100_000));
        Assert.True(bench.Trade(account, other, Btc, Side.Buy, 50_000, 1).IsDone);
        bench.Price(Btc, 49_000);

        var grown = bench.Trade(account, other, Btc, Side.Buy, 49_000, 0.1m);
        var shrunk = bench.Trade(account, other, Btc, Side.Sell, 49_000, 0.1m);

        Assert.Equal(UpdateResult.StillUndercollateralized, grown.Taker);
        Assert.True(shrunk.IsDone);
        Assert.Equal(bench.Quantums(Btc, 0.9m), bench.Held(account, Btc));
    }

    [Fact]
    public void Ix_8_open_interest_stays_where_positions_only_change_hands()
    {
        var bench = new LedgerBench();
        var (one, two, three) = (
            bench.Account("one", 10_000), bench.Account("two", 10_000), bench.Account("three", 10_000));

        var opened = bench.Trade(one, two, Btc, Side.Buy, 50_000, 1);
        var handed = bench.Trade(one, three, Btc, Side.Sell, 50_000, 1);
        var closed = bench.Trade(two, three, Btc, Side.Buy, 50_000, 1);

        var btc = bench.Quantums(Btc, 1);
        Assert.Equal(
            (btc, 0L, -btc),
            (opened.OpenInterestDelta, handed.OpenInterestDelta, closed.OpenInterestDelta));
        Assert.Equal(0, bench.Ledger.Markets[Btc].OpenInterest);
        Assert.True(bench.Ledger.Accounts[two].Positions.IsEmpty);
    }

    [Fact]
    public void Ix_7_isolated_market_stands_alone()
    {
        var bench = new LedgerBench();
        var (account, other) = (bench.Account("account", 10_000), bench.Account("other", 10_000));
        Assert.True(bench.Trade(account, other, Eth, Side.Buy, 3_000, 1).IsDone);
        var fresh = bench.Account("fresh", 10_000);
        Assert.True(bench.Trade(fresh, bench.Account("maker", 1_000), Iso, Side.Buy, 100, 1).IsDone);

        var second = bench.Trade(account, bench.Account("third", 10_000), Iso, Side.Buy, 100, 1);
        var cross = bench.Trade(bench.Account("fourth", 10_000), fresh, Eth, Side.Buy, 3_000, 1);

        const UpdateResult broken = UpdateResult.ViolatesIsolatedSubaccountConstraints;
        Assert.Equal((broken, UpdateResult.Success), (second.Taker, second.Maker));
        Assert.Equal((UpdateResult.Success, broken), (cross.Taker, cross.Maker));
    }

    [Fact]
    public void Ix_7_collateral_moves_to_the_isolated_pool_and_back()
    {
        var bench = new LedgerBench();
        var (one, two) = (bench.Account("one", 700), bench.Account("two", 300));
        var (cross, isolated) = (bench.Ledger.Pools[0], bench.Ledger.Pools[1]);

        Assert.True(bench.Trade(one, two, Iso, Side.Buy, 100, 10, takerFee: 500, makerFee: 100).IsDone);

        // 1,000 USD less the fees of a fill of 1,000 USD: 0.50 and 0.10.
        Assert.Equal((0, LedgerBench.Quote(999.4m)), (cross.Balance, isolated.Balance));
        Assert.Equal((1, 1), (bench.Ledger.PoolOf(one), bench.Ledger.PoolOf(two)));

        Assert.True(bench.Trade(one, two, Iso, Side.Sell, 110, 10).IsDone);

        Assert.Equal((LedgerBench.Quote(999.4m), 0), (cross.Balance, isolated.Balance));
        Assert.Equal((799.5m, 199.9m), (bench.Usdc(one), bench.Usdc(two)));
    }

    [Fact]
    public void Ix_7_isolated_pool_pays_out_no_more_than_it_has()
    {
        var bench = new LedgerBench();
        var (winner, loser) = (bench.Account("winner", 20), bench.Account("loser", 20));
        Assert.True(bench.Trade(winner, loser, Iso, Side.Sell, 100, 1).IsDone);
        bench.Price(Iso, 50);
        var entrant = bench.Account("entrant", 10);
        var before = bench.Ledger.Totals;

        // The winner would leave with 70; with the entrant's 10 the pool has 50.
        var outcome = bench.Trade(winner, entrant, Iso, Side.Buy, 50, 1);

        Assert.Equal(MatchEnd.PoolCannotPay, outcome.End);
        Assert.True(outcome.IsTakerRefused);
        Assert.Equal(before, bench.Ledger.Totals);
    }

    [Fact]
    public void Tx_14_builder_is_paid_on_top_and_counts_in_the_collateral()
    {
        var bench = new LedgerBench();
        var builder = bench.Owner("builder");
        var (taker, maker) = (bench.Account("taker", 2_525), bench.Account("maker", 3_000));
        var request = bench.Request(taker, maker, Btc, Side.Buy, 50_000, 1) with { TakerFee = new Ppm(500) };

        // The initial margin is 2,500, the fee 25: nothing is left for a builder.
        var tooMuch = bench.Ledger.TryMatch(request with { TakerBuilder = new BuilderCode(builder, 1) });
        var byMaker = bench.Ledger.TryMatch(request with { MakerBuilder = new BuilderCode(builder, 9_999) });

        Assert.Equal(UpdateResult.NewlyUndercollateralized, tooMuch.Taker);
        Assert.True(byMaker.IsDone);
        Assert.Equal(LedgerBench.Quote(499.95m), byMaker.MakerBuilderFee);
        Assert.Equal(LedgerBench.Quote(499.95m), bench.Ledger.Accounts.Wallet(builder));
        Assert.Equal(LedgerBench.Quote(499.95m), bench.Ledger.BuilderPayouts);
        Assert.Equal(3_000m + 50_000m - 499.95m, bench.Usdc(maker));
    }

    [Fact]
    public void Ix_7_market_without_an_oracle_price_is_not_traded()
    {
        var bench = new LedgerBench();
        var (one, two) = (bench.Account("one", 1_000), bench.Account("two", 1_000));
        bench.Price(Btc, 0);

        Assert.Equal(MatchEnd.NoOraclePrice, bench.Trade(one, two, Btc, Side.Buy, 50_000, 0.001m).End);
        Assert.Equal(UpdateResult.None, bench.Ledger.CanUpdate(one, 0, [new(Btc, 1)]));
    }

    [Fact]
    public void A_fill_allocates_nothing()
    {
        const int fills = 20_000;
        var bench = new LedgerBench();
        var (one, two) = (bench.Account("one", 100_000), bench.Account("two", 100_000));
        for (var warm = 0; warm < 2; warm++) Assert.True(Turn().IsDone);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < fills; turn++) _ = Turn();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, fills);

        MatchOutcome Turn() => bench.Trade(
            one, two, Btc, bench.Held(one, Btc) > 0 ? Side.Sell : Side.Buy, 50_000, 1, 500, -110);
    }

    [Fact]
    public void A_match_with_itself_or_of_nothing_is_a_bug()
    {
        var bench = new LedgerBench();
        var (one, two) = (bench.Account("one", 1_000), bench.Account("two", 1_000));

        Assert.Throws<ArgumentException>(() => bench.Trade(one, one, Btc, Side.Buy, 50_000, 1));
        Assert.Throws<ArgumentException>(() => bench.Trade(one, two, Btc, Side.None, 50_000, 1));
        Assert.Throws<ArgumentException>(() => bench.Trade(one, two, Btc, Side.Buy, 0, 1));
        Assert.Throws<ArgumentException>(() => bench.Trade(one, two, Btc, Side.Buy, 50_000, 0));
    }
}
