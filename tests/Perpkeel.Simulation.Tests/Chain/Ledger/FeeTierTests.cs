using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

[Trait("Req", "PAP-1")]
public sealed class FeeTierTests
{
    private const int Btc = LedgerBench.Btc;

    [Fact]
    public void Ix_13_volume_counts_from_the_next_block_and_leaves_after_thirty_days()
    {
        var bench = new LedgerBench();
        var (trader, other) = (bench.Account("trader", 100_000), bench.Account("other", 100_000));
        var (traderOwner, otherOwner) = (bench.Owner("trader"), bench.Owner("other"));
        Assert.True(bench.Trade(trader, other, Btc, Side.Buy, 50_000, 19).IsDone);
        Assert.True(bench.Trade(trader, other, Btc, Side.Sell, 50_000, 1).IsDone);
        Assert.Equal((500, 100), Rates(bench, traderOwner));

        bench.Block(2);

        Assert.Equal(LedgerBench.Quote(1_000_000), bench.Ledger.Fees.VolumeOf(traderOwner).Taker);
        Assert.Equal(LedgerBench.Quote(1_000_000), bench.Ledger.Fees.VolumeOf(otherOwner).Maker);
        Assert.Equal(LedgerBench.Quote(1_000_000), bench.Ledger.Fees.GlobalVolume);
        Assert.Equal((450, 100), Rates(bench, traderOwner));
        Assert.Equal((450, 100), Rates(bench, otherOwner));

        bench.Block(3, LedgerBench.Start + TimeSpan.FromDays(29));
        Assert.Equal((450, 100), Rates(bench, traderOwner));

        bench.Block(4, LedgerBench.Start + TimeSpan.FromDays(30));
        Assert.Equal((500, 100), Rates(bench, traderOwner));
        Assert.Equal(0, bench.Ledger.Fees.GlobalVolume);
    }

    [Fact]
    public void Ix_13_share_of_a_makers_volume_pays_rebates()
    {
        var bench = new LedgerBench();
        var (trader, maker) = (bench.Account("trader", 90_000_000), bench.Account("maker", 90_000_000));
        Assert.True(bench.Trade(trader, maker, Btc, Side.Buy, 50_000, 2_500).IsDone);

        bench.Block(2);

        // 125 million each; the taker's share of makers' volume is nothing.
        Assert.Equal((250, -50), Rates(bench, bench.Owner("trader")));
        Assert.Equal((250, -110), Rates(bench, bench.Owner("maker")));
    }

    [Fact]
    public void Ix_13_market_may_charge_a_part_for_a_time()
    {
        var bench = new LedgerBench();
        var owner = bench.Owner("trader");
        bench.Ledger.SetCharge(Btc, new MarketCharge(
            LedgerBench.Start + TimeSpan.FromHours(1), LedgerBench.Start + TimeSpan.FromHours(2),
            new Ppm(501_000)));

        Assert.Equal(500, bench.Ledger.FeeRateOf(owner, Btc, isTaker: true).Value);
        bench.Block(2, LedgerBench.Start + TimeSpan.FromHours(1));
        Assert.Equal(250, bench.Ledger.FeeRateOf(owner, Btc, isTaker: true).Value);
        Assert.Equal(500, bench.Ledger.FeeRateOf(owner, LedgerBench.Eth, isTaker: true).Value);
        bench.Block(3, LedgerBench.Start + TimeSpan.FromHours(2));
        Assert.Equal(500, bench.Ledger.FeeRateOf(owner, Btc, isTaker: true).Value);
    }

    private static (long Taker, long Maker) Rates(LedgerBench bench, int owner) => (
        bench.Ledger.FeeRateOf(owner, Btc, isTaker: true).Value,
        bench.Ledger.FeeRateOf(owner, Btc, isTaker: false).Value);
}
