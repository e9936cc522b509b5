using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

[Trait("Req", "PAP-1")]
public sealed class FundingTests
{
    private const int Btc = LedgerBench.Btc;
    private const int Iso = LedgerBench.Iso;

    /// <summary>One bitcoin at 50,000 USD and 0.1 % for eight hours: 6.25 USD for the hour.</summary>
    [Fact]
    public void Ix_12_long_pays_short_when_the_book_is_above_the_oracle()
    {
        var (bench, payer, paid) = Opened(1);

        Hour(bench, new Ppm(1_000));

        Assert.Equal(625, bench.Ledger.Markets[Btc].FundingIndex);
        Assert.Equal((99_993.75m, 100_006.25m), (bench.NetCollateral(payer), bench.NetCollateral(paid)));
    }

    [Fact]
    public void Ix_12_funding_is_settled_when_the_account_is_touched()
    {
        var (bench, payer, paid) = Opened(1);
        var before = bench.Ledger.Accounts[payer].Usdc;

        Hour(bench, new Ppm(1_000));
        Assert.Equal(before, bench.Ledger.Accounts[payer].Usdc);

        var outcome = bench.Trade(payer, paid, Btc, Side.Buy, 50_000, 1);
        Assert.Equal((-6_250_000, 6_250_000), (outcome.TakerFunding, outcome.MakerFunding));
        Assert.Equal(before - 6_250_000 - LedgerBench.Quote(50_000), bench.Ledger.Accounts[payer].Usdc);
        Assert.Equal(0, bench.Ledger.Totals.UnsettledPpm);
    }

    /// <summary>1,999 quantums times an index of 625 are 1.249375 quote quantums.</summary>
    [Fact]
    public void Ix_12_settlement_rounds_down_once_and_the_rest_is_counted()
    {
        var (bench, payer, paid) = Opened(0.0000001999m);
        Hour(bench, new Ppm(1_000));

        Assert.True(bench.Ledger.Money.Deposit(bench.Owner("bank"), bench.Key("payer"), 1).IsOk);
        Assert.True(bench.Ledger.Money.Deposit(bench.Owner("bank"), bench.Key("paid"), 1).IsOk);

        var start = LedgerBench.Quote(100_000) + 1;
        var worth = LedgerBench.Quote(50_000) * (Int128)1_999 / 10_000_000_000;
        Assert.Equal(start - worth - 2, bench.Ledger.Accounts[payer].Usdc);
        Assert.Equal(start + worth + 1, bench.Ledger.Accounts[paid].Usdc);
        Assert.Equal(1_000_000, bench.Ledger.Totals.DustPpm);
        Assert.Equal(bench.Ledger.Minted * Ppm.One, bench.Ledger.Totals.SumPpm);
    }

    [Fact]
    public void Ix_12_sample_of_a_minute_and_tick_of_an_hour_come_with_their_blocks()
    {
        var (bench, _, _) = Opened(1);
        _ = bench.Ledger.Funding.EndBlock();

        for (var second = 1; second < 3_600; second++)
        {
            bench.Block((uint)(second + 1));
            bench.Ledger.Funding.Vote(Btc, new Ppm(800));
            Assert.False(bench.Ledger.Funding.EndBlock());
        }

        Assert.Equal(60, bench.Ledger.Funding.SamplesOf(Btc).Count);
        Assert.All(bench.Ledger.Funding.SamplesOf(Btc), sample => Assert.Equal(800, sample.Value));
        bench.Block(3_601);
        Assert.True(bench.Ledger.Funding.EndBlock());
        Assert.Equal(800, bench.Ledger.Funding.LastTick(Btc).EightHourRate.Value);
        Assert.Equal(500, bench.Ledger.Markets[Btc].FundingIndex);
        Assert.Empty(bench.Ledger.Funding.SamplesOf(Btc));
    }

    [Fact]
    public void Ix_12_isolated_market_has_a_rate_without_votes_and_rates_are_bounded()
    {
        var (bench, _, _) = Opened(1);

        Hour(bench, new Ppm(3_000_000));

        // 6 * (5 % - 3 %) for eight hours.
        Assert.Equal(120_000, bench.Ledger.Funding.LastTick(Btc).EightHourRate.Value);
        Assert.Equal(100, bench.Ledger.Funding.LastTick(Iso).EightHourRate.Value);
    }

    /// <summary>After an outage of three hours each block makes up for one.</summary>
    [Fact]
    public void Ix_12_one_tick_comes_with_a_block()
    {
        var (bench, _, _) = Opened(1);
        _ = bench.Ledger.Funding.EndBlock();

        bench.Block(2, LedgerBench.Start + TimeSpan.FromHours(3));
        var ticks = new List<bool>();
        for (var height = 3u; height < 8; height++)
        {
            ticks.Add(bench.Ledger.Funding.EndBlock());
            bench.Block(height);
        }

        Assert.Equal([true, true, true, false, false], ticks);
    }

    [Fact]
    public void Ix_12_book_around_the_oracle_has_no_premium_to_vote_for()
    {
        var (bench, _, _) = Opened(1);
        var funding = bench.Ledger.Funding;
        long At(decimal price) => bench.Subticks(Btc, price);

        Assert.False(funding.IsOutside(Btc, At(49_999), At(50_001)));
        Assert.False(funding.IsOutside(Btc, At(50_000), At(50_001)));
        Assert.False(funding.IsOutside(Btc, 0, 0));
        Assert.True(funding.IsOutside(Btc, At(50_001), 0));
        Assert.True(funding.IsOutside(Btc, 0, At(49_999)));

        var bid = new BookOrder(Side.Buy, bench.Quantums(Btc, 10), At(50_500));
        Assert.True(funding.PremiumOf(Btc, [bid]).TryGet(out var premium, out _));
        Assert.Equal(10_000, premium.Value);
    }

    private static (LedgerBench Bench, int Long, int Short) Opened(decimal size)
    {
        var bench = new LedgerBench();
        var (payer, paid) = (bench.Account("payer", 100_000), bench.Account("paid", 100_000));
        Assert.True(bench.Trade(payer, paid, Btc, Side.Buy, 50_000, size).IsDone);
        return (bench, payer, paid);
    }

    /// <summary>An hour in which every minute's premium was the same.</summary>
    private static void Hour(LedgerBench bench, Ppm premium)
    {
        for (var minute = 0; minute < 60; minute++)
        {
            for (var vote = 0; vote < 15; vote++) bench.Ledger.Funding.Vote(Btc, premium);
            bench.Ledger.Funding.Sample();
        }

        bench.Ledger.Funding.Tick(3_600);
    }
}
