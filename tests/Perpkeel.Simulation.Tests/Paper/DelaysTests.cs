using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Paper;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>When messages arrive.</summary>
[Trait("Req", "PAP-1")]
public sealed class DelaysTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("fixed")]
    [InlineData("jitter")]
    [InlineData("spikes")]
    public void Messages_of_one_connection_never_overtake_each_other(string model)
    {
        var delays = new Delays(SettingsOf(model));
        var overtakes = 0;
        var last = DateTimeOffset.MinValue;
        for (var number = 1; number <= 2_000; number++)
        {
            var sent = Start.AddMilliseconds(5 * number);
            var due = delays.Arrival(Way.ToNode, number, sent);
            var alone = new Delays(SettingsOf(model)).Arrival(Way.ToNode, number, sent);

            Assert.True(due >= last && due >= alone, $"message {number}");
            if (due > alone) overtakes++;
            last = due;
        }

        Assert.Equal(string.Equals(model, "fixed", StringComparison.Ordinal), overtakes == 0);
    }

    [Fact]
    public void A_message_takes_the_same_in_another_life_whatever_was_sent_beside_it()
    {
        var (one, other) = (new Delays(SettingsOf("jitter")), new Delays(SettingsOf("jitter")));
        for (var number = 1; number <= 500; number++)
        {
            var sent = Start.AddSeconds(number);
            _ = other.Arrival(Way.ToUs, number, sent);
            _ = other.Arrival(Way.Markets, number, sent);

            Assert.Equal(one.Arrival(Way.ToNode, number, sent), other.Arrival(Way.ToNode, number, sent));
        }
    }

    [Fact]
    public void What_the_Indexer_tells_of_the_account_takes_its_lag_and_the_way()
    {
        var delays = new Delays(SettingsOf("fixed"));

        var told = delays.Arrival(Way.ToUs, 1, Start) - Start;
        var sent = delays.Arrival(Way.ToNode, 1, Start) - Start;

        Assert.Equal((500, 100), ((int)told.TotalMilliseconds, (int)sent.TotalMilliseconds));
        Assert.NotEqual(0, told.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Fact]
    public void Jitter_is_half_to_one_and_a_half_and_one_in_fifty_is_two_to_ten_times_that()
    {
        var times = Draw("jitter");

        Assert.All(times, each => Assert.InRange(each, 50, 1_490));
        Assert.InRange(times.Count(each => each > 150) / (double)times.Count, 0.014, 0.021);
        Assert.InRange(times.Where(each => each < 150).Average(), 97, 102);
        Assert.True(times.Max() > 900, $"{times.Max()}");
    }

    [Fact]
    public void Spikes_are_one_in_a_hundred_and_last_one_to_five_seconds()
    {
        var times = Draw("spikes");
        var slow = times.Where(each => each != 100).ToList();

        Assert.InRange(slow.Count / (double)times.Count, 0.008, 0.012);
        Assert.All(slow, each => Assert.InRange(each, 1_100, 5_100));
        Assert.InRange(slow.Average(), 2_900, 3_300);
    }

    private static List<double> Draw(string model)
    {
        var chance = new SeededRandom(9);
        return [.. Enumerable.Range(0, 20_000).Select(number => LatencyModel.Find(model)!
            .Of(TimeSpan.FromMilliseconds(100), chance.Fork((ulong)number)).TotalMilliseconds)];
    }

    private static PaperSettings SettingsOf(string model) => new()
    {
        Seed = 4,
        Latency = TimeSpan.FromMilliseconds(100),
        IndexerLag = TimeSpan.FromMilliseconds(400),
        LatencyModel = LatencyModel.Find(model)!,
    };
}
