using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Core.Tests.Orders;

[Trait("Req", "EXE-4")]
public sealed class OrderStateTests
{
    [Theory]
    [InlineData(OrderPhase.Intended, false, true)]
    [InlineData(OrderPhase.OutcomeUnknown, false, true)]
    [InlineData(OrderPhase.Open, true, true)]
    [InlineData(OrderPhase.Triggered, true, true)]
    [InlineData(OrderPhase.Ended, false, false)]
    public void An_order_works_while_it_is_at_the_venue_and_may_fill_until_it_is_over(
        OrderPhase phase, bool isWorking, bool isLive)
    {
        var order = SampleBrackets.Resting(1, OrderRole.Stop) with
        {
            Phase = phase,
            Filled = new Size(0.04m),
        };

        Assert.Equal((isWorking, isLive), (order.IsWorking, order.IsLive));
        Assert.Equal(new Size(isLive ? 0.06m : 0m), order.Unfilled);
    }
}
