using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Tests.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiers;

[Trait("Req", "MAR-4")]
public sealed class TierBookTests
{
    private const string Chinese = "币安人生USDT";

    [Fact]
    public void Equal_tables_give_equal_results_and_are_one()
    {
        var book = Book("BTCUSDT", "ETHUSDT");
        var position = MarginPosition.Create(
            100m, 50_000m, 50_000m, 20m, MarginCollateral.Isolated(250_000m)).Value();

        Assert.True(book.TryFind("BTCUSDT", out var one));
        Assert.True(book.TryFind("ETHUSDT", out var other));

        Assert.Same(one.Table, other.Table);
        Assert.Equal(1, book.TableCount);
        Assert.Equal("ETHUSDT", other.Symbol);
        Assert.Equal(
            MarginCalculator.Calculate(one.Table, position),
            MarginCalculator.Calculate(other.Table, position));
    }

    [Fact]
    public void Different_tables_stay_apart()
    {
        var rows = Rows();
        var different = TierTable.Create("x", [.. rows[..^1], rows[^1] with { Rate = 0.6m }]).Value();
        var book = new TierBook(
            [Configuration("BTCUSDT"), Configuration("ETHUSDT") with { Table = different }]);

        Assert.True(book.TryFind("BTCUSDT", out var one));
        Assert.True(book.TryFind("ETHUSDT", out var other));

        Assert.NotSame(one.Table, other.Table);
        Assert.Equal(2, book.TableCount);
        Assert.False(string.Equals(one.Version, other.Version, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SOLUSDT")]
    [InlineData("")]
    [InlineData("btcusdt")]
    [InlineData("BTCUSDt")]
    [InlineData("BTC")]
    [InlineData("BTCUSDT ")]
    [InlineData("BTCUSDT_260925")]
    [InlineData("BTCUSDС")]
    [InlineData("币安人生")]
    [InlineData("我踏马来了USDT")]
    [InlineData("币安人生usdt")]
    public void An_unknown_symbol_has_no_tiers(string symbol)
    {
        var book = Book("BTCUSDT", "BTCUSDC", Chinese);

        Assert.False(book.TryFind(symbol, out var configuration));
        Assert.Null(configuration);
    }

    [Fact]
    public void Symbols_of_any_script_are_found_and_listed_in_ordinal_order()
    {
        var book = Book(Chinese, "ETHUSDT", "1000PEPEUSDT", "龙虾USDT");

        Assert.Equal(["1000PEPEUSDT", "ETHUSDT", Chinese, "龙虾USDT"], book.Symbols);
        Assert.True(book.TryFind(Chinese, out var found));
        Assert.Equal(Chinese, found.Symbol);
    }

    [Fact]
    public void A_symbol_comes_once() =>
        Assert.Throws<ArgumentException>(() => Book("BTCUSDT", "BTCUSDT"));

    [Fact]
    public void A_version_names_source_day_and_rows()
    {
        var dated = Configuration("BTCUSDT");
        var undated = dated with { Source = new TierSource("mine", null) };

        Assert.Equal($"binance 2026-07-02 ({dated.Table.Fingerprint[..12]})", dated.Version);
        Assert.Equal($"mine ({dated.Table.Fingerprint[..12]})", undated.Version);
        Assert.Equal(2, dated.TierFor(50_000.01m).Tier.Number);
    }

    [Fact]
    public void A_refused_table_gives_no_configuration()
    {
        var outcome = TierConfiguration.Create("BTCUSDT", new TierSource("mine", null), []);

        Assert.False(outcome.TryGet(out _, out var refusal));
        Assert.Equal("BTCUSDT", refusal.Symbol);
        Assert.Equal("tier-empty", Assert.Single(refusal.Findings).Code);
    }

    private static TierBook Book(params string[] symbols) => new(symbols.Select(Configuration));

    private static TierConfiguration Configuration(string symbol)
    {
        var source = new TierSource("binance", new DateOnly(2026, 7, 2));
        var outcome = TierConfiguration.Create(symbol, source, Rows());
        Assert.True(outcome.TryGet(out var configuration, out _));
        return configuration;
    }

    /// <summary>Made anew each time, so that tables are one only where the book makes them one.</summary>
    private static TierDraft[] Rows() => [.. SampleTables.Classic.Tiers.Select(tier => new TierDraft
    {
        Floor = tier.Floor,
        Cap = tier.Cap,
        Rate = tier.Rate,
        MaxLeverage = tier.MaxLeverage.Value,
    })];
}
