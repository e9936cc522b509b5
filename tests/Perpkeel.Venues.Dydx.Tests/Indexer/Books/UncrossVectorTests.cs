using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Books;

/// <summary>What the venue's own page makes of books that overlap.</summary>
[Trait("Req", "RX-2")]
[Trait("Category", "Vectors")]
public sealed class UncrossVectorTests
{
    private const string Kind = "ui.orderbook.uncross";
    private const decimal Tick = 0.000001m;

    [Fact]
    public void Spec_5_the_view_is_that_of_the_venues_page()
    {
        Assert.SkipUnless(File.Exists(ChainVectors.File), $"Vectors: needs {ChainVectors.File}.");
        var vectors = ChainVectors.OfKind(Kind);
        var wrong = new List<string>();
        foreach (var vector in vectors)
        {
            var book = new LiveBook();
            Fill(book, Side.Buy, vector.Input("bids"));
            Fill(book, Side.Sell, vector.Input("asks"));

            var (bids, asks) = book.View(int.MaxValue);

            if (!Text(bids).SequenceEqual(Expected(vector, "bids"), StringComparer.Ordinal)
                || !Text(asks).SequenceEqual(Expected(vector, "asks"), StringComparer.Ordinal))
            {
                wrong.Add(vector.GetProperty("id").GetString()!);
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(48, vectors.Count);
    }

    private static void Fill(LiveBook book, Side side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var price = decimal.Parse(level.GetProperty("price").GetString()!, CultureInfo.InvariantCulture);
            var size = decimal.Parse(level.GetProperty("size").GetString()!, CultureInfo.InvariantCulture);
            Assert.True(book.Set(
                side, new Ticks((long)(price / Tick)), new Steps((long)(size / Tick)),
                level.GetProperty("offset").GetInt64()));
        }
    }

    private static IEnumerable<string> Text(IEnumerable<BookEntry> levels)
    {
        var depth = 0m;
        foreach (var level in levels)
        {
            depth += level.Size.Value * Tick;
            yield return $"{Decimals.Text(level.Price.Value * Tick)} "
                + $"{Decimals.Text(level.Size.Value * Tick)} {Decimals.Text(depth)} {level.Offset}";
        }
    }

    private static IEnumerable<string> Expected(JsonElement vector, string side) =>
        vector.Expected(side).EnumerateArray().Select(level =>
            $"{level.GetProperty("price").GetString()} {level.GetProperty("size").GetString()} "
            + $"{level.GetProperty("depth").GetString()} {level.GetProperty("offset").GetInt64()}");
}
