using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Core.Tests.Numbers;

public sealed class NumberTests
{
    private static readonly JsonSerializerOptions PlainDecimals = new()
    {
        Converters = { new PlainDecimalJson() },
    };

    [Theory]
    [InlineData(7, 2, 3, 4)]
    [InlineData(-7, 2, -4, -3)]
    [InlineData(7, -2, -4, -3)]
    [InlineData(-7, -2, 3, 4)]
    [InlineData(6, 3, 2, 2)]
    [InlineData(-6, 3, -2, -2)]
    [InlineData(0, 5, 0, 0)]
    public void Division_rounds_as_its_name_says(int dividend, int divisor, int floor, int ceiling)
    {
        Assert.Equal(floor, Rounding.FloorDivide(dividend, divisor));
        Assert.Equal(ceiling, Rounding.CeilingDivide(dividend, divisor));
    }

    [Fact]
    public void Powers_of_ten_have_bounds()
    {
        Assert.Equal(1, Rounding.PowerOfTen(0));
        Assert.Equal(Int128.Parse("1" + new string('0', 38), null), Rounding.PowerOfTen(38));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.PowerOfTen(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.PowerOfTen(39));
        Assert.Equal(0.001m, Decimals.PowerOfTen(-3));
        Assert.Equal(1_000m, Decimals.PowerOfTen(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimals.PowerOfTen(-29));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimals.PowerOfTen(29));
    }

