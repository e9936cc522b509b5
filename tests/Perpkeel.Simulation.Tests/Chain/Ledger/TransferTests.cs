using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

[Trait("Req", "PAP-1")]
public sealed class TransferTests
{
    private const int Btc = LedgerBench.Btc;
    private const int Iso = LedgerBench.Iso;

    [Fact]
    public void Tx_1_subaccount_comes_to_be_with_what_is_paid_into_it()
    {
        var bench = new LedgerBench();
        var (key, child) = (bench.Key("owner"), bench.Key("owner", 128));
        Assert.Equal(-1, bench.Ledger.Accounts.Find(key));

        var account = bench.Account("owner", 100);
        Assert.True(bench.Ledger.Money.Transfer(key, child, LedgerBench.Quote(40)).IsOk);

        Assert.True(bench.Ledger.Accounts[account].IsCreated);
        Assert.Equal((60m, 40m), (bench.Usdc(account), bench.Usdc(bench.Ledger.Accounts.Find(child))));
        Assert.Equal(LedgerBench.Quote(100), bench.Ledger.Pools[0].Balance);
    }

    [Fact]
    public void Tx_11_moves_of_money_are_refused_with_the_chains_codes()
    {
        var bench = new LedgerBench();
        var (key, other, owner) = (bench.Key("owner"), bench.Key("other"), bench.Owner("owner"));
        _ = bench.Account("owner", 100);
        var money = bench.Ledger.Money;
        var before = bench.Ledger.Totals;

        Refused("sending", 1, money.Transfer(key, key, 1));
        Refused("sending", 2, money.Transfer(key, other, 0));
        Refused("sending", 2, money.Deposit(owner, key, 0));
        Refused("sending", 2, money.Withdraw(key, owner, -1));
        Refused("sending", 6, money.Withdraw(key, 99, 1));
        Refused("sending", 6, money.Transfer(key, new SubaccountKey(99, 0), 1));
        Refused("subaccounts", 200, money.Transfer(key, other with { Number = 128_001 }, 1));
        Refused("subaccounts", 200, money.Deposit(owner, key with { Number = 128_001 }, 1));
        Refused("subaccounts", 102, money.Withdraw(key, owner, LedgerBench.Quote(100) + 1));
        Refused("subaccounts", 102, money.Transfer(key, other, LedgerBench.Quote(100) + 1));
        Refused("subaccounts", 102, money.Withdraw(other, owner, 1));
        Refused("sdk", 5, money.Deposit(owner, key, 1));

        Assert.Equal(before, bench.Ledger.Totals);
        Assert.Equal(-1, bench.Ledger.Accounts.Find(other));
    }

    [Fact]
    public void Ix_8_initial_margin_stays_and_all_else_may_go()
    {
        var bench = new LedgerBench();
        var (account, other) = (bench.Account("owner", 3_000), bench.Account("other", 3_000));
        Assert.True(bench.Trade(account, other, Btc, Side.Buy, 50_000, 1).IsDone);
        var (key, owner) = (bench.Key("owner"), bench.Owner("owner"));

        Refused("subaccounts", 102, bench.Ledger.Money.Withdraw(key, owner, LedgerBench.Quote(500) + 1));
        Assert.True(bench.Ledger.Money.Withdraw(key, owner, LedgerBench.Quote(500)).IsOk);

        Assert.Equal(2_500m, bench.NetCollateral(account));
        Assert.Equal(LedgerBench.Quote(500), bench.Ledger.Accounts.Wallet(owner));
    }

    [Fact]
    public void Ix_8_withdrawals_and_transfers_wait_fifty_blocks_after_negative_collateral()
    {
        var bench = Underwater(Btc, 50_000, 44_000);
        var (key, owner) = (bench.Key("bystander"), bench.Owner("bystander"));
        bench.Block(10);
        bench.Ledger.Deleveraging.GateWithdrawals();
        Assert.Equal(60u, bench.Ledger.Money.BlockedUntil(0));

        bench.Block(59);
        Refused("subaccounts", 102, bench.Ledger.Money.Withdraw(key, owner, 1));
        Refused("subaccounts", 102, bench.Ledger.Money.Transfer(key, bench.Key("rich"), 1));
        Assert.True(bench.Account("bystander", 1) >= 0);

        bench.Block(60);
        Assert.True(bench.Ledger.Money.Withdraw(key, owner, 1).IsOk);
        Assert.True(bench.Ledger.Money.Transfer(key, bench.Key("rich"), 1).IsOk);
    }

