using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Book;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>Orders that never take.</summary>
/// <remarks>
/// The chain matches them in a branch of its state: any fill there refuses the order, while makers found
/// unfit on the way are removed in earnest (v4-chain, <c>x/clob/memclob</c>, <c>matchOrder</c>).
/// </remarks>
[Trait("Req", "PAP-1")]
public sealed class PostOnlyTests
{
    private readonly BookScene _scene = new();

    [Fact]
    public void Tx_7_4_a_post_only_order_rests_whole_where_it_crosses_nobody()
    {
        _ = _scene.Sell(3, 101, tag: 1);

        var (placed, offers) = _scene.Judged(PostOnly(5, 100));

        Assert.Equal((PlaceOutcome.Resting, 0L, 5L), (placed.Outcome, placed.Filled, placed.Left));
        Assert.Empty(offers);
        Assert.Equal("5@100 #9", _scene.Orders(Side.Buy));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(250)]
    public void Tx_7_4_a_post_only_order_that_would_take_is_refused_without_a_fill(long limit)
    {
        _ = _scene.Sell(3, 100, tag: 1);
        var before = _scene.Book.StateHash();

        var (placed, offers) = _scene.Judged(PostOnly(5, limit));

        Assert.Equal(new Placement(PlaceOutcome.WouldTake, default, default, Filled: 0, Left: 5), placed);
        Assert.True(Assert.Single(offers).IsTrial);
        Assert.Equal(string.Empty, _scene.Events());
        Assert.Equal(before, _scene.Book.StateHash());
    }

    [Fact]
    public void A_post_only_order_that_crosses_only_makers_of_its_own_removes_them_and_rests()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(3, 102, tag: 2);

        var (placed, _) = _scene.Judged(
            PostOnly(5, 101), MatchVerdict.RemoveMaker(MatchRefusal.SelfTrade));

        Assert.Equal(PlaceOutcome.Resting, placed.Outcome);
        Assert.Equal("3@100 #1 SelfTrade", _scene.Events());
        Assert.Equal("5@101 #9", _scene.Orders(Side.Buy));
        Assert.Equal("3@102 #2", _scene.Orders(Side.Sell));
    }

    [Fact]
    public void An_unfit_maker_behind_a_fit_one_goes_though_the_order_is_refused()
    {
        _ = _scene.Sell(3, 100, tag: 1);
        _ = _scene.Sell(3, 101, tag: 2);
        _ = _scene.Sell(3, 101, tag: 3);

        var (placed, offers) = _scene.Judged(
            PostOnly(5, 105), MatchVerdict.Fill(3), MatchVerdict.RemoveMaker(MatchRefusal.SelfTrade));

        Assert.Equal(PlaceOutcome.WouldTake, placed.Outcome);
        Assert.Equal([3L, 2L, 2L], offers.Select(offer => offer.Quantums));
        Assert.Equal("3@101 #2 SelfTrade", _scene.Events());
        Assert.Equal("3@100 #1, 3@101 #3", _scene.Orders(Side.Sell));
    }

    [Fact]
    public void A_trial_goes_no_further_than_the_order_would_reach()
    {
        _ = _scene.Sell(5, 100, tag: 1);
        _ = _scene.Sell(3, 101, tag: 2);

        var (_, offers) = _scene.Judged(PostOnly(5, 105), MatchVerdict.Fill(2), MatchVerdict.Fill(3));

        Assert.Equal([(1L, 5L), (1L, 3L)], offers.Select(offer => (offer.MakerTag, offer.Quantums)));
    }

    [Fact]
    public void A_post_only_order_that_its_account_cannot_carry_does_not_rest()
    {
        _ = _scene.Sell(3, 100, tag: 1);

        var (placed, _) = _scene.Judged(
            PostOnly(5, 100), MatchVerdict.StopTaker(MatchRefusal.Undercollateralized));

        Assert.Equal(
            new Placement(
                PlaceOutcome.Stopped, MatchRefusal.Undercollateralized, default, Filled: 0, Left: 5),
            placed);
        Assert.Equal(1, _scene.Book.Count);
    }

    [Fact]
    public void Taking_is_the_reason_when_the_account_fails_only_after_a_fill()
    {
        _ = _scene.Sell(3, 100, tag: 1);

        var (placed, _) = _scene.Judged(
            PostOnly(5, 100), MatchVerdict.Fill(1), MatchVerdict.StopTaker(MatchRefusal.Undercollateralized));

        Assert.Equal(PlaceOutcome.WouldTake, placed.Outcome);
    }

    private static IncomingOrder PostOnly(long quantums, long price) =>
        new(Side.Buy, new Ticks(price), quantums, Tag: 9, TimeInForce.PostOnly);
}
