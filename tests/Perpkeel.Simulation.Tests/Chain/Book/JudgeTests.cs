using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>What a judge is asked, and what its verdicts do.</summary>
/// <remarks>Rules of v4-chain's matching loop, <c>x/clob/memclob</c>.</remarks>
[Trait("Req", "PAP-1")]
public sealed class JudgeTests
{
    private readonly BookScene _scene = new();

    [Fact]
    public void The_judge_is_asked_with_both_tags_the_makers_price_and_the_smaller_size()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(9, 101, tag: 2);

        var (_, offers) = _scene.Judged(Buy(5, 105, tag: 7));

        Assert.Equal([Offer(maker: 1, price: 100, 3), Offer(maker: 2, price: 101, 2)], offers);

        static MatchOffer Offer(long maker, long price, long quantums) => new()
        {
            TakerTag = 7,
            MakerTag = maker,
            Price = new Ticks(price),
            Quantums = quantums,
            TakerSide = Side.Buy,
            IsTrial = false,
        };
    }

    [Fact]
    public void A_maker_that_is_not_fit_is_removed_and_the_next_is_taken()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(3, 100, tag: 2);
        _ = _scene.Sell(3, 101, tag: 3);

        var (placed, _) = _scene.Judged(
            Buy(4, 105),
            MatchVerdict.RemoveMaker(MatchRefusal.SelfTrade),
            MatchVerdict.RemoveMaker(MatchRefusal.Undercollateralized));

        Assert.Equal(PlaceOutcome.Resting, placed.Outcome);
        Assert.Equal(
            "3@100 #1 SelfTrade, 3@100 #2 Undercollateralized, 3@101 #3 left 0", _scene.Events());
        Assert.Equal("1@105 #9", _scene.Orders(Side.Buy));
    }

    [Fact]
    public void A_taker_that_is_not_fit_keeps_its_fills_and_does_not_rest()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(3, 101, tag: 2);

        var (placed, offers) = _scene.Judged(
            Buy(9, 105), MatchVerdict.Fill(3), MatchVerdict.StopTaker(MatchRefusal.Undercollateralized));

        Assert.Equal(
            new Placement(
                PlaceOutcome.Stopped, MatchRefusal.Undercollateralized, default, Filled: 3, Left: 6),
            placed);
        Assert.Equal(2, offers.Count);
        Assert.Equal("3@101 #2", _scene.Orders(Side.Sell));
        Assert.Null(_scene.Book.Best(Side.Buy));
    }

    [Fact]
    public void Both_may_be_unfit_at_once()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(3, 101, tag: 2);

        var (placed, _) = _scene.Judged(
            Buy(9, 105),
            MatchVerdict.RemoveMaker(MatchRefusal.Undercollateralized)
                .AndStopTaker(MatchRefusal.Undercollateralized));

        Assert.Equal((PlaceOutcome.Stopped, 0L), (placed.Outcome, placed.Filled));
        Assert.Equal("3@100 #1 Undercollateralized", _scene.Events());
        Assert.Equal("3@101 #2", _scene.Orders(Side.Sell));
    }

    [Fact]
    public void After_a_smaller_fill_the_same_maker_is_offered_again()
    {
        _ = _scene.Sell(8, 100, tag: 1);

        var (placed, offers) = _scene.Judged(Buy(6, 100), MatchVerdict.Fill(2));

        Assert.Equal([6L, 4L], offers.Select(offer => offer.Quantums));
        Assert.Equal(6, placed.Filled);
        Assert.Equal("2@100 #1 left 6, 4@100 #1 left 2", _scene.Events());
    }

    [Fact]
    public void A_taker_that_may_only_reduce_ends_with_the_fill_that_closes_its_position()
    {
        _ = _scene.Sell(8, 100, tag: 1);

        var (placed, _) = _scene.Judged(
            Buy(6, 100), MatchVerdict.Fill(2).AndStopTaker(MatchRefusal.ReduceOnly));

        Assert.Equal(
            new Placement(PlaceOutcome.Stopped, MatchRefusal.ReduceOnly, default, Filled: 2, Left: 4),
            placed);
        Assert.Equal("6@100 #1", _scene.Orders(Side.Sell));
    }

    [Fact]
    public void A_maker_that_may_only_reduce_leaves_with_the_fill_that_closes_its_position()
    {
        _ = _scene.Sell(8, 100, tag: 1);

        var (placed, _) = _scene.Judged(
            Buy(6, 100), MatchVerdict.Fill(2).AndRemoveMaker(MatchRefusal.ReduceOnly));

        Assert.Equal((PlaceOutcome.Resting, 2L, 4L), (placed.Outcome, placed.Filled, placed.Left));
        Assert.Equal("2@100 #1 left 6, 6@100 #1 ReduceOnly", _scene.Events());
        Assert.Equal("4@100 #9", _scene.Orders(Side.Buy));
    }

    [Fact]
    public void Who_is_filled_whole_needs_neither_removal_nor_stop()
    {
        _ = _scene.Sell(6, 100, tag: 1);

        var (placed, _) = _scene.Judged(
            Buy(6, 100),
            MatchVerdict.Fill(6)
                .AndRemoveMaker(MatchRefusal.ReduceOnly)
                .AndStopTaker(MatchRefusal.ReduceOnly));

        Assert.Equal(new Placement(PlaceOutcome.Filled, default, default, Filled: 6, Left: 0), placed);
        Assert.Equal("6@100 #1 left 0", _scene.Events());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public void A_verdict_that_says_nothing_or_fills_what_is_not_there_is_refused(long quantums)
    {
        _ = _scene.Sell(3, 100, tag: 1);

        Assert.Throws<InvalidOperationException>(
            () => _scene.Judged(Buy(5, 100), MatchVerdict.Fill(quantums)));
        Assert.Throws<InvalidOperationException>(
            () => _scene.Judged(
                Buy(5, 100) with { Force = TimeInForce.PostOnly }, MatchVerdict.Fill(quantums)));
        Assert.Equal("3@100 #1", _scene.Orders(Side.Sell));
    }

    private static IncomingOrder Buy(long quantums, long price, long tag = 9) =>
        new(Side.Buy, new Ticks(price), quantums, tag);
}
