using Perpkeel.Core.MarketData;
using Perpkeel.Core.Signals;
using Xunit;

namespace Perpkeel.Core.Tests.Signals;

public sealed class MomentumSignalTests : SignalContract<MomentumState>
{
    protected override ISignal<MomentumState> Signal { get; } = new MomentumSignal();

    protected override string Name => "momentum";

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_a_price_that_stands_still_scores_50()
    {
        var (_, score) = Events.Fold(Signal, Closes(500, _ => 1_000));

        Assert.Equal("50.00", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_a_price_that_has_long_risen_steadily_scores_90_32()
    {
        var (_, score) = Events.Fold(Signal, Closes(2_000, minute => 1_000 + (3 * minute)));

        Assert.Equal("90.32", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_a_price_that_has_long_fallen_steadily_scores_9_68()
    {
        var (_, score) = Events.Fold(Signal, Closes(2_000, minute => 10_000 - (3 * minute)));

        Assert.Equal("9.68", score.ToString());
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void Worked_value_one_jump_after_a_flat_hour_scores_71_55_and_fades_to_neutral()
    {
        var jump = Closes(60, _ => 1_000).Append(Events.Trade(60.5d, 1_061)).ToList();

        var (_, score) = Events.Fold(Signal, jump);
        var (_, dayLater) = Events.Fold(
            Signal, jump.Concat(Enumerable.Range(61, 1_440).Select(minute => Events.Trade(minute, 1_061))));

        Assert.Equal("71.55", score.ToString());
        Assert.Equal("50.00", dayLater.ToString());
    }

    [Fact]
    public void Rising_and_falling_mirror_each_other()
    {
        var up = Events.Scores(Signal, Closes(200, minute => 5_000 + (minute * minute % 37) + minute));
        var down = Events.Scores(Signal, Closes(200, minute => 5_000 - (minute * minute % 37) - minute));

        Assert.Equal(
            up.Select(score => Score.Most - score.Hundredths), down.Select(score => score.Hundredths));
        Assert.True(up[^1] > Score.Neutral);
    }

    [Fact]
    public void It_is_neutral_until_sixty_bars_are_known_and_counts_the_running_one()
    {
        var rise = Enumerable.Range(0, 60)
            .Select(minute => Events.Trade(minute + 0.1d, 100 + minute))
            .ToList();

        Assert.Equal(Score.Neutral, Events.Fold(Signal, rise.Take(59)).Score);
        Assert.True(Events.Fold(Signal, rise).Score > Score.Neutral);
    }

    [Fact]
    public void Every_trade_of_the_running_minute_moves_the_score()
    {
        var (state, before) = Events.Fold(Signal, Closes(100, minute => 1_000 + (minute % 2)));

        var (higher, up) = Signal.Step(state, Events.Trade(100.1d, 1_010));
        var (_, back) = Signal.Step(higher, Events.Trade(100.2d, 990));
        var (_, quoted) = Signal.Step(higher, Events.Quote(100.3d));

        Assert.True(up > before);
        Assert.True(back < before);
        Assert.Equal(up, quoted);
    }

    [Fact]
    public void A_gap_has_no_values()
    {
        var straight = Closes(80, minute => 1_000 + minute);
        var apart = straight.Take(40).Concat(Enumerable.Range(40, 40)
            .Select(minute => Events.Bar(minute + 600d, 0, 0, 0, 1_000 + minute)));

        Assert.Equal(Events.Scores(Signal, straight), Events.Scores(Signal, apart));
    }

    [Fact]
    public void Hourly_bars_count_as_one_bar_each()
    {
        var hourly = Enumerable.Range(0, 70).Select(hour => Events.BarOf(
            TimeSpan.FromHours(1), hour * 60d, 0, 0, 0, 1_000 + hour, 1));

        Assert.Equal(
            Events.Scores(Signal, Closes(70, minute => 1_000 + minute)), Events.Scores(Signal, hourly));
    }

    [Fact]
    [Trait("Req", "RX-3")]
    public void On_a_random_walk_it_has_a_strong_opinion_in_29_percent_of_minutes()
    {
#pragma warning disable CA5394 // A seeded sequence for tests, not a secret.
        var random = new Random(1);
        var price = 1_000_000L;
        long Next() => price += Enumerable.Range(0, 12).Sum(_ => random.Next(-10, 11));
#pragma warning restore CA5394
        var scores = Events.Scores(Signal, Closes(100_000, _ => Next())).Skip(60).ToList();

        var strong = scores.Count(score => score > new Score(7_000) || score < new Score(3_000));

        Assert.InRange(strong / (double)scores.Count, 0.27d, 0.31d);
    }

    private static List<MarketEvent> Closes(int count, Func<int, long> close) =>
        [.. Enumerable.Range(0, count).Select(minute => Events.Bar(minute, 0, 0, 0, close(minute)))];
}
