using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "MAR-2")]
public sealed class MarginPositionTests
{
    private const decimal Dust = 0.0000000000000000000000000001m;

    [Theory]
    [InlineData("0", "1", "1", "1", "0", "no-size", "The size is zero")]
    [InlineData("1", "0", "1", "1", "0", "not-positive", "The entry price is 0. Give one above zero.")]
    [InlineData("1", "1", "-2", "1", "0", "not-positive", "The mark price is -2. Give one above zero.")]
    [InlineData("1", "1", "1", "0.9", "0", "leverage-below-one", "The leverage is 0.9. Give 1 or more.")]
    [InlineData(
        "1", "1", "1", "1", "-1", "negative",
        "The maintenance of other positions is -1. Give zero or more.")]
    [InlineData(
        "-1000000000000000.1", "1", "1", "1", "0", "beyond-range",
        "The size is -1000000000000000.1. The most that is reckoned with is 1000000000000000.")]
    [InlineData("1", "1000000000000.1", "1", "1", "0", "beyond-range", "The entry price is 1000000000000.1.")]
    [InlineData("1", "1", "1000000000000.1", "1", "0", "beyond-range", "The mark price is 1000000000000.1.")]
    [InlineData(
        "1", "1", "1", "1", "100000000000000000000.1", "beyond-range",
        "The maintenance of other positions is")]
    public void Numbers_that_are_no_position_are_refused(
        string size, string entry, string mark, string leverage, string others, string code, string message)
    {
        var outcome = MarginPosition.Create(
            Number(size), Number(entry), Number(mark), Number(leverage),
            MarginCollateral.Cross(0m, Number(others)));

        Assert.False(outcome.TryGet(out _, out var error));
        Assert.Equal(code, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    public void Money_beyond_the_range_is_refused(int wallet, int pnl)
    {
        const decimal most = MarginPosition.MostMoney;
        var collateral = MarginCollateral.Cross(wallet * (most + 1m), 0m, pnl * (most + 1m));

        Assert.False(MarginPosition.Create(1m, 1m, 1m, 1m, collateral).TryGet(out _, out var error));
        Assert.Equal("beyond-range", error.Code);
    }

    [Fact]
    public void Both_ends_of_the_range_are_reckoned_exactly()
    {
        var oracle = new OracleTable(SampleTables.Classic);
        decimal[] sizes = [MarginPosition.MostSize, Dust];
        decimal[] prices = [MarginPosition.MostPrice, Dust];
        decimal[] wallets = [MarginPosition.MostMoney, -MarginPosition.MostMoney, 0m, Dust];
        var positions =
            from size in sizes
            from sign in new[] { 1m, -1m }
            from entry in prices
            from mark in prices
            from wallet in wallets
            from others in wallets
            select MarginPosition.Create(
                sign * size, entry, mark, 150m,
                MarginCollateral.Cross(wallet, Math.Abs(others), -others)).Value();

        Assert.All(positions, position => new OraclePosition(oracle, position).Check(
            MarginCalculator.Calculate(SampleTables.Classic, position), halve: false));
    }

    [Fact]
    public void A_price_with_too_many_digits_is_said_to_be_beyond_the_range()
    {
        var position = MarginPosition.Create(
            -Dust, 1m, 1m, 1m, MarginCollateral.Isolated(MarginPosition.MostMoney)).Value();

        var result = MarginCalculator.Calculate(SampleTables.Classic, position);

        Assert.Equal(LiquidationKind.BeyondRange, result.Liquidation);
        Assert.Null(result.LiquidationPrice);
        Assert.Null(result.BankruptcyPrice);
    }

    [Fact]
    public void A_position_moves_to_another_mark_price_within_the_range()
    {
        var position = MarginPosition.Create(-2m, 10m, 10m, 3m, MarginCollateral.Isolated(5m)).Value();

        var moved = position.At(12m);

        Assert.Equal(12m, moved.MarkPrice);
        Assert.Equal(position, moved.At(10m));
        Assert.Equal(Side.Sell, moved.Side);
        Assert.Throws<ArgumentOutOfRangeException>(() => position.At(0m));
        Assert.Throws<ArgumentOutOfRangeException>(() => position.At(MarginPosition.MostPrice + 1m));
    }

    [Fact]
    public void No_position_and_no_notional_are_not_reckoned()
    {
        Assert.Throws<ArgumentException>(() => MarginCalculator.Calculate(SampleTables.Classic, default));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MarginCalculator.Maintenance(SampleTables.Classic, -0.01m));
        Assert.Equal(0m, MarginCalculator.Maintenance(SampleTables.Classic, 0m));
    }

    [Fact]
    public void A_notional_with_more_digits_than_its_margin_can_have_is_rounded_once()
    {
        const decimal notional = 49_999.999999999999999999999999m;

        var margin = MarginCalculator.Maintenance(SampleTables.Classic, notional);

        Assert.Equal(
            new OracleTable(SampleTables.Classic).Maintenance(Fraction.Of(notional)).Nearest(), margin);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
