using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

[Trait("Req", "PAP-1")]
public sealed class LiquidationTests
{
    private const int Btc = LedgerBench.Btc;
    private const int Eth = LedgerBench.Eth;

    /// <summary>
    /// Long 1 at 50,000 with 3,000: at 48,400 it is worth 1,400 and needs 1,452. ABR = 52 / 1,452, so the
    /// limit lies 1.5 * 52 = 78 below the oracle.
    /// </summary>
    [Fact]
    public void Ix_11_position_is_offered_by_a_tenth_at_the_fillable_price()
    {
        var (bench, poor, _) = Long(1, 48_400);

        Assert.Equal([poor], bench.Ledger.Liquidations.Rank());
        var order = bench.Ledger.Liquidations.OrderOf(poor);

        Assert.Equal(
            new LiquidationOrder(
                poor, Btc, Side.Sell, bench.Quantums(Btc, 0.1m), bench.Subticks(Btc, 48_322),
                LedgerBench.Quote(4_840), IsPlaceable: true),
            order);
    }

    [Fact]
    public void Ix_11_short_is_bought_back_above_the_oracle_rounded_down()
    {
        var bench = new LedgerBench();
        var (poor, rich) = (bench.Account("poor", 3_000), bench.Account("rich", 100_000));
        Assert.True(bench.Trade(poor, rich, Btc, Side.Sell, 50_000, 1).IsDone);
        bench.Price(Btc, 51_500);

        // Worth 1,500, needs 1,545: 1.5 * 45 = 67.5 above, down to a tick of 1.
        var order = bench.Ledger.Liquidations.OrderOf(poor);

        Assert.Equal((Side.Buy, bench.Subticks(Btc, 51_567)), (order!.Value.Side, order.Value.Subticks));
    }

    [Theory]
    [InlineData(0.02, 0.02, "not above 1,000 USD")]
    [InlineData(0.1, 0.0206, "1,000 USD in whole steps")]
    [InlineData(40, 2.0661, "no more than 100,000 USD")]
    public void Ix_11_size_keeps_to_the_limits_of_a_block(double size, double offered, string why)
    {
        var (bench, poor, _) = Long((decimal)size, 48_400);

        var order = bench.Ledger.Liquidations.OrderOf(poor);

        Assert.True(bench.Quantums(Btc, (decimal)offered) == order!.Value.Quantums, why);
    }

    [Fact]
    public void Ix_8_collateral_equal_to_maintenance_is_safe()
    {
        var (bench, poor, _) = Long(1, 48_453);
        Assert.NotEmpty(bench.Ledger.Liquidations.Rank());

        // It has 1,453 and gets exactly what it lacks of 3 % of 48,453.
        _ = bench.Account("poor", 0.59m);

        Assert.Empty(bench.Ledger.Liquidations.Rank());
        Assert.Null(bench.Ledger.Liquidations.OrderOf(poor));
    }

    [Fact]
    public void Ix_11_account_furthest_from_the_oracle_is_first()
    {
        var bench = new LedgerBench();
        var rich = bench.Account("rich", 1_000_000);
        var accounts = new List<int>();
        foreach (var (name, usd) in new[] { ("near", 3_100), ("furthest", 2_900), ("far", 3_000) })
        {
            var account = bench.Account(name, usd);
            Assert.True(bench.Trade(account, rich, Btc, Side.Buy, 50_000, 1).IsDone);
            accounts.Add(account);
        }

        var bigger = bench.Account("as far and bigger", 6_000);
        Assert.True(bench.Trade(bigger, rich, Btc, Side.Buy, 50_000, 2).IsDone);
        bench.Price(Btc, 48_200);

        Assert.Equal([accounts[1], bigger, accounts[2], accounts[0]], bench.Ledger.Liquidations.Rank());
    }

    /// <summary>
    /// A tenth of it has a bankruptcy value of 4,840 - 140 = 4,700. Sold for 4,835 it leaves 135, of which
    /// 1.5 % of the fill, 72.525, goes to the fund.
    /// </summary>
    [Fact]
    public void Ix_11_insurance_fund_gets_its_share_and_nobody_a_fee_or_rebate()
    {
        var (bench, poor, rich) = Long(1, 48_400);
        var before = bench.Usdc(poor);
        var makerBefore = bench.Usdc(rich);

        var outcome = Fill(bench, poor, rich, 48_350, 0.1m, makerFee: -110);

        Assert.True(outcome.IsDone);
        Assert.Equal(LedgerBench.Quote(72.525m), outcome.InsuranceDelta);
        Assert.Equal(outcome.InsuranceDelta, outcome.TakerFee);
        Assert.Equal(0, outcome.MakerFee);
        Assert.Equal(before + 4_835m - 72.525m, bench.Usdc(poor));
        Assert.Equal(makerBefore - 4_835m, bench.Usdc(rich));
        Assert.Equal(LedgerBench.Quote(72.525m), bench.Ledger.Pools[0].Insurance);
        Assert.Equal(0, bench.Ledger.Totals.Fees);
    }

    [Fact]
    public void Ix_11_insurance_fund_pays_what_is_missing_to_the_bankruptcy_price()
    {
        var (bench, poor, rich) = Long(1, 48_400);
        bench.Ledger.MintInsurance(Btc, LedgerBench.Quote(100));

        // 4,690 is 10 below the bankruptcy value; at 46,000 a coin 100 are missing where 90 are left.
        var paid = Fill(bench, poor, rich, 46_900, 0.1m);
        bench.Ledger.Liquidations.Close(bench.Ledger.Liquidations.OrderOf(poor)!.Value, 1);
        bench.Block(2);
        var refused = Fill(bench, poor, rich, 46_000, 0.1m);

        Assert.Equal(-LedgerBench.Quote(10), paid.InsuranceDelta);
        Assert.Equal(LedgerBench.Quote(90), bench.Ledger.Pools[0].Insurance);
        Assert.Equal(MatchEnd.InsuranceFundShort, refused.End);
        Assert.True(refused.IsTakerRefused);
        Assert.False(refused.IsMakerRefused);
    }

