using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>Properties of the whole chain over lives drawn by lot.</summary>
[Trait("Req", "PAP-1")]
public sealed class ChainLifeTests
{
    private const int Blocks = 1_500;
    private const int OrdersInBlock = 20;

    [Fact]
    public void Whatever_happens_money_adds_up_books_are_not_crossed_and_nobody_is_left_below_maintenance()
    {
        var life = new ChainLife(seed: 20_260_102, jumpEvery: 100);
        for (var block = 0; block < Blocks; block++)
        {
            _ = life.Block(OrdersInBlock);
            Assert.Null(ChainAudit.FaultOfBooks(life.Venue));
            Assert.Null(ChainAudit.FaultOfMargins(life.Venue));
            if (block % 10 == 0) Assert.Null(ChainAudit.FaultOf(life.Venue));
        }

        foreach (var (what, count) in life.Counts)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{count,8} {what}");
        }

        // A property over things that did not happen would say nothing.
        string[] needed =
        [
            "delivered ok", "delivered subaccounts/102", "fill Deleveraged", "fill Limit", "fill Liquidated",
            "order Conditional Triggered", "order LongTerm Filled", "order LongTerm Removed Expired",
            "order LongTerm Removed FinalSettlement", "order LongTerm Removed InvalidSelfTrade",
            "order LongTerm Removed PostOnlyWouldCross", "order LongTerm Removed Undercollateralized",
            "order LongTerm Removed UserCanceled", "order TwapSuborder Filled", "restart",
            "sent cancel clob/9", "sent immediate clob/2001", "sent long-term clob/3007",
            "sent replacement clob/20", "sent short-term clob/2003", "sent short-term clob/34",
            "sent short-term ok", "sent transfer and placement ok",
        ];
        Assert.All(needed, what => Assert.True(life.Counts.ContainsKey(what), what));
    }

    [Fact]
    public void Two_lives_from_one_seed_have_one_history_and_another_seed_another()
    {
        var (one, two, three) = (new ChainLife(seed: 5), new ChainLife(seed: 5), new ChainLife(seed: 6));
        for (var block = 0; block < 60; block++)
        {
            var hash = one.Block(OrdersInBlock).HistoryHash;
            Assert.Equal(hash, two.Block(OrdersInBlock).HistoryHash);
            Assert.NotEqual(hash, three.Block(OrdersInBlock).HistoryHash);
        }

        Assert.Equal(one.Venue.Ledger.Totals, two.Venue.Ledger.Totals);
    }

    [Fact]
    public void The_audit_finds_a_quantum_that_came_from_nowhere()
    {
        var life = new ChainLife(seed: 7);
        _ = life.Block(OrdersInBlock);
        Assert.Null(ChainAudit.FaultOf(life.Venue));

        life.Venue.Ledger.State.Accounts.Pay(0, 1);

        Assert.Contains("money", ChainAudit.FaultOf(life.Venue), StringComparison.Ordinal);
    }
}
