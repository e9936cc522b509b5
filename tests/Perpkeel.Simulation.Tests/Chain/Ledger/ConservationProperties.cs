using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

/// <summary>Whatever happens, no money comes or goes, to the millionth of a quantum.</summary>
[Trait("Req", "PAP-1")]
public sealed class ConservationProperties
{
    private const int Operations = 220_000;
    private const int Batch = 100;

    [Fact]
    public void Ix_8_money_is_what_came_from_outside_whatever_is_done_with_it()
    {
        var life = new LedgerLife(seed: 20_260_101);
        for (var done = 0; done < Operations; done += Batch)
        {
            for (var turn = 0; turn < Batch; turn++) life.Act();
            AddsUp(life.Ledger);
        }

        // A property over things that did not happen would say nothing.
        foreach (var kind in Enum.GetValues<LifeEvent>())
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{kind} {life.Count(kind)}");
        }

        foreach (var kind in Enum.GetValues<LifeEvent>())
        {
            Assert.True(life.Count(kind) >= 50, $"{kind} happened {life.Count(kind)} times.");
        }
    }

    [Fact]
    public void Two_lives_from_one_seed_end_alike()
    {
        var (one, two) = (new LedgerLife(seed: 7), new LedgerLife(seed: 7));
        for (var turn = 0; turn < 5_000; turn++)
        {
            one.Act();
            two.Act();
        }

        Assert.Equal(one.Ledger.Totals, two.Ledger.Totals);
        for (var account = 0; account < one.Ledger.Accounts.Count; account++)
        {
            Assert.Equal(one.Ledger.Accounts[account].Usdc, two.Ledger.Accounts[account].Usdc);
            Assert.True(one.Ledger.Accounts[account].Positions.SequenceEqual(
                two.Ledger.Accounts[account].Positions));
        }
    }

    private static void AddsUp(ChainLedger ledger)
    {
        Assert.Equal(ledger.Minted * Ppm.One, ledger.Totals.SumPpm);
        var pools = new Int128[ledger.Pools.Count];
        var net = new Int128[ledger.Markets.Count];
        var longs = new Int128[ledger.Markets.Count];
        for (var account = 0; account < ledger.Accounts.Count; account++)
        {
            var each = ledger.Accounts[account];
            pools[ledger.PoolOf(account)] +=
                (each.Usdc * Ppm.One) + ledger.State.UnsettledPpm(each);
            foreach (var position in each.Positions)
            {
                Assert.NotEqual(0, position.Quantums);
                net[position.Market] += position.Quantums;
                longs[position.Market] += Math.Max(0, position.Quantums);
            }
        }

        Assert.All(net, sum => Assert.Equal(Int128.Zero, sum));
        Assert.Equal(ledger.Markets.Select(market => (Int128)market.OpenInterest), longs);
        for (var pool = 0; pool < pools.Length; pool++)
        {
            var held = ledger.Pools[pool];
            Assert.Equal(held.Balance * Ppm.One, pools[pool] + held.DustPpm);
            Assert.True(held.Balance >= 0 && held.Insurance >= 0 && held.DustPpm >= 0);
        }
    }
}
