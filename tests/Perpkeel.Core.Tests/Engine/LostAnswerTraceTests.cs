using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Orders.Outcome;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine;

/// <summary>
/// Orders whose answer is lost, block by block: what goes over the wire, what is told, and what stays
/// reserved. The order is good until block h+5.
/// </summary>
[Trait("Req", "EXE-3")]
[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-6")]
public sealed class LostAnswerTraceTests
{
    private const uint Height = 1_000;
    private const uint GoodTil = Height + 5;

    private static readonly Market Btc = SampleMarkets.Btc;

    private readonly List<string> _trace = [];
    private readonly ScriptedAccount _account =
        new ScriptedAccount(new RiskLimits { MaxMarketExposure = 0.25m }, deposit: 200_000m)
            .Price(Btc, 49_999m);

    private uint _block = Height;
    private DateTimeOffset? _passedAt;
    private int _sent;

    [Fact]
    public void A_fill_that_the_Indexer_shows_late_is_waited_for_and_nothing_is_sent_again()
    {
        SendEntryAndLoseItsAnswer();
        To(Height + 3, "the chain fills the order; nobody tells us");
        Prove(Height + 6, node: 1m, implied: 0m);
        Prove(Height + 8, node: 1m, implied: 0m);
        var held = AccountMath.Reserved(_account.State);

        To(Height + 9, "the Indexer shows the fill");
        var entry = _account.Order(Btc, OrderRole.Entry);
        _account.Hear(
            _account.Venue.Fills(entry, 1m, 50_000m, 25m), _account.Venue.Ends(entry, OrderEnding.Filled));
        Note();

        Golden.Matches("answer-lost-filled.txt", _trace);
        Assert.True(held > Usd.Zero);
        Assert.Equal(Usd.Zero, AccountMath.Reserved(_account.State));
        Assert.Single(_account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
        Assert.Single(_account.Venue.Wire, line => line.StartsWith("place stop", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_fill_the_reservation_is_released_at_the_proof_and_not_before()
    {
        SendEntryAndLoseItsAnswer();
        Prove(Height + 5, node: 0m, implied: 0m);
        Prove(Height + 6, node: 0m, implied: 0m);
        var before = AccountMath.Reserved(_account.State);

        Prove(Height + 8, node: 0m, implied: 0m);
        _account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        Golden.Matches("answer-lost-unfilled.txt", _trace);
        Assert.True(before > Usd.Zero);
        Assert.Equal(Usd.Zero, AccountMath.Reserved(_account.State));
        Assert.Empty(_account.State.Brackets);
        Assert.Single(_account.Venue.Wire, line => line.StartsWith("place entry", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stop_that_triggers_while_the_entry_is_open_takes_it_back_and_what_was_filled_is_closed()
    {
        SendEntry();
        To(Height + 1, "the entry is open and filled by 0.4");
        _account.Opens(Btc, OrderRole.Entry);
        _account.Fills(Btc, OrderRole.Entry, 0.4m, 50_000m);
        Note();
        To(Height + 2, "the oracle price falls, the stop triggers");
        _account.Triggers(Btc, OrderRole.Stop, 49_200m);
        Note();
        To(Height + 3, "the stop closes 0.4; the entry is cancelled");
        _account.Fills(Btc, OrderRole.Stop, 0.4m, 49_190m);
        _account.Ends(Btc, OrderRole.Stop, OrderEnding.ReduceOnly);
        _account.Ends(Btc, OrderRole.Entry, OrderEnding.Cancelled);
        Note();
        _account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);

        Golden.Matches("stop-before-entry-ends.txt", _trace);
        Assert.Empty(_account.State.Brackets);
        Assert.Equal(Size.Zero, _account.Venue.PositionIn(Btc.Id));
    }

    [Theory]
    [InlineData("answer-lost-filled.txt")]
    [InlineData("answer-lost-unfilled.txt")]
    [InlineData("stop-before-entry-ends.txt")]
    public void The_page_of_traces_shows_the_same_list(string golden)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "traces.md"));

        Assert.Contains(Golden.Text(golden), page, StringComparison.Ordinal);
    }

    private void SendEntry()
    {
        To(Height, "a plan for 1 BTC");
        _account.Enter(Btc);
        Note();
        _account.Opens(Btc, OrderRole.Stop);
        Note();
    }

    private void SendEntryAndLoseItsAnswer()
    {
        SendEntry();
        To(Height + 2, "no answer: it may have come or not");
        _account.Ask(new Request.CallUnanswered(_account.Order(Btc, OrderRole.Entry)));
        Note();
    }

    /// <summary>Both witnesses are asked at a block; where they prove the end, the order is over.</summary>
    private void Prove(uint block, decimal node, decimal implied)
    {
        To(block, null);
        if (block > GoodTil) _passedAt ??= _account.Now;
        var isOver = ShortTermProof.IsOver(GoodTil, new ShortTermEvidence
        {
            IndexerHeight = block,
            PassedAt = _passedAt ?? DateTimeOffset.MaxValue,
            FillsReadAt = _account.Now,
            NodeHeight = block,
            NodePosition = Btc.StepsOf(new Size(node)),
            ImpliedPosition = Btc.StepsOf(new Size(implied)),
        });
        var verdict = isOver ? "it is over" : "not proven";
        _trace.Add(FormattableString.Invariant(
            $"h+{block - Height}: the Indexer implies {implied}, the node has {node}: {verdict}"));
        if (isOver) _account.Ends(Btc, OrderRole.Entry, OrderEnding.Expired);
        Note();
    }

    private void To(uint block, string? happens)
    {
        _account.Advance(TimeSpan.FromSeconds(block - _block));
        _block = block;
        if (happens is not null) _trace.Add($"h+{block - Height}: {happens}");
    }

    /// <summary>What was sent since, and what is reserved now.</summary>
    private void Note()
    {
        var wire = _account.Venue.Wire;
        for (; _sent < wire.Count; _sent++) _trace.Add($"      {wire[_sent]}");
        _trace.Add($"      reserved {AccountMath.Reserved(_account.State)}");
    }
}
