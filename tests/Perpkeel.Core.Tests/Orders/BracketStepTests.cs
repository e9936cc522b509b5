using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Xunit;
using static Perpkeel.Core.Tests.Orders.SampleBrackets;

namespace Perpkeel.Core.Tests.Orders;

/// <summary>The next step from states that are seldom reached, one at a time.</summary>
[Trait("Req", "EXE-6")]
public sealed class BracketStepTests
{
    private static readonly Size Held = new(0.1m);

    [Fact]
    public void An_entry_is_sent_up_to_five_minutes_after_its_plan_and_not_later()
    {
        var stop = Resting(1, OrderRole.Stop);
        var planned = Long with { Stop = stop.Intent.ClientId };

        Assert.IsType<BracketStep.SendEntry>(
            Next(planned, Size.Zero, Now + BracketRules.EntryWithin, stop));
        Assert.IsType<BracketStep.Cancel>(
            Next(planned, Size.Zero, (Now + BracketRules.EntryWithin).AddTicks(1), stop));
    }

    [Fact]
    public void Only_an_entry_that_is_older_than_five_minutes_is_too_late_to_be_sent_again()
    {
        var entry = Resting(1, OrderRole.Entry).Intent;
        var due = Now + BracketRules.EntryWithin;

        Assert.False(BracketRules.IsTooLate(entry, due));
        Assert.True(BracketRules.IsTooLate(entry, due.AddTicks(1)));
        Assert.False(BracketRules.IsTooLate(entry with { Role = OrderRole.Stop }, due.AddTicks(1)));
    }

    [Fact]
    public void A_further_entry_is_given_up_when_it_waited_too_long()
    {
        var (added, orders) = Added();

        Assert.Null(Abandoned(added, Held, Now + BracketRules.EntryWithin, orders));
        Assert.Equal(
            "too-late", Abandoned(added, Held, (Now + BracketRules.EntryWithin).AddTicks(1), orders));
    }

    [Fact]
    public void A_further_entry_is_given_up_when_nothing_is_left_to_add_to()
    {
        var (added, orders) = Added();

        Assert.Equal("position-ending", Abandoned(added, Size.Zero, Now, orders));
        Assert.Equal("position-ending", Abandoned(added with { FiredBy = "target" }, Held, Now, orders));
    }

    [Fact]
    public void A_further_entry_is_given_up_when_no_stop_lives()
    {
        var (added, orders) = Added();
        orders[0] = Ended(1, OrderRole.Stop);

        Assert.Equal("position-ending", Abandoned(added, Held, Now, orders));
    }

    [Fact]
    public void That_its_position_ends_is_a_better_reason_than_that_it_is_late()
    {
        var (added, orders) = Added();

        Assert.Equal("position-ending", Abandoned(added, Size.Zero, Now.AddHours(1), orders));
    }

    [Fact]
    public void The_rest_of_an_amended_entry_is_given_up_once_the_first_is_over()
    {
        var (amended, orders) = Amended();
        var ending = amended with { FiredBy = "target" };
        var asked = orders[1] with { CancelAskedAt = Now };

        Assert.Null(Abandoned(ending, Held, Now, orders[0], asked));
        Assert.Equal(
            "position-ending", Abandoned(ending, Held, Now, orders[0], Ended(2, OrderRole.Entry, 0.05m)));
    }

    [Fact]
    public void The_rest_of_an_amended_entry_is_given_up_when_nothing_new_may_be_risked()
    {
        var (amended, orders) = Amended();
        var ended = Ended(2, OrderRole.Entry, 0.05m);

        var step = BracketRules.Next(amended, Held, Find(orders[0], ended), mayEnter: false, Now);

        Assert.Equal(new BracketStep.AbandonAdd("stopped"), step);
    }

    [Fact]
    public void An_entry_that_is_amended_is_called_back_first()
    {
        var (amended, orders) = Amended();

        Assert.Equal(
            new BracketStep.Cancel(orders[1].Intent.ClientId, "amended"), Next(amended, Held, Now, orders));
    }

    [Theory]
    [InlineData(49_000_01, 49_000)]
    [InlineData(49_000_00, 48_020)]
    public void A_stop_for_a_long_whose_price_was_reached_is_placed_beyond_it(int lastCents, int stop)
    {
        var bracket = Long with { LastPrice = new Price(lastCents / 100m) };

        Assert.Equal(stop, BracketRules.StopPrice(bracket, isReplacement: false));
        Assert.Equal(49_000m, BracketRules.StopPrice(bracket, isReplacement: true));
    }

    [Theory]
    [InlineData(50_999_99, 51_000)]
    [InlineData(51_000_00, 52_020)]
    public void A_stop_for_a_short_whose_price_was_reached_is_placed_beyond_it(int lastCents, int stop)
    {
        var bracket = Short with { LastPrice = new Price(lastCents / 100m) };

        Assert.Equal(stop, BracketRules.StopPrice(bracket, isReplacement: false));
        Assert.Equal(51_000m, BracketRules.StopPrice(bracket, isReplacement: true));
    }

    /// <summary>Open, with a further entry that waits for a larger stop that was sent.</summary>
    private static (Bracket Bracket, OrderState[] Orders) Added()
    {
        var added = Long with
        {
            Size = new Size(0.15m),
            PendingAdd = new Size(0.05m),
            AddedAt = Now,
            Stop = new ClientOrderId(1),
        };
        return (added, [Resting(1, OrderRole.Stop, 0.15m) with { Phase = OrderPhase.Intended }]);
    }

    /// <summary>Half filled, with the other half to be entered at another price.</summary>
    private static (Bracket Bracket, OrderState[] Orders) Amended()
    {
        var amended = Long with
        {
            AmendTo = new EntryTerms { Limit = new Price(50_100m), Time = OrderTime.GoodTilTime },
            Stop = new ClientOrderId(1),
            Entry = new ClientOrderId(2),
        };
        return (amended, [
            Resting(1, OrderRole.Stop), Resting(2, OrderRole.Entry) with { Filled = new Size(0.05m) },
        ]);
    }

    private static BracketStep? Next(
        Bracket bracket, Size position, DateTimeOffset now, params OrderState[] orders) =>
        BracketRules.Next(bracket, position, Find(orders), mayEnter: true, now);

    /// <summary>Why what was not sent yet is given up; null where it is not.</summary>
    private static string? Abandoned(
        Bracket bracket, Size position, DateTimeOffset now, params OrderState[] orders) =>
        (Next(bracket, position, now, orders) as BracketStep.AbandonAdd)?.Reason;
}