    [Fact]
    public void Multiples_are_found_below_and_above()
    {
        Assert.Equal(0.6m, Decimals.FloorToMultiple(0.7m, 0.2m));
        Assert.Equal(-0.8m, Decimals.FloorToMultiple(-0.7m, 0.2m));
        Assert.Equal(0.8m, Decimals.CeilingToMultiple(0.7m, 0.2m));
        Assert.Equal(0.6m, Decimals.CeilingToMultiple(0.6m, 0.2m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimals.FloorToMultiple(1m, 0m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimals.CeilingToMultiple(1m, -1m));
    }

    [Fact]
    public void Quote_quantums_round_collateral_down_also_below_zero()
    {
        Assert.Equal(new QuoteQuantums(1_234_567), QuoteQuantums.FromUsdRoundingDown(new Usd(1.2345678m)));
        Assert.Equal(new QuoteQuantums(-1_234_568), QuoteQuantums.FromUsdRoundingDown(new Usd(-1.2345671m)));
        Assert.Equal(new Usd(-1.234568m), new QuoteQuantums(-1_234_568).ToUsd());
    }

    [Fact]
    public void A_result_that_was_never_set_throws_when_read()
    {
        var unset = default(Result<Price, string>);

        Assert.Throws<InvalidOperationException>(() => unset.TryGet(out _, out _));
    }

    [Fact]
    public void A_result_holds_a_value_or_an_error()
    {
        Result<Price, string> good = new Price(1m);
        Result<Price, string> bad = "no";

        Assert.True(good.TryGet(out var value, out _));
        Assert.Equal(new Price(1m), value);
        Assert.False(bad.TryGet(out _, out var error));
        Assert.Equal("no", error);
    }

    [Fact]
    public void Prices_and_leverages_are_never_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Price(-0.01m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Leverage(-0.01m));
        Assert.Equal(0m, default(Price).Value);
        Assert.Equal(0m, default(Leverage).Value);
    }

    [Fact]
    public void Amounts_compare_add_and_turn()
    {
        Assert.Equal(new Usd(-300m), new Price(100m) * new Size(-3m));
        Assert.Equal(new Usd(2m), Usd.Min(new(2m), new(3m)));
        Assert.Equal(new Usd(3m), Usd.Max(new(2m), new(3m)));
        Assert.Equal(new Usd(2m), -new Usd(-1m) * 2m);
        Assert.Equal(new Size(3m), (-new Size(-3m)).Abs());
        Assert.Equal(new Size(1m), Size.Min(new(1m), new(2m)));
        Assert.Equal(new Steps(1), Steps.Min(new(1), new(2)));
        Assert.Equal(new Steps(1), Steps.Min(new(2), new(1)));
        Assert.Equal(new Steps(5), new Steps(2) + new Steps(3));
        Assert.Equal(new Ticks(5), new Ticks(3) + 2);
        Assert.Equal(new Leverage(2m), Leverage.Min(new(3m), new(2m)));
        Assert.Equal(new BaseQuantums(2), -new BaseQuantums(-2));
        Assert.Equal(0.05m, new Ppm(50_000).Fraction);
    }

    [Fact]
    public void Every_number_is_ordered_by_its_value()
    {
        IsOrdered(new Price(1m), new Price(2m),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new Size(1m), new Size(2m),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new Usd(1m), new Usd(2m),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new Ticks(1), new Ticks(2),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new Steps(1), new Steps(2),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new Leverage(1m), new Leverage(2m),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new QuoteQuantums(1), new QuoteQuantums(2),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new ClientOrderId(1), new ClientOrderId(2),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
        IsOrdered(new MarketId("A"), new MarketId("a"),
            (a, b) => a < b, (a, b) => a > b, (a, b) => a <= b, (a, b) => a >= b);
    }

    [Fact]
    public void Texts_are_plain()
    {
        Assert.Equal("0.1", new Price(0.100m).ToString());
        Assert.Equal("-3", new Size(-3.00m).ToString());
        Assert.Equal("1000000", new Usd(1_000_000m).ToString());
        Assert.Equal("5x", new Leverage(5.0m).ToString());
        Assert.Equal("500 ppm", new Ppm(500).ToString());
        Assert.Equal("7", new Ticks(7).ToString());
        Assert.Equal("8", new Steps(8).ToString());
        Assert.Equal("(none)", default(MarketId).ToString());
        Assert.Equal("paper/synthetic/me", new AccountId("paper", "synthetic", "me").ToString());
    }

    [Fact]
    public void Decimals_are_strings_in_json_and_come_back_whole()
    {
        Assert.Equal("\"0.1\"", JsonSerializer.Serialize(new Price(0.10m)));
        Assert.Equal("\"-2.5\"", JsonSerializer.Serialize(new Size(-2.5m)));
        Assert.Equal("\"1.000001\"", JsonSerializer.Serialize(new Usd(1.000001m)));
        Assert.Equal("\"7\"", JsonSerializer.Serialize(7.0m, PlainDecimals));
        Assert.Equal(new Price(0.1m), JsonSerializer.Deserialize<Price>("\"0.1\""));
        Assert.Equal(new Size(-2.5m), JsonSerializer.Deserialize<Size>("\"-2.5\""));
        Assert.Equal(new Usd(1.000001m), JsonSerializer.Deserialize<Usd>("\"1.000001\""));
        Assert.Equal(7m, JsonSerializer.Deserialize<decimal>("\"7\"", PlainDecimals));
    }

    [Theory]
    [InlineData("\"one\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void What_is_no_decimal_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Usd>(json));

    [Fact]
    public void A_decimal_without_quotation_marks_is_refused() =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Usd>("1.5"));

    [Fact]
    public void Names_and_ids_are_keys_in_json()
    {
        var byMarket = new Dictionary<MarketId, ClientOrderId> { [new("BTC-USD")] = new(7) };
        var byId = new Dictionary<ClientOrderId, MarketId> { [new(7)] = new("BTC-USD") };

        Assert.Equal("{\"BTC-USD\":7}", JsonSerializer.Serialize(byMarket));
        Assert.Equal("{\"7\":\"BTC-USD\"}", JsonSerializer.Serialize(byId));
        Assert.Equal(
            byMarket, JsonSerializer.Deserialize<Dictionary<MarketId, ClientOrderId>>("{\"BTC-USD\":7}"));
        Assert.Equal(
            byId, JsonSerializer.Deserialize<Dictionary<ClientOrderId, MarketId>>("{\"7\":\"BTC-USD\"}"));
        Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize<Dictionary<int, MarketId>>("{\"7\":null}"));
    }

    private static void IsOrdered<T>(
        T small, T large, Func<T, T, bool> below, Func<T, T, bool> above, Func<T, T, bool> atMost,
        Func<T, T, bool> atLeast)
        where T : IComparable<T>
    {
        Assert.True(small.CompareTo(large) < 0);
        Assert.True(below(small, large) && !below(large, small) && !below(small, small));
        Assert.True(above(large, small) && !above(small, large) && !above(small, small));
        Assert.True(atMost(small, large) && !atMost(large, small) && atMost(small, small));
        Assert.True(atLeast(large, small) && !atLeast(small, large) && atLeast(small, small));
    }
}
