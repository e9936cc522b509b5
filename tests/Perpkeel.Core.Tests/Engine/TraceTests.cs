using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine;

public sealed class TraceTests
{
    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_filled_in_three_parts_around_a_restart_has_one_stop_and_one_target_on_the_wire()
    {
        var account = OneBitcoin();

        account.Enter(SampleMarkets.Btc);
        account.Opens(SampleMarkets.Btc, OrderRole.Stop);
        account.Opens(SampleMarkets.Btc, OrderRole.Entry);
        account.Fills(SampleMarkets.Btc, OrderRole.Entry, 0.3m, 50_000m);
        account.Opens(SampleMarkets.Btc, OrderRole.Target);
        account.Fills(SampleMarkets.Btc, OrderRole.Entry, 0.2m, 50_000m);
        account.Restart();
        account.Fills(SampleMarkets.Btc, OrderRole.Entry, 0.5m, 50_000m);
        account.Ends(SampleMarkets.Btc, OrderRole.Entry, OrderEnding.Filled);

        Golden.Matches("entry-in-parts.txt", account.Venue.Wire);
        Assert.Equal(3, account.Venue.Orders.Count);
        Assert.Equal(new Size(1m), account.State.SizeIn(SampleMarkets.Btc.Id));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Nothing_waits_for_an_answer_after_the_restart_in_the_middle()
    {
        var account = OneBitcoin();
        account.Enter(SampleMarkets.Btc);
        account.Opens(SampleMarkets.Btc, OrderRole.Stop);
        account.Opens(SampleMarkets.Btc, OrderRole.Entry);
        account.Fills(SampleMarkets.Btc, OrderRole.Entry, 0.3m, 50_000m);
        account.Opens(SampleMarkets.Btc, OrderRole.Target);

        account.Restart();

        Assert.Empty(Perpkeel.Core.Engine.AccountEngine.Unanswered(account.State));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void The_page_of_traces_shows_the_same_list()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "traces.md"));

        Assert.Contains(Golden.Text("entry-in-parts.txt"), page, StringComparison.Ordinal);
    }

    private static ScriptedAccount OneBitcoin() =>
        new ScriptedAccount(new RiskLimits { MaxMarketExposure = 0.25m }, deposit: 200_000m)
            .Price(SampleMarkets.Btc, 49_999m);
}
