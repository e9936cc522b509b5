using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Simulation.Markets.Replay;
using Perpkeel.Simulation.Tests.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Markets.Replay;

/// <summary>Books and trades of three venues, as they were recorded.</summary>
[Trait("Category", "Recorded")]
[Trait("Req", "PAP-2")]
public sealed class RecordedBookTests
{
    [Theory]
    [InlineData("aster_*20250924*", 3, 3_377, 7_058)]
    [InlineData("aster_*20251128*", 1, 15_116, 3_518)]
    [InlineData("hyperliquid_*", 2, 890, 2_279)]
    [InlineData("standx_*", 1, 21_380, 21_700)]
    public void A_recording_replays_without_a_crossed_book_and_with_every_trade_that_has_one(
        string pattern, int markets, int snapshots, int trades)
    {
        using var folder = new TemporaryFolder();
        Gather(folder, pattern);
        Assert.True(ReplayFiles.Load(folder.Path).TryGet(out var data, out var failure), failure?.ToString());
        var told = 0;
        var books = data.Markets.Select(_ => new ShownBook()).ToArray();

        foreach (var (at, items) in data.Open().Batches())
        {
            foreach (var next in items.Select(item => item.Event))
            {
                Assert.Equal(at, next.At);
                if (next.Kind == MarketEventKind.Trade) told++;
                if (next.Kind != MarketEventKind.Level) continue;
                books[next.Market].Set(next.Side, next.Last.Value, next.Volume.Value);
                if (!books[next.Market].HasBoth) continue;
                Assert.True(
                    books[next.Market].Best(Side.Buy).Price < books[next.Market].Best(Side.Sell).Price,
                    $"{data.Markets[next.Market].Id} is crossed at {at:O}");
            }
        }

        Assert.Equal(markets, data.Markets.Count);
        Assert.InRange(told, trades * 9 / 10, trades);
        Assert.Equal(snapshots + told, data.Rows);
    }

    /// <summary>Copies what matches into a folder of its own; both kinds lie in one there.</summary>
    private static void Gather(TemporaryFolder folder, string pattern)
    {
        var root = Environment.GetEnvironmentVariable("PERPKEEL_RECORDED") ?? "";
        Assert.SkipUnless(Directory.Exists(root), "Recorded: needs the folder that PERPKEEL_RECORDED names.");
        foreach (var path in Directory.GetFiles(Path.Combine(root, "book"), pattern)
            .Where(path => Path.GetFileName(path).Contains("book", StringComparison.Ordinal))
            .Concat(Directory.GetFiles(Path.Combine(root, "trades"), pattern)))
        {
            File.Copy(path, Path.Combine(folder.Path, Path.GetFileName(path)));
        }
    }
}
