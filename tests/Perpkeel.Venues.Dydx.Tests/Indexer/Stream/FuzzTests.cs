using System.Text;
using Perpkeel.Venues.Dydx.Indexer.Accounts;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Perpkeel.Venues.Dydx.Tests.Indexer.Recorded;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>
/// Messages with something wrong: nothing is thrown, no message makes more garbage than its length explains,
/// and what cannot be used is told with its field.
/// </summary>
[Trait("Req", "RX-1")]
[Trait("Req", "VEN-1")]
public sealed class FuzzTests
{
    private const ulong Seed = 8_2026;
    private const int MostBytes = 16 * 1024;

    /// <summary>A document, its paths and its records are a multiple of the text.</summary>
    private const int GarbagePerByte = 256;

    private const int GarbageOfAny = 256 * 1024;

    private static bool IsSweep => Environment.GetEnvironmentVariable("PERPKEEL_SWEEP") is "1";

    [Fact]
    public void Our_own_messages_with_something_wrong_end_in_a_fault_with_a_name() =>
        Run([.. OwnMessages.All.Select(Encoding.UTF8.GetBytes)], IsSweep ? 3_000_000 : 30_000);

    [Fact]
    [Trait("Category", "Vectors")]
    public void So_do_recorded_ones()
    {
        var messages = RecordedMessages.All().Select(RecordedMessages.Read)
            .Where(message => message.Length <= MostBytes).ToList();
        Assert.SkipWhen(messages.Count == 0, $"Fixtures: needs {RecordedMessages.Folder}.");

        Run(messages, IsSweep ? 3_000_000 : 30_000);
    }

    private static void Run(List<byte[]> messages, int count)
    {
        var chance = new Mutations(Seed);
        var intake = Intake();
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            var message = chance.Of(
                messages[chance.Next(messages.Count)], messages[chance.Next(messages.Count)]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (intake.Take(message, VirtualTime.Start.AddSeconds(i)) is not null) refused++;
                Ask(message, i);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, message {i}: {Encoding.UTF8.GetString(message)} threw {error}");
            }

            var garbage = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                garbage <= GarbageOfAny + ((long)message.Length * GarbagePerByte),
                $"seed {Seed}, message {i} of {message.Length} bytes made {garbage} bytes of garbage");
            Live(intake);
        }

        Assert.InRange(refused, count / 20, count);
        Assert.InRange(intake.Figures.Malformed, count / 20, count);
    }

    private static void Ask(byte[] message, int turn)
    {
        var fault = (turn % 6) switch
        {
            0 => Fault(message, AccountPicture.Read),
            1 => Fault(message, AccountUpdate.Read),
            2 => Fault(message, f => f.MapOr("markets", (_, one) => IndexerMarket.Read(one))),
            3 => Fault(message, f => f.ListOr("fills", IndexerFill.Read)),
            4 => Fault(message, f => f.ListOr("candles", PublicCandle.Read)),
            _ => Fault(message, f => f.ListOr("transfers", IndexerTransfer.Read)),
        };
        Assert.True(fault is null || fault.Length > 0);
    }

    private static string? Fault<T>(
        byte[] message, Func<Venues.Dydx.Indexer.Reading.Fields, T> read)
        where T : notnull =>
        IndexerCaller.Read("fuzz", message, read).TryGet(out _, out var error) ? null : error.Message;

    private static FrameIntake Intake()
    {
        var intake = new FrameIntake(new StreamSettings());
        foreach (var (channel, id) in new[]
        {
            (IndexerChannel.OrderBook, "ETH-USD"), (IndexerChannel.OrderBook, "BTC-USD"),
            (IndexerChannel.Trades, "ETH-USD"), (IndexerChannel.Candles, "ETH-USD/1MIN"),
            (IndexerChannel.Candles, "ETH-USD/1HOUR"), (IndexerChannel.Markets, string.Empty),
            (IndexerChannel.BlockHeight, string.Empty),
            (IndexerChannel.Subaccounts, $"{Sample.Address}/0"),
            (IndexerChannel.ParentSubaccounts, $"{Sample.Address}/0"),
        })
        {
            intake.Add(RecordedMessages.Subscription(channel, id));
        }

        Live(intake);
        return intake;
    }

    /// <summary>Every message finds all subscriptions open, and no number that it could repeat.</summary>
    private static void Live(FrameIntake intake)
    {
        intake.Begin();
        foreach (var line in intake.Lines)
        {
            if (intake.Figures.Frames % 2 == 0) line.Live(0, VirtualTime.Start);
            else line.Asked(VirtualTime.Start);
        }
    }
}
