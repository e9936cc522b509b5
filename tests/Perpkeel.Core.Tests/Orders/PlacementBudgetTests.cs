using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Core.Tests.Orders;

public sealed class PlacementBudgetTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_that_rests_needs_room_for_itself_too_and_what_can_wait_leaves_the_five_alone()
    {
        var now = Start.AddSeconds(100);

        Assert.True(Taken(12).HasRoomForEntry(now, 3));
        Assert.False(Taken(13).HasRoomForEntry(now, 3));
        Assert.Equal(now, Taken(14).FreeFrom(now));
        Assert.Equal(Taken(15).Times[0] + PlacementBudget.WindowTime, Taken(15).FreeFrom(now));
        Assert.Equal(now, Taken(15).ProtectionFrom(now));
    }

    [Fact]
    public void Two_placements_fit_into_a_block_and_the_third_waits_for_the_next()
    {
        var one = new PlacementBudget().Take(Start);
        var two = one.Take(Start);

        Assert.Equal(Start, one.ProtectionFrom(Start));
        Assert.Equal(Start + PlacementBudget.BlockTime, two.ProtectionFrom(Start));
        Assert.Equal(
            Start + PlacementBudget.BlockTime, two.ProtectionFrom(Start + PlacementBudget.BlockTime));
    }

    [Fact]
    public void Twenty_placements_fit_into_a_hundred_blocks_and_the_next_waits_for_the_first_to_leave()
    {
        var budget = Taken(20);
        var now = Start.AddSeconds(30);

        Assert.Equal(Start + PlacementBudget.WindowTime, budget.ProtectionFrom(now));
        Assert.Equal(now, Taken(19).ProtectionFrom(now));
    }

    [Fact]
    public void An_entry_leaves_five_of_the_twenty_to_protection()
    {
        var now = Start.AddSeconds(30);

        Assert.True(Taken(13).HasRoomForEntry(now, 2));
        Assert.False(Taken(14).HasRoomForEntry(now, 2));
        Assert.Equal(now, Taken(14).ProtectionFrom(now));
    }

    [Fact]
    public void An_entry_needs_room_in_the_present_block()
    {
        var budget = new PlacementBudget().Take(Start).Take(Start);

        Assert.False(budget.HasRoomForEntry(Start, 2));
        Assert.True(budget.HasRoomForEntry(Start.AddSeconds(1), 2));
    }

    [Fact]
    public void What_has_left_the_window_is_forgotten_and_not_counted()
    {
        var budget = Taken(14);
        var later = Start.AddSeconds(13) + PlacementBudget.WindowTime;

        Assert.True(budget.HasRoomForEntry(later, 2));
        Assert.Single(budget.Take(later).Times);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_placement_leaves_the_window_when_it_is_exactly_as_old()
    {
        var budget = Taken(14);
        var now = Start + PlacementBudget.WindowTime;

        Assert.False(budget.HasRoomForEntry(now.AddTicks(-1), 2));
        Assert.True(budget.HasRoomForEntry(now, 2));
    }

    private static PlacementBudget Taken(int count) => Enumerable.Range(0, count)
        .Aggregate(new PlacementBudget(), (budget, second) => budget.Take(Start.AddSeconds(second)));
}