    [Fact]
    public void Ix_8_isolated_pool_holds_back_only_its_own()
    {
        var bench = Underwater(Iso, 100, 88);
        bench.Block(10);
        bench.Ledger.Deleveraging.GateWithdrawals();

        var (bystander, rich) = (bench.Key("bystander"), bench.Key("rich"));
        Assert.True(bench.Ledger.Money.Withdraw(bystander, bench.Owner("bystander"), 1).IsOk);
        Refused("subaccounts", 102, bench.Ledger.Money.Withdraw(rich, bench.Owner("rich"), 1));
        Refused("subaccounts", 102, bench.Ledger.Money.Transfer(bystander, rich, 1));
    }

    [Theory]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public void Ix_8_outage_of_five_minutes_holds_back_everything(int seconds, bool isOk)
    {
        var bench = new LedgerBench();
        _ = bench.Account("owner", 100);

        bench.Block(2, LedgerBench.Start + TimeSpan.FromSeconds(seconds));

        Assert.Equal(isOk, bench.Ledger.Money.Withdraw(bench.Key("owner"), bench.Owner("owner"), 1).IsOk);
        bench.Block(52);
        Assert.True(bench.Ledger.Money.Withdraw(bench.Key("owner"), bench.Owner("owner"), 1).IsOk);
    }

    [Fact]
    public void Tx_14_chosen_leverage_raises_the_initial_margin_and_nothing_else()
    {
        var bench = new LedgerBench();
        var (account, other) = (bench.Account("owner", 6_000), bench.Account("other", 6_000));
        Assert.True(bench.Trade(account, other, Btc, Side.Buy, 50_000, 1).IsDone);
        var before = bench.Ledger.RiskOf(account);
        var (money, key) = (bench.Ledger.Money, bench.Key("owner"));

        Assert.True(money.UpdateLeverage(key, [(Btc, 100_000), (Iso, 1_000_000)]).IsOk);

        var after = bench.Ledger.RiskOf(account);
        Assert.Equal(LedgerBench.Quote(2_500), before.Initial.Value);
        Assert.Equal(LedgerBench.Quote(5_000), after.Initial.Value);
        Assert.Equal(before.Maintenance, after.Maintenance);
        Assert.False(bench.Trade(account, other, Btc, Side.Buy, 50_000, 0.3m).IsDone);
    }

    [Fact]
    public void Tx_14_leverage_is_refused_with_the_chains_codes()
    {
        var bench = new LedgerBench();
        var (account, other) = (bench.Account("owner", 6_000), bench.Account("other", 6_000));
        Assert.True(bench.Trade(account, other, Btc, Side.Buy, 50_000, 1).IsDone);
        var (money, key) = (bench.Ledger.Money, bench.Key("owner"));

        Refused("clob", 11002, money.UpdateLeverage(key, []));
        Refused("clob", 11002, money.UpdateLeverage(key, [(Btc, 0)]));
        Refused("clob", 11002, money.UpdateLeverage(key, [(Btc, 1_000_001)]));
        Refused("clob", 11002, money.UpdateLeverage(key, [(Btc, 100_000), (Btc, 100_000)]));
        Refused("clob", 8, money.UpdateLeverage(key, [(9, 100_000)]));
        Refused("subaccounts", 701, money.UpdateLeverage(key, [(Btc, 49_999)]));
        Refused("subaccounts", 703, money.UpdateLeverage(key, [(Iso, 1_000_000), (Btc, 120_001)]));
        Assert.True(bench.Ledger.Accounts[account].ChosenMargins.IsEmpty);

        Assert.True(money.UpdateLeverage(key, [(Btc, 120_000)]).IsOk);
    }

    /// <summary>One account whose position is worth less than it owes, and a bystander.</summary>
    private static LedgerBench Underwater(int market, decimal from, decimal to)
    {
        var bench = new LedgerBench();
        var size = 50_000 / from;
        var (poor, rich) = (bench.Account("poor", 3_000), bench.Account("rich", 100_000));
        _ = bench.Account("bystander", 1_000);
        Assert.True(bench.Trade(poor, rich, market, Side.Buy, from, size).IsDone);
        bench.Price(market, to);
        Assert.True(bench.NetCollateral(poor) < 0);
        return bench;
    }

    private static void Refused(string codespace, int code, TxResult result) =>
        Assert.Equal((codespace, code), (result.Codespace, result.Code));
}
