using Perpkeel.Core.Margin.Screening;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Screening;

[Trait("Req", "MAR-10")]
public sealed class MarginBatchTests
{
    [Fact]
    public void Fifty_symbols_in_one_batch_are_fifty_single_calls()
    {
        var random = new RandomMargin(1);
        TierTable[] tables = [.. Enumerable.Range(0, 50).Select(_ => random.Table())];
        var book = new TierBook(tables.Select((table, i) => Configuration($"S{i}USDT", table)));
        string[] symbols = [.. random.Permutation(50).Select(i => $"S{i}USDT")];
        MarginPosition[] positions = [.. symbols.Select(_ => random.Position())];
        var results = new Result<MarginResult, MarginRowError>[50];

        MarginBatch.Calculate(book, symbols, positions, results);

        for (var i = 0; i < 50; i++)
        {
            var table = tables[int.Parse(symbols[i].AsSpan(1, symbols[i].Length - 5), null)];
            AssertSameBits(MarginCalculator.Calculate(table, positions[i]), results[i]);
        }
    }

    [Fact]
    public void Row_does_not_know_how_many_rows_there_are_nor_where_it_stands()
    {
        var random = new RandomMargin(2);
        TierTable?[] tables = [.. Enumerable.Range(0, 67).Select(_ => random.Table())];
        MarginPosition[] positions =
            [.. tables.Select((_, i) => i % 5 == 0 ? random.StrangePosition() : random.Position())];

        for (var count = 1; count <= positions.Length; count++)
        {
            var order = random.Permutation(positions.Length)[..count];
            var results = new Result<MarginResult, MarginRowError>[count];
            MarginBatch.Calculate(
                [.. order.Select(i => tables[i])], [.. order.Select(i => positions[i])], results);

            for (var i = 0; i < count; i++)
            {
                var single = MarginCalculator.Calculate(tables[order[i]]!, positions[order[i]]);
                AssertSameBits(single, results[i]);
            }
        }
    }

    [Fact]
    public void Unknown_symbol_is_an_error_of_its_row_and_never_another_symbols_table()
    {
        var random = new RandomMargin(3);
        var book = new TierBook([Configuration("BTCUSDT", RandomMargin.Classic)]);
        string[] symbols = ["BTCUSDT", "btcusdt", "BTCUSDT ", "BTCUSD", "", "币安人生USDT", "BTCUSDT"];
        MarginPosition[] positions = [.. symbols.Select(_ => random.Position())];
        var results = new Result<MarginResult, MarginRowError>[symbols.Length];

        MarginBatch.Calculate(book, symbols, positions, results);

        Assert.True(results[0].TryGet(out _, out _));
        Assert.True(results[^1].TryGet(out _, out _));
        Assert.All(results[1..^1], result =>
        {
            Assert.False(result.TryGet(out _, out var error));
            Assert.Equal("unknown-symbol", error.Code);
            Assert.Contains("no tiers", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Row_without_table_or_position_is_an_error_and_the_others_are_calculated()
    {
        var position = new RandomMargin(4).Position();
        var results = new Result<MarginResult, MarginRowError>[3];

        MarginBatch.Calculate(
            [null, RandomMargin.Classic, RandomMargin.Classic], [position, default, position], results);

        Assert.False(results[0].TryGet(out _, out var unknown));
        Assert.Equal("unknown-symbol", unknown.Code);
        Assert.False(results[1].TryGet(out _, out var none));
        Assert.Equal("no-position", none.Code);
        Assert.Contains("no position", none.Message, StringComparison.Ordinal);
        AssertSameBits(MarginCalculator.Calculate(RandomMargin.Classic, position), results[2]);
    }

    [Fact]
    public void Spans_of_different_lengths_are_a_mistake()
    {
        var position = new RandomMargin(5).Position();
        var book = new TierBook([]);

        Assert.Throws<ArgumentException>("symbols", () => MarginBatch.Calculate(
            book, [], [position], new Result<MarginResult, MarginRowError>[1]));
        Assert.Throws<ArgumentException>("tables", () => MarginBatch.Calculate(
            [], [position], new Result<MarginResult, MarginRowError>[1]));
        Assert.Throws<ArgumentException>("results", () => MarginBatch.Calculate(
            [RandomMargin.Classic], [position], new Result<MarginResult, MarginRowError>[2]));
    }

    [Fact]
    public void Batch_allocates_nothing_also_where_a_row_is_an_error()
    {
        var random = new RandomMargin(6);
        var book = new TierBook([Configuration("BTCUSDT", RandomMargin.Classic)]);
        string[] symbols = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? "NONE" : "BTCUSDT")];
        MarginPosition[] positions = [.. symbols.Select(_ => random.Position())];
        var results = new Result<MarginResult, MarginRowError>[symbols.Length];
        MarginBatch.Calculate(book, symbols, positions, results);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) MarginBatch.Calculate(book, symbols, positions, results);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0L, allocated);
    }

    private static TierConfiguration Configuration(string symbol, TierTable table) =>
        new() { Symbol = symbol, Source = new TierSource("sample", null), Table = table };

    private static void AssertSameBits(MarginResult single, Result<MarginResult, MarginRowError> row)
    {
        Assert.True(row.TryGet(out var result, out _));
        Assert.Equal(single, result);
        Assert.Equal(Bits(single), Bits(result));
    }

    private static int[] Bits(MarginResult result) =>
    [
        .. decimal.GetBits(result.Notional), .. decimal.GetBits(result.Maintenance),
        .. decimal.GetBits(result.Initial), .. decimal.GetBits(result.UnrealizedPnl),
        .. decimal.GetBits(result.MarginBalance), .. decimal.GetBits(result.MarginRatio ?? 0m),
        .. decimal.GetBits(result.LiquidationPrice ?? 0m), .. decimal.GetBits(result.BankruptcyPrice ?? 0m),
    ];
}
