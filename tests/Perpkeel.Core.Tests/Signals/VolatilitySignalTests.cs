using Perpkeel.Core.MarketData;
using Perpkeel.Core.Signals;
using Xunit;

namespace Perpkeel.Core.Tests.Signals;

public sealed class VolatilitySignalTests : SignalContract<VolatilityState>
{
    protected override ISignal<VolatilityState> Signal { get; } = new VolatilitySignal();

    protected override string Name => "volatility";

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_ranges_that_widen_by_a_tick_a_minute_score_99_02()
    {
        var (state, score) = Events.Fold(Signal, Widening(60));

        Assert.Equal(555, state.Sum);
        Assert.Equal("99.02", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_half_a_minute_later_with_a_range_of_one_tick_it_scores_94_12()
    {
        var (_, score) = Events.Fold(
            Signal, Widening(60).Concat([Events.Trade(60.1d, 1_000), Events.Trade(60.5d, 1_001)]));

        Assert.Equal("94.12", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_the_same_range_in_every_minute_scores_50()
    {
        var (_, score) = Events.Fold(Signal, Bars(100, _ => 12));

        Assert.Equal("50.00", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_ten_still_minutes_after_an_hour_score_0_82()
    {
        var (_, score) = Events.Fold(Signal, Bars(70, minute => minute < 60 ? 10 : 0));

        Assert.Equal("0.82", score.ToString());
    }

    [Fact]
    public void It_is_neutral_until_thirty_sums_of_ten_ranges_are_known()
    {
        var scores = Events.Scores(Signal, Widening(39));

        Assert.All(scores.Take(38), score => Assert.Equal(Score.Neutral, score));
        Assert.Equal("98.33", scores[38].ToString());
    }

    [Fact]
    public void The_close_before_counts_so_that_a_jump_between_bars_is_a_range()
    {
        var (state, _) = Events.Fold(Signal, Bars(50, _ => 2));

        var (jumped, score) = Signal.Step(state, Events.Bar(50, 1_100, 1_101, 1_100, 1_100));

        Assert.Equal((9 * 2) + 101, jumped.Sum);
        Assert.Equal("98.81", score.ToString());
    }

    [Fact]
    public void A_running_minute_that_begins_quietly_does_not_lower_the_score()
    {
        var (state, before) = Events.Fold(Signal, Widening(60));

        var (_, after) = Signal.Step(state, Events.Trade(60d, 1_000));

        Assert.Equal(before, after);
    }

    [Fact]
    public void A_gap_leaves_the_score_and_a_day_of_it_makes_it_unknown()
    {
        var (state, before) = Events.Fold(Signal, Widening(60));

        var (quiet, later) = Signal.Step(state, Events.Quote(180d));
        var (_, dayLater) = Signal.Step(quiet, Events.Quote(60d + (25 * 60)));

        Assert.Equal(before, later);
        Assert.Equal(Score.Neutral, dayLater);
    }

    private static List<MarketEvent> Widening(int count) => Bars(count, minute => minute + 1);

    private static List<MarketEvent> Bars(int count, Func<int, long> range) =>
        [.. Enumerable.Range(0, count).Select(minute =>
            Events.Bar(minute, 1_000, 1_000 + range(minute), 1_000, 1_000))];
}
