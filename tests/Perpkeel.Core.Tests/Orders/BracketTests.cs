using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Orders;

[Trait("Req", "EXE-6")]
public sealed class BracketTests
{
    [Fact]
    public void The_first_entry_is_for_all_of_it_and_a_further_one_for_what_it_adds()
    {
        var added = SampleBrackets.Long with { Size = new Size(0.15m), EntrySize = new Size(0.05m) };

        Assert.Equal(new Size(0.1m), SampleBrackets.Long.EntryFor);
        Assert.Equal(new Size(0.05m), added.EntryFor);
    }

    [Fact]
    public void Only_what_lies_beyond_the_deadline_is_late()
    {
        var since = SampleBrackets.Now;

        Assert.Equal(0, SampleBrackets.Long.LateMs(since, since.AddSeconds(4)));
        Assert.Equal(0, SampleBrackets.Long.LateMs(since, since.AddSeconds(5)));
        Assert.Equal(1, SampleBrackets.Long.LateMs(since, since.AddSeconds(5).AddMilliseconds(1)));
    }

    [Fact]
    public void What_is_late_includes_the_present_stretch()
    {
        var late = SampleBrackets.Long with { UnprotectedLateMs = 300 };
        var now = SampleBrackets.Now;

        Assert.Equal(300, late.UnprotectedLateMsAt(now));
        Assert.Equal(
            1_300, (late with { UnprotectedSince = now.AddSeconds(-6) }).UnprotectedLateMsAt(now));
    }
}