    [Fact]
    public void Ix_11_one_block_takes_from_the_insurance_fund_no_more_than_a_million()
    {
        var bench = new LedgerBench(new LedgerParameters
        {
            Liquidation = new() { MostInsuranceLostPerBlock = new QuoteQuantums(15 * LedgerBench.Usd) },
        });
        var (poor, rich) = Open(bench, 1, 48_400);
        bench.Ledger.MintInsurance(Btc, LedgerBench.Quote(1_000));

        Assert.True(Fill(bench, poor, rich, 46_900, 0.1m).IsDone);
        Assert.Equal(MatchEnd.InsuranceLossLimit, Fill(bench, poor, rich, 46_900, 0.1m).End);
        Assert.True(Fill(bench, poor, rich, 46_950, 0.1m).IsDone);
        bench.Block(2);
        Assert.True(Fill(bench, poor, rich, 46_900, 0.1m).IsDone);
        Assert.Equal(1_000_000, new LiquidationParameters().MostInsuranceLostPerBlock.ToUsd().Value);
    }

    [Fact]
    public void Ix_11_fills_of_one_account_end_at_the_notional_of_a_block()
    {
        var (bench, poor, rich) = Long(40, 48_400);

        Assert.True(Fill(bench, poor, rich, 48_400, 2m).IsDone);
        Assert.Equal(MatchEnd.NotionalLimit, Fill(bench, poor, rich, 48_400, 0.1m).End);
        bench.Block(2);
        Assert.True(Fill(bench, poor, rich, 48_400, 0.1m).IsDone);
    }

    [Fact]
    public void Ix_11_position_is_offered_once_in_a_block()
    {
        var (bench, poor, rich) = Long(1, 48_400);
        var order = bench.Ledger.Liquidations.OrderOf(poor)!.Value;

        bench.Ledger.Liquidations.Close(order, filled: 0);

        Assert.Null(bench.Ledger.Liquidations.OrderOf(poor));
        Assert.Equal([(poor, Btc)], bench.Ledger.Liquidations.Unfilled);
        Assert.Equal(MatchEnd.AlreadyLiquidated, Fill(bench, poor, rich, 48_400, 0.1m).End);
        bench.Block(2);
        Assert.NotNull(bench.Ledger.Liquidations.OrderOf(poor));
        Assert.Empty(bench.Ledger.Liquidations.Unfilled);
    }

    [Fact]
    public void Ix_11_position_is_chosen_by_the_block_and_each_gets_its_turn()
    {
        var bench = new LedgerBench();
        var (poor, rich) = (bench.Account("poor", 3_000), bench.Account("rich", 1_000_000));
        Assert.True(bench.Trade(poor, rich, Btc, Side.Buy, 50_000, 0.5m).IsDone);
        Assert.True(bench.Trade(poor, rich, Eth, Side.Buy, 3_000, 8).IsDone);
        bench.Price(Btc, 48_000);
        bench.Price(Eth, 2_880);
        var chosen = new HashSet<int>();
        for (var height = 2u; height < 40; height++)
        {
            bench.Block(height);
            var first = bench.Ledger.Liquidations.OrderOf(poor)!.Value;
            Assert.Equal(first, bench.Ledger.Liquidations.OrderOf(poor));
            chosen.Add(first.Market);
            bench.Ledger.Liquidations.Close(first, filled: 1);
            Assert.NotEqual(first.Market, bench.Ledger.Liquidations.OrderOf(poor)!.Value.Market);
        }

        Assert.Equal([Btc, Eth], chosen.Order());
    }

    [Fact]
    public void Ix_11_fill_that_closes_nothing_is_no_liquidation()
    {
        var (bench, poor, rich) = Long(1, 48_400);

        Assert.Equal(MatchEnd.NotAClose, Fill(bench, poor, rich, 48_400, 1.1m).End);
        Assert.Equal(MatchEnd.NotAClose, Fill(bench, rich, poor, 48_400, 0.1m).End);
    }

    private static (LedgerBench Bench, int Poor, int Rich) Long(decimal size, decimal price)
    {
        var bench = new LedgerBench();
        var (poor, rich) = Open(bench, size, price);
        return (bench, poor, rich);
    }

    /// <summary>Somebody long with 3,000 USD a coin, bought at 50,000, and where the price is now.</summary>
    private static (int Poor, int Rich) Open(LedgerBench bench, decimal size, decimal price)
    {
        var (poor, rich) = (bench.Account("poor", 3_000 * size), bench.Account("rich", 10_000_000));
        Assert.True(bench.Trade(poor, rich, Btc, Side.Buy, 50_000, size).IsDone);
        bench.Price(Btc, price);
        return (poor, rich);
    }

    private static MatchOutcome Fill(
        LedgerBench bench, int account, int maker, decimal price, decimal size, long makerFee = 0) =>
        bench.Ledger.TryLiquidate(bench.Request(account, maker, Btc, Side.Sell, price, size) with
        {
            TakerFee = new Ppm(500),
            MakerFee = new Ppm(makerFee),
        });
}
