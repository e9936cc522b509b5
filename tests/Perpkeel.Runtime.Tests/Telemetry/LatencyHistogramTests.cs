using Perpkeel.Runtime.Telemetry;
using Xunit;

namespace Perpkeel.Runtime.Tests.Telemetry;

[Trait("Req", "OPS-1")]
public sealed class LatencyHistogramTests
{
    private const double Error = 1.0906;

    [Fact]
    public void Without_durations_every_quantile_is_zero() =>
        Assert.Equal(0d, new LatencyHistogram().QuantileMicros(0.99));

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.9, 900)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1_000)]
    public void A_quantile_is_never_too_low_and_at_most_nine_percent_too_high(double share, double micros)
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 1_000; i++) histogram.Add(TimeSpan.FromMicroseconds(i));

        Assert.Equal(1_000, histogram.Count);
        Assert.InRange(histogram.QuantileMicros(share), micros, micros * Error);
    }

    [Fact]
    public void Nothing_and_very_long_durations_are_counted_at_the_ends()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.Zero);
        histogram.Add(TimeSpan.FromSeconds(-1));
        histogram.Add(TimeSpan.FromDays(365));

        Assert.InRange(histogram.QuantileMicros(0.5), 0d, 0.2);
        Assert.True(histogram.QuantileMicros(1) > 1e10);
    }
}
