using Perpkeel.Venues.Dydx.Timing;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Timing;

[Trait("Req", "VEN-1")]
public sealed class TimestampNonceTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_123);

    [Fact]
    public void A_nonce_is_the_time_with_the_offset()
    {
        var nonces = Measured(offsetMs: 250);

        Assert.Equal(1_772_000_000_373UL, nonces.Next(Now).Value());
        Assert.True(1_772_000_000_373UL >= TimestampNonces.Lowest);
    }

    /// <summary>
    /// Hundreds at the same instant, and a clock that goes back: each is greater than the last.
    /// </summary>
    [Fact]
    public void Each_is_greater_than_all_before()
    {
        var nonces = Measured();
        var last = nonces.Next(Now).Value();
        for (var i = 0; i < 500; i++)
        {
            var next = nonces.Next(Now - TimeSpan.FromMilliseconds(i % 7)).Value();
            Assert.True(next > last);
            last = next;
        }
    }

    [Fact]
    public async Task Threads_share_them_without_a_double()
    {
        var nonces = Measured();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = Enumerable.Range(0, 8).Select(async _ =>
        {
            await start.Task;
            return Enumerable.Range(0, 200).Select(_ => nonces.Next(Now).Value()).ToList();
        }).ToList();

        start.SetResult();
        var all = (await Task.WhenAll(tasks)).SelectMany(some => some).ToList();

        Assert.Equal(1_600, all.Distinct().Count());
    }

    [Fact]
    public void It_goes_on_after_the_last_one_of_an_earlier_run()
    {
        var nonces = Measured(after: 1_772_000_005_000);

        Assert.Equal(1_772_000_005_001UL, nonces.Next(Now).Value());
    }

    [Fact]
    public void Nothing_is_signed_before_the_clock_was_compared() =>
        Assert.Equal("clock-not-measured", new TimestampNonces(TimeSpan.Zero, 0).Next(Now).Error().Code);

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(-10_000, true)]
    [InlineData(10_001, false)]
    [InlineData(-10_001, false)]
    public void A_clock_that_is_off_by_more_than_ten_seconds_signs_nothing(int skewMs, bool isTaken)
    {
        var nonces = new TimestampNonces(TimeSpan.Zero, 0);
        nonces.Measure(Now + TimeSpan.FromMilliseconds(skewMs), Now);

        var next = nonces.Next(Now);

        Assert.Equal(TimeSpan.FromMilliseconds(skewMs), nonces.Skew);
        if (isTaken) next.Value();
        else Assert.Equal("clock-skew", next.Error().Code);
    }

    [Fact]
    public void The_error_says_which_way_the_clock_is_off()
    {
        var nonces = new TimestampNonces(TimeSpan.Zero, 0);
        nonces.Measure(Now - TimeSpan.FromSeconds(60), Now);

        Assert.Contains("60 s ahead of", nonces.Next(Now).Error().Message, StringComparison.Ordinal);
        nonces.Measure(Now + TimeSpan.FromSeconds(60), Now);
        Assert.Contains("60 s behind", nonces.Next(Now).Error().ToString(), StringComparison.Ordinal);
    }

    /// <summary>A burst that would run out of the chain's window waits, and the nonce is not lost.</summary>
    [Fact]
    public void A_nonce_beyond_the_window_is_refused_until_time_has_passed()
    {
        var nonces = Measured(after: 1_772_000_030_123);

        Assert.Equal("nonce-ahead", nonces.Next(Now).Error().Code);
        Assert.Equal(1_772_000_030_124UL, nonces.Next(Now + TimeSpan.FromSeconds(1)).Value());
    }

    [Fact]
    public void A_nonce_is_over_when_the_chain_is_30_seconds_past_it()
    {
        var nonce = (ulong)Now.ToUnixTimeMilliseconds();

        Assert.False(TimestampNonces.IsOver(nonce, Now + TimeSpan.FromSeconds(30)));
        Assert.True(TimestampNonces.IsOver(nonce, Now + TimeSpan.FromMilliseconds(30_001)));
        Assert.False(TimestampNonces.IsOver(5, Now));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000)]
    public void An_offset_is_less_than_a_second(int offsetMs) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new TimestampNonces(TimeSpan.FromMilliseconds(offsetMs), 0));

    private static TimestampNonces Measured(int offsetMs = 0, ulong after = 0)
    {
        var nonces = new TimestampNonces(TimeSpan.FromMilliseconds(offsetMs), after);
        nonces.Measure(Now, Now);
        return nonces;
    }
}
