using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

public sealed class PositionSizerTests
{
    private static readonly PositionSizingRequest Example = new()
    {
        Available = new Usd(10_000m),
        Leverage = new Leverage(5m),
        Side = Side.Buy,
        Entry = new Price(60_000m),
        Stop = new Price(59_100m),
        RiskPerTrade = 0.01m,
        MaxExposure = 0.5m,
        StepSize = 0.0001m,
    };

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void Worked_example_is_bound_by_exposure_and_lists_three_limits()
    {
        var result = Sized(Example);

        Assert.Equal(new Size(0.0833m), result.Quantity);
        Assert.Equal(new Usd(4_998m), result.Notional);
        Assert.Equal("exposure", result.Reason);
        Assert.Equal("risk, exposure, leverage", Names(result));
        Assert.Equal(
            [0.1111m, 0.0833m, 0.8333m],
            result.Limits.Select(limit => decimal.Round(limit.Quantity.Value, 4)));
        Assert.Equal("10000 * 0.01 / |60000 - 59100|", result.Limits[0].Value);
        Assert.Equal("(10000 * 0.5 - 0) / 60000", result.Limits[1].Value);
        Assert.Equal("10000 * 5 / 60000", result.Limits[2].Value);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    [Trait("Req", "SIZ-3")]
    public void A_long_and_a_short_with_the_same_stop_distance_have_the_same_size()
    {
        var risky = Example with { MaxExposure = 10m, Leverage = new Leverage(20m) };

        var buy = Sized(risky);
        var sell = Sized(risky with { Side = Side.Sell, Stop = new Price(60_900m) });

        Assert.Equal(new Size(0.1111m), buy.Quantity);
        Assert.Equal("risk", buy.Reason);
        Assert.Equal(buy.Quantity, sell.Quantity);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void Each_limit_binds_where_it_is_the_smallest()
    {
        var leverage = Sized(Example with { MaxExposure = 10m, Stop = null, Leverage = new Leverage(2m) });
        var order = Sized(Example with { MaxOrder = new Usd(600m), MinOrder = new Usd(10m) });
        var open = Sized(Example with { OpenExposure = new Usd(4_400m) });

        Assert.Equal((new Size(0.3333m), "leverage"), (leverage.Quantity, leverage.Reason));
        Assert.Equal("exposure, leverage", Names(leverage));
        Assert.Equal((new Size(0.01m), "max-order"), (order.Quantity, order.Reason));
        Assert.Equal("risk, exposure, leverage, max-order, min-order", Names(order));
        Assert.Equal("10 / 60000", order.Limits[^1].Value);
        Assert.Equal((new Size(0.01m), "exposure"), (open.Quantity, open.Reason));
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void Of_limits_that_allow_the_same_the_first_listed_is_the_reason()
    {
        var result = Sized(Example with { Stop = null, MaxExposure = 5m, MaxOrder = new Usd(50_000m) });

        Assert.Equal("exposure", result.Reason);
    }

    [Theory]
    [Trait("Req", "SIZ-1")]
    [InlineData(0)]
    [InlineData(-250)]
    public void Without_a_balance_there_is_no_size_and_negative_counts_as_zero(int available)
    {
        var result = Sized(Example with { Available = new Usd(available) });

        Assert.Equal((Size.Zero, "zero-balance"), (result.Quantity, result.Reason));
        Assert.Equal("risk, exposure, leverage", Names(result));
        Assert.All(result.Limits, limit => Assert.True(limit.Quantity.IsZero));
        Assert.StartsWith("0 * ", result.Limits[^1].Value, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void A_price_above_the_balance_buys_a_part_of_one()
    {
        var result = Sized(Example with { Available = new Usd(100m), Stop = null });

        Assert.Equal((new Size(0.0008m), "exposure"), (result.Quantity, result.Reason));
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void A_minimum_above_what_is_affordable_leaves_nothing()
    {
        var result = Sized(Example with { MinOrder = new Usd(4_998.01m) });

        Assert.Equal((Size.Zero, "below-min-order"), (result.Quantity, result.Reason));
        Assert.Equal("min-order", result.Limits[^1].Name);
        Assert.Equal(new Size(0.0833m), Sized(Example with { MinOrder = new Usd(4_998m) }).Quantity);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void A_step_larger_than_the_size_leaves_nothing()
    {
        var result = Sized(Example with { StepSize = 0.1m, MinOrder = new Usd(5m) });

        Assert.Equal((Size.Zero, "below-step"), (result.Quantity, result.Reason));
        Assert.Equal(new SizingLimit("step", new Size(0.1m), "0.1"), result.Limits[^1]);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void A_limit_that_allows_nothing_is_the_reason()
    {
        Assert.Equal("exposure", Sized(Example with { OpenExposure = new Usd(9_000m) }).Reason);
        Assert.Equal("risk", Sized(Example with { RiskPerTrade = 0m }).Reason);
        Assert.Equal("max-order", Sized(Example with { MaxOrder = Usd.Zero }).Reason);
    }

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void A_quotient_that_a_decimal_would_round_up_does_not_exceed_the_limit()
    {
        var thirds = Example with
        {
            Available = new Usd(2m),
            Leverage = new Leverage(1m),
            MaxExposure = 1m,
            Entry = new Price(3m),
            Stop = null,
            StepSize = 0.0000000000000000000000000001m,
        };

        var result = Sized(thirds);

        Assert.True(decimal.Round(2m / 3m, 28) > result.Quantity.Value);
        Assert.Equal(0.6666666666666666666666666666m, result.Quantity.Value);
    }

    [Fact]
    public void A_limit_too_large_for_a_decimal_is_listed_as_the_largest_there_is()
    {
        var near = new Price(60_000m - 0.00000000000000000000001m);

        var result = Sized(Example with { Available = new Usd(1e12m), Stop = near });

        Assert.Equal(decimal.MaxValue, result.Limits[0].Quantity.Value);
        Assert.Equal("exposure", result.Reason);
    }

    [Fact]
    public void A_size_or_a_notional_too_large_for_a_decimal_is_refused()
    {
        var huge = Example with { Available = new Usd(1e28m), Stop = null, Leverage = new Leverage(100m) };

        var quantity = Refused(huge with { StepSize = 1e-20m });
        var notional = Refused(huge with { MaxExposure = 50m, StepSize = 1e15m });

        Assert.Equal("quantity does not fit into a decimal.", quantity.Message);
        Assert.Equal("notional does not fit into a decimal.", notional.Message);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void A_request_that_makes_no_sense_is_refused_with_its_numbers()
    {
        (PositionSizingRequest Request, string Code, string Message)[] cases =
        [
            (Example with { Side = Side.None }, "no-side", "the side is neither buy nor sell."),
            (Example with { Leverage = default }, "not-positive", "leverage is 0; it must be above zero."),
            (Example with { Entry = default }, "not-positive", "entry is 0; it must be above zero."),
            (Example with { Stop = default(Price) }, "not-positive", "stop is 0; it must be above zero."),
            (Example with { StepSize = -1m }, "not-positive", "step size is -1; it must be above zero."),
            (Example with { RiskPerTrade = -0.1m }, "negative",
                "risk per trade is -0.1; it must not be negative."),
            (Example with { RiskPerTrade = 1.1m }, "risk-above-one",
                "risk per trade is 1.1; it is a fraction of the balance, at most 1."),
            (Example with { MaxExposure = -2m }, "negative", "max exposure is -2; it must not be negative."),
            (Example with { OpenExposure = new Usd(-3m) }, "negative",
                "open exposure is -3; it must not be negative."),
            (Example with { MinOrder = new Usd(-4m) }, "negative",
                "min order is -4; it must not be negative."),
            (Example with { MaxOrder = new Usd(-5m) }, "negative",
                "max order is -5; it must not be negative."),
            (Example with { MinOrder = new Usd(6m), MaxOrder = new Usd(5m) }, "min-order-above-max-order",
                "min order 6 is above max order 5."),
            (Example with { Stop = Example.Entry }, "stop-on-wrong-side",
                "stop 60000 of a long entered at 60000 must be below it."),
            (Example with { Side = Side.Sell }, "stop-on-wrong-side",
                "stop 59100 of a short entered at 60000 must be above it."),
        ];

        Assert.All(cases, expected =>
        {
            var error = Refused(expected.Request);
            Assert.Equal(expected.Code, error.Code);
            Assert.Equal(expected.Message, error.Message);
            Assert.False(expected.Request.Validate().TryGet(out _, out var same));
            Assert.Equal(error, same);
        });
        Assert.True(Example.Validate().TryGet(out _, out _));
    }

    private static string Names(PositionSizingResult result) =>
        string.Join(", ", result.Limits.Select(limit => limit.Name));

    private static PositionSizingResult Sized(PositionSizingRequest request)
    {
        Assert.True(PositionSizer.Size(request).TryGet(out var result, out var error), error?.Message);
        return result;
    }

    private static SizingError Refused(PositionSizingRequest request)
    {
        Assert.False(PositionSizer.Size(request).TryGet(out _, out var error));
        return error;
    }
}
