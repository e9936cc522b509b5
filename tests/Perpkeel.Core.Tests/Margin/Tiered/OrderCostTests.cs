using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

[Trait("Req", "MAR-3")]
public sealed class OrderCostTests
{
    [Fact]
    public void A_bid_below_the_mark_costs_its_margin_only()
    {
        var cost = OrderCost.Of(SampleTables.Classic, 1m, 9_253.3m, 9_259.84m, 20m).Value();

        Assert.Equal(9_253.3m, cost.Notional);
        Assert.Equal(462.665m, cost.Initial);
        Assert.Equal(0m, cost.OpenLoss);
        Assert.Equal(462.665m, cost.Total);
    }

    [Fact]
    public void An_offer_below_the_mark_has_lost_already()
    {
        var cost = OrderCost.Of(SampleTables.Classic, -1m, 9_253.3m, 9_259.84m, 20m).Value();

        Assert.Equal(6.54m, cost.OpenLoss);
        Assert.Equal(469.205m, cost.Total);
    }

    [Fact]
    public void A_bid_above_the_mark_has_lost_already()
    {
        var cost = OrderCost.Of(SampleTables.Classic, 2m, 50_010m, 50_000m, 10m).Value();

        Assert.Equal(20m, cost.OpenLoss);
    }

    [Theory]
    [InlineData(1, 125, 400)]
    [InlineData(2, 125, 1_000)]
    [InlineData(2, 100, 1_000)]
    [InlineData(2, 50, 2_000)]
    [InlineData(20, 125, 20_000)]
    public void The_tier_of_the_notional_limits_the_leverage(int size, int leverage, int least)
    {
        var cost = OrderCost.Of(SampleTables.Classic, size, 50_000m, 50_000m, leverage).Value();
        var position = MarginPosition.Create(
            size, 50_000m, 50_000m, leverage, MarginCollateral.Isolated(0m)).Value();

        Assert.Equal(least, cost.LeastInitial);
        Assert.Equal(least, MarginCalculator.LeastInitial(SampleTables.Classic, position));
        Assert.Equal(50_000m * size / leverage, cost.Initial);
    }

    [Fact]
    public void The_least_initial_margin_of_many_digits_is_rounded_once()
    {
        var draws = new Draws(11);
        var twice = 0;
        for (var i = 0; i < 500; i++)
        {
            var (size, mark) = (draws.Digits(18, 15), draws.Digits(18, 14));
            var leverage = draws.Between(2, 5);
            var position = MarginPosition.Create(
                size, mark, mark, leverage, MarginCollateral.Isolated(0m)).Value();

            var least = MarginCalculator.LeastInitial(SampleTables.Classic, position);

            var notional = Fraction.Of(size) * Fraction.Of(mark);
            Assert.Equal((notional / Fraction.Of(leverage)).Nearest(), least);
            if (notional.Nearest() / leverage != least) twice++;
        }

        Assert.NotEqual(0, twice);
        Assert.Throws<ArgumentException>(() => MarginCalculator.LeastInitial(SampleTables.Classic, default));
    }

    [Theory]
    [InlineData(100, 100, 100, "100.15")]
    [InlineData(100, 101, 100, "101")]
    [InlineData(100, 100, 102, "102")]
    public void A_market_order_to_sell_is_reckoned_at_the_highest_price(
        int last, int mark, int order, string price) =>
        Assert.Equal(
            decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture),
            OrderCost.MarketShortPrice(last, mark, order));

    [Theory]
    [InlineData("0", "1", "1", "1", "no-size")]
    [InlineData("1", "0", "1", "1", "not-positive")]
    [InlineData("1", "1", "0", "1", "not-positive")]
    [InlineData("1", "1", "1", "0.5", "leverage-below-one")]
    [InlineData("1", "1000000000001", "1", "1", "beyond-range")]
    [InlineData("1000000000000001", "1", "1", "1", "beyond-range")]
    public void Numbers_that_are_no_order_are_refused(
        string size, string order, string mark, string leverage, string code)
    {
        var outcome = OrderCost.Of(
            SampleTables.Classic, Number(size), Number(order), Number(mark), Number(leverage));

        Assert.False(outcome.TryGet(out _, out var error));
        Assert.Equal(code, error.Code);
    }

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
