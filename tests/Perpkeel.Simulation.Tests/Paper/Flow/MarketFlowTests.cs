using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Paper.Flow;
using Perpkeel.Simulation.Tests.Chain.Ledger;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Flow;

/// <summary>What is told of a market while the account is away and while it is there.</summary>
[Trait("Req", "PAP-1")]
public sealed class MarketFlowTests
{
    private readonly List<MarketEvent> _told = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_book_that_is_told_is_the_source_s_whether_the_account_is_there_or_not(ulong seed)
    {
        var (chance, scene, source) = (new SeededRandom(seed), new FlowScene(), new DepthBook());
        var heard = new DepthBook();
        for (var instant = 0; instant < 400; instant++)
        {
            foreach (var next in Draw(chance))
            {
                source.Apply(next.Event);
                scene.Flow.Hear(next, _told);
            }

            scene.Flow.EndInstant(FlowScene.Start, _told);
            if (chance.Below(5) == 0) scene.Flow.Enter();
            scene.Flow.AfterOurs(FlowScene.Start, _told);
            if (chance.Below(5) == 0) scene.Flow.Leave(FlowScene.Start, _told);
            foreach (var next in _told) heard.Apply(next);
            _told.Clear();

            Assert.Equal(
                $"{seed}, {instant}: {FlowScene.Text(source)}",
                $"{seed}, {instant}: {FlowScene.Text(heard)}");
        }
    }

    [Fact]
    public void An_order_of_ours_stands_in_the_book_that_is_told()
    {
        var scene = new FlowScene();
        Hear(scene, FlowScene.Level(Side.Buy, 49_990, 5), FlowScene.Level(Side.Sell, 50_010, 5));

        scene.Flow.Enter();
        _ = scene.Order(Side.Buy, 49_990, 3);
        scene.Flow.AfterOurs(FlowScene.Start, _told);

        Assert.Equal("49990:8 | / | 50010:5", Heard());
    }

    [Fact]
    public void What_we_took_is_missing_in_the_book_that_is_told_also_after_we_have_left()
    {
        var scene = new FlowScene();
        Hear(scene, FlowScene.Level(Side.Buy, 49_990, 5), FlowScene.Level(Side.Sell, 50_010, 5));

        scene.Flow.Enter();
        _ = scene.Order(Side.Buy, 50_010, 3, isImmediate: true);
        scene.Flow.AfterOurs(FlowScene.Start, _told);
        scene.Flow.Leave(FlowScene.Start, _told);
        scene.Flow.Enter();
        scene.Flow.AfterOurs(FlowScene.Start, _told);

        Assert.Equal("49990:5 | / | 50010:2", Heard());
        Assert.Equal(3, scene.Held);
    }

    [Fact]
    public void Trades_are_told_by_the_source_while_we_are_away_and_by_blocks_while_we_are_there()
    {
        var scene = new FlowScene();
        Hear(scene, FlowScene.Level(Side.Sell, 50_010, 5));
        Hear(scene, FlowScene.Trade(Side.Buy, 50_010, 2));
        var away = _told.Count(each => each.Kind == MarketEventKind.Trade);

        scene.Flow.Enter();
        Hear(scene, FlowScene.Trade(Side.Buy, 50_010, 4));
        var there = _told.Count(each => each.Kind == MarketEventKind.Trade);
        var fill = Assert.Single(scene.Block().Fills);
        scene.Flow.Tell(fill, FlowScene.Start, _told);

        Assert.Equal((1, 1), (away, there));
        var trade = _told.Last(each => each.Kind == MarketEventKind.Trade);
        Assert.Equal((50_010, 4, Side.Buy), (trade.Last.Value, trade.Volume.Value, trade.Side));
    }

    [Fact]
    public void A_market_that_is_left_has_no_orders_and_no_open_interest_of_others()
    {
        var scene = new FlowScene();
        Hear(scene, FlowScene.Level(Side.Buy, 49_990, 50), FlowScene.Level(Side.Sell, 50_010, 50));
        scene.Flow.Enter();
        for (var turn = 0; turn < 5; turn++) Hear(scene, FlowScene.Trade(Side.Buy, 50_010, 7));
        Hear(scene, FlowScene.Trade(Side.Sell, 49_990, 4));
        var between = scene.Chain.Ledger.Markets[0].OpenInterest;

        scene.Flow.Leave(FlowScene.Start, _told);

        Assert.Equal(31 * FlowScene.Market.StepBaseQuantums, between);
        Assert.Equal(0, scene.Chain.Ledger.Markets[0].OpenInterest);
        Assert.Equal((0, 0), (scene.HeldBy(scene.Accounts.Makers), scene.HeldBy(scene.Accounts.Takers)));
        Assert.Equal((string.Empty, string.Empty), (scene.Levels(Side.Buy), scene.Levels(Side.Sell)));
        Assert.False(scene.Flow.IsEntered);
    }

    [Fact]
    public void Detail_of_a_bar_is_told_to_nobody_who_is_not_there()
    {
        var scene = new FlowScene();

        Hear(
            scene, FlowScene.Level(Side.Buy, 49_990, 5),
            FlowScene.Level(Side.Buy, 49_980, 5, isDetail: true));
        var away = Heard();
        scene.Flow.Enter();
        scene.Flow.AfterOurs(FlowScene.Start, _told);

        Assert.Equal("49990:5 | /", away);
        Assert.Equal("49990:5 | 49980:5 | /", Heard());
    }

    [Theory]
    [InlineData(5_005_000_000, true)]
    [InlineData(4_995_000_000, true)]
    [InlineData(5_004_999_999, false)]
    [InlineData(4_995_000_001, false)]
    public void An_oracle_price_is_worth_a_block_from_a_thousandth_on(long price, bool isWorth)
    {
        var scene = new FlowScene();

        Hear(scene, new SourceEvent(MarketEvent.Oracle(0, FlowScene.Start, price)));

        Assert.Equal(isWorth ? price : null, scene.Flow.NewOracle);
    }

    private string Heard()
    {
        var heard = new DepthBook();
        foreach (var next in _told) heard.Apply(next);
        return FlowScene.Text(heard);
    }

    private void Hear(FlowScene scene, params SourceEvent[] batch)
    {
        foreach (var next in batch) scene.Flow.Hear(next, _told);
        scene.Flow.EndInstant(FlowScene.Start, _told);
    }

    private static IEnumerable<SourceEvent> Draw(SeededRandom chance)
    {
        for (var i = chance.Below(4); i > 0; i--)
        {
            yield return FlowScene.Level(Side.Buy, chance.Between(49_980, 49_995), chance.Between(0, 5));
            yield return FlowScene.Level(Side.Sell, chance.Between(50_005, 50_020), chance.Between(0, 5));
        }

        if (chance.Below(10) == 0)
        {
            yield return new SourceEvent(MarketEvent.Quote(
                0, FlowScene.Start, new Ticks(49_990), new Steps(3), new Ticks(50_010), new Steps(4)));
        }
    }
}
