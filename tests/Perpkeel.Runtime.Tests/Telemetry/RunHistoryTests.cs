using Perpkeel.Core.Engine;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Telemetry;
using Perpkeel.Runtime.Tests.Sessions;
using Xunit;

namespace Perpkeel.Runtime.Tests.Telemetry;

[Trait("Req", "UI-1")]
public sealed class RunHistoryTests
{
    private readonly SteppingTime _wall = new(TimeSpan.Zero);

    [Fact]
    public void The_last_lines_are_kept_newest_first_and_no_more_than_sixty_four()
    {
        var history = new RunHistory(_wall, Samples.Markets);
        for (var i = 0; i < 100; i++)
        {
            history.OnFact(new JournaledFact(
                i + 1, Samples.Start, new Fact.OutcomeUnknown { ClientId = new ClientOrderId((uint)i) }));
            history.OnFact(
                new JournaledFact(i + 1, Samples.Start, new Fact.OrderIntended { Order = Samples.Order() }));
        }

        Assert.Equal(64, history.Lines.Length);
        Assert.StartsWith("order 99:", history.Lines[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("order 36:", history.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_closes_of_the_last_sixty_minutes_are_kept_by_market()
    {
        var history = new RunHistory(_wall, Samples.Markets);
        for (var minute = 0; minute < 80; minute++)
        {
            history.OnEvent(MarketEvent.Trade(
                0, Samples.Start.AddMinutes(minute), new Ticks(100_000 + minute), new Steps(1)));
            history.OnEvent(MarketEvent.Oracle(0, Samples.Start.AddMinutes(minute + 1), 5));
        }

        Assert.Equal(60, history.Sparkline(0).Length);
        Assert.Equal((100_019d, 100_078d), (history.Sparkline(0)[0], history.Sparkline(0)[^1]));
        Assert.Empty(history.Sparkline(1));
    }

    [Fact]
    public void Events_a_second_are_reckoned_over_two_seconds_of_the_wall_clock()
    {
        var history = new RunHistory(_wall, Samples.Markets);

        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0d, history.Performance(500, 3).EventsPerSecond);
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(500d, history.Performance(1_000, 3).EventsPerSecond);
        _wall.Advance(TimeSpan.FromSeconds(4));
        var later = history.Performance(1_100, 7);

        Assert.Equal((25d, 1_100L, 7L), (later.EventsPerSecond, later.Events, later.Evaluations));
        Assert.True(later.MemoryBytes > 0);
    }

    [Fact]
    public void Instants_have_percentiles()
    {
        var history = new RunHistory(_wall, Samples.Markets);
        for (var i = 1; i <= 100; i++) history.OnInstant(TimeSpan.FromMicroseconds(i));

        var row = history.Performance(0, 0);

        Assert.InRange(row.InstantP50Micros, 50d, 55d);
        Assert.InRange(row.InstantP99Micros, 99d, 108d);
        Assert.Equal(100, history.Instants.Count);
    }
}
