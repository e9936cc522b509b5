using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Instruments;

public sealed class MarketTests
{
    [Fact]
    [Trait("Req", "MAR-11")]
    public void The_grid_is_derived_as_the_venue_derives_it()
    {
        Assert.Equal(1m, SampleMarkets.Btc.TickSize);
        Assert.Equal(0.0001m, SampleMarkets.Btc.StepSize);
        Assert.Equal(0.1m, SampleMarkets.Eth.TickSize);
        Assert.Equal(0.001m, SampleMarkets.Eth.StepSize);
        Assert.Equal(0.01m, SampleMarkets.Sol.TickSize);
        Assert.Equal(0.1m, SampleMarkets.Sol.StepSize);
        Assert.Equal(new Leverage(20m), SampleMarkets.Btc.MaxLeverage);
    }

    [Fact]
    public void Ticks_and_steps_come_back_from_prices_and_sizes() => Prop.ForAll(
        Gen.Elements(SampleMarkets.All.ToArray()).ToArbitrary(),
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (market, count) =>
            market.TicksOf(market.PriceOf(new Ticks(count))) == new Ticks(count)
            && market.StepsOf(market.SizeOf(new Steps(-count))) == new Steps(-count)
            && market.QuantumsOf(new Steps(count)).Value == count * market.StepBaseQuantums)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_off_the_grid_has_no_ticks_and_no_steps()
    {
        Assert.Throws<ArgumentException>(() => SampleMarkets.Btc.TicksOf(new Price(1.5m)));
        Assert.Throws<ArgumentException>(() => SampleMarkets.Btc.StepsOf(new Size(0.00015m)));
    }

    [Fact]
    public void Prices_round_as_named_and_sizes_never_grow()
    {
        Assert.Equal(new Price(100m), SampleMarkets.Btc.FloorToTick(100.9m));
        Assert.Equal(new Price(101m), SampleMarkets.Btc.CeilingToTick(100.1m));
        Assert.Equal(new Price(100m), SampleMarkets.Btc.CeilingToTick(100m));
        Assert.Equal(new Size(0.0001m), SampleMarkets.Btc.FloorToStep(0.00019m));
    }

    [Fact]
    public void A_fill_is_worth_whole_quote_quantums_rounded_down()
    {
        var coarse = SampleMarkets.Btc with
        {
            QuantumConversionExponent = -3,
            SubticksPerTick = 1,
            StepBaseQuantums = 1,
        };

        Assert.Equal(new QuoteQuantums(1), coarse.FillValue(new Ticks(1_999), new Steps(1)));
        Assert.Equal(new QuoteQuantums(0), coarse.FillValue(new Ticks(999), new Steps(1)));
        Assert.Equal(
            new QuoteQuantums(2_000),
            (coarse with { QuantumConversionExponent = 3 }).FillValue(new Ticks(2), new Steps(1)));
        Assert.Equal(
            new Usd(5_000m), SampleMarkets.Btc.FillValue(new Ticks(50_000), new Steps(1_000)).ToUsd());
    }

    [Fact]
    public void Sides_have_signs_and_opposites()
    {
        Assert.Equal(Side.Sell, Side.Buy.Opposite());
        Assert.Equal(Side.Buy, Side.Sell.Opposite());
        Assert.Equal(Side.None, Side.None.Opposite());
        Assert.Equal((1, -1, 0), (Side.Buy.Sign(), Side.Sell.Sign(), Side.None.Sign()));
        Assert.Equal((Side.Buy, Side.Sell, Side.None), (Sides.Of(1m), Sides.Of(-1m), Sides.Of(0m)));
    }
}
