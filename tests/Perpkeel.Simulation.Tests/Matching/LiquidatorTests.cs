using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

/// <summary>One coin bought at 50,000 with 3,440: at 48,000 collateral and maintenance are 1,440.</summary>
[Trait("Req", "PAP-1")]
public sealed class LiquidatorTests
{
    private readonly VenueBench _venue = Long(3_440m);

    [Fact]
    public void Spec_11_an_account_at_its_maintenance_margin_is_safe()
    {
        _venue.Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 48_000m, 5m).Oracle(48_000m);

        Assert.Equal(_venue.Risk.Maintenance, _venue.Risk.NetCollateral);
        Assert.Equal(1m, _venue.Position);
    }

    [Fact]
    public void Spec_11_one_quantum_below_a_tenth_is_taken_in_one_block()
    {
        _venue.Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 48_000m, 5m).Oracle(47_999.99999m);

        var taken = _venue.Reports.Liquidation();
        Assert.Equal((Side.Sell, 48_000m, 0.1m, FillKind.Liquidated),
            (taken.Side, taken.Price.Value, taken.Size.Value, taken.Kind));
        Assert.Equal(0.9m, _venue.Position);
    }

    [Fact]
    public void Spec_11_the_insurance_fund_takes_no_more_than_one_and_a_half_percent()
    {
        // Above the bankruptcy value of 4,656 lie 144; 1.5 % of 4,800 are 72.
        _venue.Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 48_000m, 5m).Oracle(47_999.99999m);

        Assert.Equal(72m, _venue.Reports.Liquidation().Fee.Value);
        Assert.Equal(3_440m - 50_000m + 4_800m - 72m, _venue.Usdc);
    }

    [Fact]
    public void Spec_11_below_the_bankruptcy_price_the_fund_pays_the_rest()
    {
        // At 47,000 collateral is 440; a tenth is bankrupt at 4,700 - 44 = 4,656: a fill at 46,000 lacks 56.
        var venue = Long(3_440m);

        venue.Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 46_000m, 5m).Oracle(47_000m);

        Assert.Equal((46_000m, -56m),
            (venue.Reports.Liquidation().Price.Value, venue.Reports.Liquidation().Fee.Value));
    }

    [Fact]
    public void Spec_11_nothing_fills_beyond_the_fillable_price()
    {
        // At 47,000: ABR = 1 - 440 / 1,410; the price is 47,000 - ABR * 1.5 * 1,410 = 45,545.
        var beyond = Long(3_440m).Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 45_544m, 5m).Oracle(47_000m);
        var at = Long(3_440m).Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 45_545m, 5m).Oracle(47_000m);

        Assert.Empty(beyond.Reports.OfType<VenueReport.Liquidated>());
        Assert.Single(at.Reports.OfType<VenueReport.Liquidated>());
    }

    [Fact]
    public void Spec_11_a_liquidation_order_walks_the_levels_as_any_order_that_takes()
    {
        _venue.Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 47_000m, 0.04m).Level(Side.Buy, 46_900m, 5m)
            .Oracle(47_000m);

        var taken = _venue.Reports.OfType<VenueReport.Liquidated>()
            .Select(report => (report.Price.Value, report.Size.Value));
        Assert.Equal([(47_000m, 0.04m), (46_900m, 0.06m)], taken);
        Assert.Equal(0.9m, _venue.Position);
    }

    [Fact]
    public void Spec_11_each_block_takes_a_tenth_until_the_account_is_safe()
    {
        var venue = Long(3_440m).Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 47_900m, 5m);

        for (var block = 0; block < 50; block++) venue.Wait(1).Oracle(47_900m);

        var sizes =
            venue.Reports.OfType<VenueReport.Liquidated>().Select(report => report.Size.Value).ToArray();
        Assert.Equal([0.1m, 0.09m], sizes[..2]);
        Assert.False(venue.Risk.IsLiquidatable);
        Assert.InRange(venue.Position, 0.3m, 0.9m);
    }

    [Fact]
    public void Spec_11_a_small_position_is_taken_whole()
    {
        // 0.02 coins are worth less than 1,000.
        var venue = new VenueBench(60m, VenueBench.NoFees).Deep(49_999m, 50_000m, 50_000m);
        venue.Market(Side.Buy, 0.02m, 50_000m);

        venue.Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 48_000m, 5m).Oracle(48_000m);

        Assert.Equal(0.02m, venue.Reports.Liquidation().Size.Value);
    }

    [Fact]
    public void Spec_11_a_short_is_bought_back_above_the_oracle_price()
    {
        // 1 short at 50,000 with 3,560: at 52,000 both sides are 1,560.
        var venue = new VenueBench(3_560m, VenueBench.NoFees).Deep(50_000m, 50_001m, 50_000m);
        venue.Market(Side.Sell, 1m, 50_000m);

        venue.Level(Side.Sell, 50_001m, 0m).Level(Side.Sell, 52_000m, 5m).Oracle(52_000m);
        var before = venue.Position;
        venue.Oracle(52_000.00001m);

        Assert.Equal(-1m, before);
        Assert.Equal((Side.Buy, 52_000m),
            (venue.Reports.Liquidation().Side, venue.Reports.Liquidation().Price.Value));
    }

    [Fact]
    public void Spec_11_worth_less_than_nothing_and_unfilled_it_is_deleveraged_at_the_bankruptcy_price()
    {
        _venue.Level(Side.Buy, 49_999m, 0m).Oracle(46_000m);

        var taken = _venue.Reports.Liquidation();
        Assert.Equal((FillKind.Deleveraged, 46_560m, 1m), (taken.Kind, taken.Price.Value, taken.Size.Value));
        Assert.Equal((0m, 0m), (_venue.Position, _venue.Usdc));
    }

    [Fact]
    public void Spec_11_deleveraging_off_the_grid_conserves_money_to_the_last_quantum()
    {
        var venue = new VenueBench(3_560.654321m, VenueBench.NoFees).Deep(50_000m, 50_001m, 50_000m);
        venue.Market(Side.Sell, 1m, 50_000m);

        venue.Level(Side.Sell, 50_001m, 0m).Oracle(60_000m);

        Assert.Equal(FillKind.Deleveraged, venue.Reports.Liquidation().Kind);
        Assert.Equal((0m, 0m), (venue.Position, venue.Usdc));
    }

    [Fact]
    public void Spec_11_unfilled_with_something_left_it_waits_for_a_counterpart()
    {
        _venue.Level(Side.Buy, 49_999m, 0m).Oracle(47_000m);

        Assert.Empty(_venue.Reports.OfType<VenueReport.Liquidated>());
        Assert.Equal(1m, _venue.Position);
    }

    [Fact]
    public void Funding_that_uses_up_the_margin_liquidates()
    {
        var venue = Long(3_440m).Level(Side.Buy, 49_999m, 0m).Level(Side.Buy, 48_000m, 5m).Oracle(48_000m);

        var heard = venue.Funding(0.0001m);

        Assert.IsType<VenueReport.FundingPaid>(heard[0]);
        Assert.IsType<VenueReport.Liquidated>(heard[1]);
    }

    [Fact]
    public void A_recorded_bar_liquidates_at_its_worst_price_as_many_portions_as_it_had_blocks()
    {
        var venue = new VenueBench(3_440m, VenueBench.NoFees).OpenBar(50_000m, budget: 1m);
        venue.Market(Side.Buy, 1m, 50_001m);
        venue.EndBar(50_000m, 50_000m, 50_000m, 50_000m);
        venue.OpenBar(50_000m, budget: 0.25m);

        var heard = venue.EndBar(50_000m, 50_000m, 47_500m, 49_000m);

        var taken = heard.OfType<VenueReport.Liquidated>().ToArray();
        Assert.All(taken, report => Assert.Equal(47_499m, report.Price.Value));
        Assert.Equal([0.1m, 0.09m, 0.06m], taken.Select(report => report.Size.Value));
    }

    [Fact]
    public void A_recorded_bar_that_ruins_a_short_deleverages_what_the_budget_leaves()
    {
        var venue = new VenueBench(3_560m, VenueBench.NoFees).OpenBar(50_000m, budget: 1m);
        venue.Market(Side.Sell, 1m, 49_000m);
        venue.EndBar(50_000m, 50_000m, 50_000m, 50_000m);

        var heard = venue.EndBar(50_000m, 60_000m, 50_000m, 55_000m);

        Assert.Equal(FillKind.Deleveraged, heard.Liquidation().Kind);
        Assert.Equal((0m, 0m), (venue.Position, venue.Usdc));
    }

    private static VenueBench Long(decimal deposit)
    {
        var venue = new VenueBench(deposit, VenueBench.NoFees).Deep(49_999m, 50_000m, 50_000m);
        venue.Market(Side.Buy, 1m, 50_000m);
        return venue;
    }
}
