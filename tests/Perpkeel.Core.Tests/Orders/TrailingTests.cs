using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Core.Tests.Orders;

[Trait("Req", "EXE-6")]
public sealed class TrailingTests
{
    private static readonly OrderState Stop = SampleBrackets.Resting(1, OrderRole.Stop);

    /// <summary>A long whose stop follows two per cent below the price and rests at 49,000.</summary>
    private static readonly Bracket Long = SampleBrackets.Long with
    {
        TrailBy = 0.02m,
        Stop = Stop.Intent.ClientId,
    };

    /// <summary>A short whose stop follows two per cent above the price and rests at 51,000.</summary>
    private static readonly Bracket Short = SampleBrackets.Short with
    {
        TrailBy = 0.02m,
        Stop = Stop.Intent.ClientId,
    };

    [Fact]
    public void A_stop_moves_by_a_tenth_of_its_distance_or_not_at_all()
    {
        // At 50,000 a tenth of the distance is 100: the stop belongs at 49,000 and moves from 48,900 on.
        var near = Long with { StopTrigger = new Price(48_900.01m) };
        var far = Long with { StopTrigger = new Price(48_900m) };

        Assert.Null(Trailing.Next(near, new Price(50_000m)));
        Assert.Equal(49_000m, Trailing.Next(far, new Price(50_000m)));
    }

    [Fact]
    public void The_stop_of_a_short_follows_the_price_down()
    {
        Assert.Equal(49_980m, Trailing.Next(Short, new Price(49_000m)));
        Assert.Null(Trailing.Next(Short, new Price(52_000m)));
    }

    [Fact]
    public void Without_a_price_or_a_distance_no_stop_belongs_anywhere()
    {
        Assert.Null(Trailing.Next(Short, default));
        Assert.Null(Trailing.Next(Long with { TrailBy = null }, new Price(60_000m)));
    }

    [Fact]
    public void A_stop_that_rests_alone_may_move_in_favour_of_its_position_only()
    {
        Assert.True(MayMove(Long, 49_000.01m));
        Assert.False(MayMove(Long, 49_000m));
        Assert.False(MayMove(Long, 48_999m));
        Assert.True(MayMove(Short, 50_999m));
        Assert.False(MayMove(Short, 51_000m));
        Assert.False(MayMove(Short, 51_001m));
    }

    [Fact]
    public void A_stop_does_not_move_while_another_change_of_it_waits()
    {
        Assert.False(MayMove(Long with { MoveStopTo = new Price(49_500m) }));
        Assert.False(MayMove(Long with { OldStop = new ClientOrderId(9) }));
        Assert.False(MayMove(Long with { PendingAdd = new Size(0.1m) }));
    }

    [Fact]
    public void A_stop_does_not_move_when_its_position_ends()
    {
        Assert.False(MayMove(Long with { CloseReason = "signal" }));
        Assert.False(MayMove(Long with { FiredBy = "target" }));
    }

    [Fact]
    public void A_stop_whose_moves_were_refused_three_times_stays()
    {
        Assert.True(MayMove(Long with { MoveFailures = 2 }));
        Assert.False(MayMove(Long with { MoveFailures = 3 }));
    }

    [Fact]
    public void A_stop_moves_again_when_its_pause_is_over()
    {
        var moved = SampleBrackets.Now - Trailing.Pause;

        Assert.True(MayMove(Long with { StopMovedAt = moved }));
        Assert.False(MayMove(Long with { StopMovedAt = moved.AddTicks(1) }));
        Assert.Equal(TimeSpan.FromSeconds(30), Trailing.Pause);
    }

    [Fact]
    public void Only_a_stop_that_rests_and_was_not_called_back_moves()
    {
        Assert.False(MayMove(Long with { Stop = null }));
        Assert.False(MayMove(Long, stop: Stop with { Phase = OrderPhase.Intended }));
        Assert.False(MayMove(Long, stop: Stop with { Phase = OrderPhase.Triggered }));
        Assert.False(MayMove(Long, stop: Stop with { CancelAskedAt = SampleBrackets.Now }));
    }

    private static bool MayMove(Bracket bracket, decimal trigger = 49_500m, OrderState? stop = null) =>
        Trailing.MayMove(
            bracket, SampleBrackets.Find(stop ?? Stop), new Price(trigger), SampleBrackets.Now);
}
