using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Account;

/// <summary>What the account is told of what the Indexer and a node say.</summary>
[Trait("Req", "PAP-1")]
public sealed class AccountTaleTests
{
    private const uint Last = 10;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly ClientOrderId Id = new(7);

    private readonly List<VenueReport> _told = [];
    private readonly AccountTale _tale;

    public AccountTaleTests() => _tale = new AccountTale(SampleMarkets.All, _told.Add);

    [Fact]
    [Trait("Req", "EXE-4")]
    public void The_end_of_a_short_term_order_is_told_only_when_it_is_proven()
    {
        Await(Last);
        Hear(new IndexerMessage.Opened(Id) { At = Start });
        Hear(Removed(RemovalReason.ImmediateOrCancelWouldRestOnBook, isFinal: false));
        Hear(Height(Last));
        var early = _tale.Unproven().Count;
        Hear(Height(Last + 1));
        var order = Assert.Single(_tale.Unproven());
        var tooSoon = _tale.Prove(order, Last, default, Start.AddSeconds(1.9));
        var disagreeing = _tale.Prove(order, Last, new Steps(1), Start.AddSeconds(2));

        Assert.Equal("Opened", Story());
        Assert.Equal((0, false, false), (early, tooSoon, disagreeing));
        Assert.True(_tale.Prove(order, Last, default, Start.AddSeconds(2)));
        Assert.Equal(OrderEnding.RestDropped, Assert.IsType<VenueReport.Ended>(_told[^1]).Ending);
        Assert.Empty(_tale.Unproven());
        Assert.False(_tale.IsAwaited(0));
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void A_short_term_order_of_which_nobody_tells_ends_as_expired()
    {
        Await(Last);
        Assert.True(_tale.AwaitsHeight);
        Hear(Height(Last + 1));

        Assert.True(_tale.Prove(_tale.Find(Id)!, Last, default, Start.AddSeconds(2)));

        var end = Assert.IsType<VenueReport.Ended>(Assert.Single(_told));
        Assert.Equal((OrderEnding.Expired, Size.Zero), (end.Ending, end.FilledSize));
        Assert.False(_tale.AwaitsHeight);
    }

    [Fact]
    public void A_short_term_order_that_was_filled_whole_ends_with_the_block_that_says_so()
    {
        Await(Last);
        Hear(Filled(1, 4));
        Hear(Filled(2, 6));
        Hear(Removed(RemovalReason.FullyFilled, isFinal: true));

        Assert.Equal("Opened, Filled, Filled, Ended", Story());
        Assert.Equal(0.001m, Assert.IsType<VenueReport.Ended>(_told[^1]).FilledSize.Value);
        Assert.Equal(10, _tale.PositionIn(SampleMarkets.Btc).Value);
    }

    [Fact]
    public void A_node_s_belief_that_an_order_is_filled_is_no_end()
    {
        Await(Last);
        Hear(new IndexerMessage.Opened(Id) { At = Start });
        Hear(Removed(RemovalReason.FullyFilled, isFinal: false));

        Assert.Equal("Opened", Story());
    }

    [Fact]
    public void A_stateful_order_ends_with_its_block()
    {
        Await(0);
        Hear(new IndexerMessage.Opened(Id) { At = Start });
        Hear(Removed(RemovalReason.UserCanceled, isFinal: true));

        Assert.Equal("Opened, Ended", Story());
        Assert.Equal(OrderEnding.Cancelled, Assert.IsType<VenueReport.Ended>(_told[^1]).Ending);
        Assert.Equal([1L, 2L], _told.Select(report => report.Sequence));
    }

    [Fact]
    public void What_is_heard_twice_counts_once()
    {
        Await(0);
        IndexerMessage[] messages =
        [
            new IndexerMessage.Opened(Id) { At = Start },
            new IndexerMessage.Triggered(Id, new Price(50_000m)) { At = Start, Event = new(2, 0) },
            Filled(3, 4),
            Filled(4, 4),
            new IndexerMessage.Funded(SampleMarkets.Btc, 0.0001m, new QuoteQuantums(5))
            {
                At = Start,
                Event = new(5, 0),
            },
            Closed(6),
            Removed(RemovalReason.UserCanceled, isFinal: true),
            Height(7),
        ];

        foreach (var message in messages)
        {
            Hear(message);
            Hear(message);
        }

        foreach (var message in messages) Hear(message);

        Assert.Equal("Opened, Triggered, Filled, Filled, FundingPaid, Liquidated, Ended", Story());
        Assert.Equal(6, _tale.PositionIn(SampleMarkets.Btc).Value);
        Assert.Equal(0.0008m, _told.OfType<VenueReport.Ended>().Single().FilledSize.Value);
    }

    [Fact]
    public void A_transaction_that_failed_in_its_block_is_told_with_the_chain_s_code_once()
    {
        Await(0);
        var failed = new IndexerMessage.Failed(Id, IsCancel: false, "clob/3007", "too little") { At = Start };
        Hear(failed);
        Hear(failed);

        var report = Assert.IsType<VenueReport.Rejected>(Assert.Single(_told));
        Assert.Equal(("clob/3007", "too little"), (report.Code, report.Message));
        Assert.False(_tale.IsAwaited(0));
    }

    [Fact]
    public void A_second_placement_that_failed_does_not_end_the_first()
    {
        Await(0);
        Hear(new IndexerMessage.Opened(Id) { At = Start });
        Hear(new IndexerMessage.Failed(Id, IsCancel: false, "clob/3005", "exists") { At = Start });

        Assert.Equal("Opened", Story());
        Assert.True(_tale.IsAwaited(0));
    }

    [Fact]
    public void A_refused_cancel_is_told_while_its_order_is_not_over()
    {
        Await(0);
        Hear(new IndexerMessage.Opened(Id) { At = Start });
        Hear(new IndexerMessage.Failed(Id, IsCancel: true, "clob/3006", "not there") { At = Start });
        Hear(Removed(RemovalReason.FullyFilled, isFinal: true));
        _tale.RefuseCancel(Id, Start);

        Assert.Equal("Opened, CancelRefused, Ended", Story());
    }

    [Fact]
    public void An_order_that_the_node_refused_may_be_sent_again()
    {
        Await(0);
        _tale.Refuse(Id);
        var awaited = _tale.IsAwaited(0);
        Await(0);
        Hear(new IndexerMessage.Opened(Id) { At = Start });

        Assert.Equal((false, true), (awaited, _tale.IsAwaited(0)));
        Assert.Equal("Opened", Story());
    }

    [Fact]
    public void The_height_never_goes_back()
    {
        Hear(Height(9));
        Hear(Height(8));

        Assert.Equal(9u, _tale.Height);
    }

    private void Await(uint goodTilBlock) => _tale.Await(
        new OrderIntent
        {
            ClientId = Id,
            Bracket = 1,
            Market = SampleMarkets.Btc.Id,
            Role = OrderRole.Entry,
            Kind = goodTilBlock > 0 ? OrderKind.Market : OrderKind.Limit,
            Side = Side.Buy,
            Size = new Size(0.001m),
            Limit = new Price(50_000m),
            ReduceOnly = false,
            IntendedAt = Start,
        },
        SampleMarkets.Btc, goodTilBlock, 1);

    private void Hear(IndexerMessage message) => _tale.Hear(message, Start);

    private string Story() => string.Join(", ", _told.Select(report => report.GetType().Name));

    private static IndexerMessage.Height Height(uint block) => new(block) { At = Start };

    private static IndexerMessage.Removed Removed(RemovalReason reason, bool isFinal) =>
        new(Id, reason, isFinal) { At = Start };

    private static IndexerMessage.Filled Filled(uint block, long steps) => new()
    {
        At = Start,
        Event = new(block, 0),
        ClientId = Id,
        Market = SampleMarkets.Btc,
        Side = Side.Buy,
        Price = new Ticks(50_000),
        Size = new Steps(steps),
        Fee = new QuoteQuantums(1),
        Kind = FillKind.Taker,
    };

    private static IndexerMessage.Closed Closed(uint block) => new()
    {
        At = Start,
        Event = new(block, 0),
        Market = SampleMarkets.Btc,
        Side = Side.Sell,
        Price = new Ticks(49_000),
        Size = new Steps(2),
        Fee = new QuoteQuantums(1),
        Kind = FillKind.Liquidated,
    };
}
