using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Xunit;
using static Perpkeel.Core.Tests.Orders.SampleBrackets;

namespace Perpkeel.Core.Tests.Orders;

/// <summary>What a position does about its stop and target, and how it ends; state by state.</summary>
[Trait("Req", "EXE-6")]
public sealed class OpenBracketTests
{
    private static readonly OrderState Stop = Resting(1, OrderRole.Stop);
    private static readonly OrderState Target = Resting(2, OrderRole.Target);

    /// <summary>Behind a stop that rests, without a target.</summary>
    private static readonly Bracket Open = Long with { Stop = Stop.Intent.ClientId };

    /// <summary>The same with its target.</summary>
    private static readonly Bracket Whole = Open with { Target = Target.Intent.ClientId };

    [Fact]
    public void After_three_lost_stops_no_fourth_is_placed_before_the_close()
    {
        var lost = Open with { StopFailures = BracketRules.MostFailures };

        Assert.Equal(new BracketStep.CloseNow(Long.Size), Next(lost, Ended(1, OrderRole.Stop)));
        Assert.IsType<BracketStep.PlaceTarget>(Next(lost, Stop));
    }

    [Fact]
    public void Either_stop_protects_while_one_takes_the_place_of_the_other()
    {
        var moved = Open with { OldStop = new ClientOrderId(9) };
        var sent = Stop with { Phase = OrderPhase.Intended };

        Assert.True(BracketRules.IsProtected(moved, Find(sent, Resting(9, OrderRole.Stop))));
        Assert.True(BracketRules.IsProtected(moved, Find(Stop, Ended(9, OrderRole.Stop))));
        Assert.False(BracketRules.IsProtected(moved, Find(sent, Ended(9, OrderRole.Stop))));
    }

    [Fact]
    public void A_stop_that_was_replaced_is_called_back_once_and_not_when_it_is_over()
    {
        var moved = Whole with { OldStop = new ClientOrderId(9) };
        var old = Resting(9, OrderRole.Stop);

        Assert.Equal(
            new BracketStep.Cancel(old.Intent.ClientId, "replaced"), Next(moved, Stop, Target, old));
        Assert.Null(Next(moved, Stop, Target, old with { CancelAskedAt = Now }));
        Assert.Null(Next(moved, Stop, Target, Ended(9, OrderRole.Stop)));
    }

    [Fact]
    public void One_reduction_is_under_way_at_a_time()
    {
        var reduced = Whole with { ReduceBy = new Size(0.04m), Reduce = new ClientOrderId(5) };

        Assert.Equal(
            new BracketStep.ReduceNow(new Size(0.04m)),
            Next(reduced, Stop, Target, Ended(5, OrderRole.Reduce)));
        Assert.Null(Next(reduced, Stop, Target, Resting(5, OrderRole.Reduce)));
    }

    [Fact]
    public void While_a_close_is_under_way_nothing_is_reduced_moved_or_placed()
    {
        var closing = Open with { CloseReason = "signal", Close = new ClientOrderId(5) };
        var close = Resting(5, OrderRole.Close);

        Assert.Null(Next(closing, Stop, close));
        Assert.Null(Next(closing with { ReduceBy = new Size(0.04m) }, Stop, close));
        Assert.Null(Next(closing with { MoveStopTo = new Price(49_500m) }, Stop, close));
    }

    [Fact]
    public void A_stop_that_has_become_too_small_is_replaced_before_a_target_is_placed()
    {
        Assert.IsType<BracketStep.PlaceStop>(Next(Open with { Size = new Size(0.15m) }, Stop));
        Assert.IsType<BracketStep.PlaceTarget>(Next(Open, Stop));
    }

    [Fact]
    public void A_target_is_placed_behind_a_stop_that_was_sent_and_not_while_its_fate_is_unknown()
    {
        Assert.IsType<BracketStep.PlaceTarget>(Next(Open, Stop with { Phase = OrderPhase.Intended }));
        Assert.Null(Next(Open, Stop with { Phase = OrderPhase.OutcomeUnknown }));
    }

    [Fact]
    public void A_target_that_vanished_is_placed_again_up_to_the_third_failure()
    {
        var vanished = Ended(2, OrderRole.Target);

        Assert.IsType<BracketStep.PlaceTarget>(Next(Whole with { TargetFailures = 2 }, Stop, vanished));
        Assert.Null(Next(Whole with { TargetFailures = 3 }, Stop, vanished));
    }

    [Fact]
    public void A_bracket_that_a_reduction_emptied_says_so_and_one_whose_reduction_found_nobody_does_not()
    {
        var over = Open with { Entry = new ClientOrderId(4), Reduce = new ClientOrderId(5) };
        var entry = Ended(4, OrderRole.Entry, 0.1m);

        Assert.Equal("reduced", EndOf(over, entry, Ended(5, OrderRole.Reduce, 0.1m)));
        Assert.Equal("closed-by-venue", EndOf(over, entry, Ended(5, OrderRole.Reduce)));
    }

    [Fact]
    public void An_end_that_was_wanted_is_the_reason_only_where_it_ended_something()
    {
        var wanted = Open with { CloseReason = "signal" };
        var entered = wanted with { Entry = new ClientOrderId(4) };

        Assert.Equal("signal", EndOf(wanted));
        Assert.Equal("not-filled", EndOf(entered, Ended(4, OrderRole.Entry)));
        Assert.Equal("signal", EndOf(
            entered with { Close = new ClientOrderId(5) }, Ended(4, OrderRole.Entry, 0.1m),
            Ended(5, OrderRole.Close, 0.1m)));
    }

    /// <summary>The next step of a position of the whole size.</summary>
    private static BracketStep? Next(Bracket bracket, params OrderState[] orders) =>
        BracketRules.Next(bracket, Long.Size, Find(orders), mayEnter: true, Now);

    /// <summary>Why a bracket is over whose stop is gone and whose position is flat.</summary>
    private static string EndOf(Bracket bracket, params OrderState[] orders) =>
        Assert.IsType<BracketStep.End>(BracketRules.Next(
            bracket, Size.Zero, Find([Ended(1, OrderRole.Stop), .. orders]), mayEnter: true, Now)).Reason;
}
