using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Simulation.Chain.Ledger;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

[Trait("Req", "PAP-1")]
public sealed class DeleveragingTests
{
    private const int Btc = LedgerBench.Btc;

    /// <summary>
    /// Long 1 at 50,000 with 3,000 owes 47,000: that is its bankruptcy price, whatever the oracle.
    /// </summary>
    [Fact]
    public void Ix_11_account_worth_less_than_nothing_is_closed_at_its_bankruptcy_price()
    {
        var bench = new LedgerBench();
        var (poor, rich) = (bench.Account("poor", 3_000), bench.Account("rich", 10_000));
        Assert.True(bench.Trade(poor, rich, Btc, Side.Buy, 50_000, 1).IsDone);
        bench.Price(Btc, 46_000);
        Unfilled(bench);

        var fill = Assert.Single(bench.Ledger.Deleveraging.Run());

        Assert.Equal(
            new DeleveragingFill(
                poor, rich, Btc, -bench.Quantums(Btc, 1), LedgerBench.Quote(47_000),
                DeleveragingPrice.Bankruptcy),
            fill);
        Assert.Equal((0m, 13_000m), (bench.Usdc(poor), bench.Usdc(rich)));
        Assert.Equal(0, bench.Ledger.Markets[Btc].OpenInterest);
        bench.Ledger.Deleveraging.GateWithdrawals();
        Assert.Null(bench.Ledger.Money.BlockedUntil(0));
    }

    [Fact]
    public void Ix_11_account_with_collateral_left_waits_for_the_book()
    {
        var bench = new LedgerBench();
        var (poor, rich) = (bench.Account("poor", 3_000), bench.Account("rich", 10_000));
        Assert.True(bench.Trade(poor, rich, Btc, Side.Buy, 50_000, 1).IsDone);
        bench.Price(Btc, 47_000);
        Assert.Equal(0m, bench.NetCollateral(poor));
        Unfilled(bench);

        Assert.Empty(bench.Ledger.Deleveraging.Run());
        Assert.Equal(bench.Quantums(Btc, 1), bench.Held(poor, Btc));
    }

    [Fact]
    public void Ix_11_opposite_accounts_are_taken_one_after_another_until_nothing_is_left()
    {
        var bench = new LedgerBench();
        var poor = bench.Account("poor", 3_000);
        var others = Enumerable.Range(0, 5).Select(each => bench.Account($"other {each}", 10_000)).ToList();
        foreach (var other in others)
        {
            Assert.True(bench.Trade(poor, other, Btc, Side.Buy, 50_000, 0.2m).IsDone);
        }

        bench.Price(Btc, 46_000);
        Unfilled(bench);

        var fills = bench.Ledger.Deleveraging.Run();

        var start = others.IndexOf(fills[0].Offsetting);
        Assert.Equal(
            Enumerable.Range(0, 5).Select(turn => others[(start + turn) % 5]),
            fills.Select(fill => fill.Offsetting));
        Assert.Equal(0, bench.Held(poor, Btc));
        Assert.Equal(0m, bench.Usdc(poor));
    }

    /// <summary>What could not be closed holds withdrawals back.</summary>
    [Fact]
    public void Ix_11_opposite_account_that_may_not_is_passed_over()
    {
        var bench = new LedgerBench();
        var (poor, other) = (bench.Account("poor", 3_000), bench.Account("other", 3_000));
        var rich = bench.Account("rich", 100_000);
        Assert.True(bench.Trade(poor, rich, Btc, Side.Buy, 50_000, 1).IsDone);

        // Short at 50,000 too, and carrying a long ETH position that is under water.
        Assert.True(bench.Trade(other, rich, Btc, Side.Sell, 50_000, 0.5m).IsDone);
        Assert.True(bench.Trade(other, rich, LedgerBench.Eth, Side.Buy, 3_000, 10).IsDone);
        bench.Price(LedgerBench.Eth, 2_000);
        bench.Price(Btc, 46_000);
        Assert.True(bench.NetCollateral(other) < 0);
        Unfilled(bench);

        var fills = bench.Ledger.Deleveraging.Run().Where(fill => fill.Liquidated == poor).ToList();

        Assert.DoesNotContain(fills, fill => fill.Offsetting == other);
        bench.Ledger.Deleveraging.GateWithdrawals();
        Assert.NotNull(bench.Ledger.Money.BlockedUntil(0));
    }

    [Fact]
    public void Ix_11_market_in_final_settlement_closes_everybody_at_the_oracle()
    {
        var bench = new LedgerBench();
        var (one, two) = (bench.Account("one", 10_000), bench.Account("two", 10_000));
        Assert.True(bench.Trade(one, two, Btc, Side.Buy, 50_000, 1).IsDone);
        bench.Price(Btc, 51_000);
        Assert.Empty(bench.Ledger.Deleveraging.Run());

        bench.Ledger.SetStatus(Btc, ClobPairStatus.FinalSettlement);
        var fill = Assert.Single(bench.Ledger.Deleveraging.Run());

        Assert.Equal(DeleveragingPrice.Oracle, fill.Price);
        Assert.Equal((11_000m, 9_000m), (bench.Usdc(one), bench.Usdc(two)));
        Assert.True(bench.Ledger.Accounts[one].Positions.IsEmpty);
        Assert.True(bench.Ledger.Accounts[two].Positions.IsEmpty);
    }

    /// <summary>
    /// Worth -1,000 it gets its bankruptcy price there too, and is not offered to the book.
    /// </summary>
    [Fact]
    public void Ix_11_account_worth_less_than_nothing_is_settled_at_its_bankruptcy_price()
    {
        var bench = new LedgerBench();
        var (poor, rich) = (bench.Account("poor", 3_000), bench.Account("rich", 10_000));
        Assert.True(bench.Trade(poor, rich, Btc, Side.Buy, 50_000, 1).IsDone);
        bench.Price(Btc, 46_000);
        bench.Ledger.SetStatus(Btc, ClobPairStatus.FinalSettlement);
        Assert.False(bench.Ledger.Liquidations.OrderOf(poor)!.Value.IsPlaceable);
        Unfilled(bench);

        var fills = bench.Ledger.Deleveraging.Run();

        Assert.Contains(fills, fill => fill.Liquidated == poor && fill.Price == DeleveragingPrice.Bankruptcy);
        Assert.Equal(0m, bench.Usdc(poor));
    }

    [Fact]
    public void Ix_11_one_block_deleverages_ten_positions_and_tries_fifty_accounts()
    {
        var bench = new LedgerBench();
        var rich = bench.Account("rich", 100_000_000);
        for (var each = 0; each < 60; each++)
        {
            Assert.True(bench.Trade(
                bench.Account($"poor {each}", 3_000), rich, Btc, Side.Buy, 50_000, 1).IsDone);
        }

        bench.Price(Btc, 46_000);

        Assert.Equal(50, bench.Ledger.Liquidations.Rank().Count);
        Unfilled(bench);
        Assert.Equal(10, bench.Ledger.Deleveraging.Run().Count);
    }

    /// <summary>Every liquidation order of the block finds nobody.</summary>
    private static void Unfilled(LedgerBench bench)
    {
        foreach (var account in bench.Ledger.Liquidations.Rank())
        {
            bench.Ledger.Liquidations.Close(bench.Ledger.Liquidations.OrderOf(account)!.Value, filled: 0);
        }
    }
}
