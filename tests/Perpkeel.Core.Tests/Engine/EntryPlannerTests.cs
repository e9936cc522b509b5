using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Tests.Orders;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine;

/// <summary>Plans at a bid of 49,999 and an ask of 50,001, with the oracle price between them.</summary>
public sealed class EntryPlannerTests
{
    private static readonly DateTimeOffset Now = SampleBrackets.Now;
    private static readonly Market Btc = SampleMarkets.Btc;

    /// <summary>Neither risk nor exposure binds.</summary>
    private static readonly RiskLimits Wide = new() { RiskPerTrade = 1m, MaxMarketExposure = 100m };

    /// <summary>At the ask, the largest order is 0.09 BTC.</summary>
    private static readonly RiskLimits Most = Wide with { MaxOrder = new Usd(4_500.09m) };

    private static readonly AccountFacts Account = new()
    {
        Equity = new Usd(10_000m),
        Available = new Usd(10_000m),
        GrossExposure = Usd.Zero,
        Positions = 0,
        LastEntryAt = null,
        DayStartEquity = new Usd(10_000m),
        PeakEquity = new Usd(10_000m),
        HasPlacementRoom = true,
        MarketIsTaken = false,
    };

    [Fact]
    [Trait("Req", "SIZ-3")]
    public void The_distance_of_a_stop_is_measured_from_where_it_stands_on_the_grid()
    {
        var plan = Planned(Wish(Side.Buy), new RiskLimits());

        Assert.Equal(new Price(49_251m), plan.StopTrigger);
        Assert.Equal(750m / 50_001m, plan.StopDistance);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_trigger_between_two_ticks_wakes_at_the_one_that_comes_first()
    {
        Assert.Equal(new Price(49_251m), EntryPlanner.Inward(Btc, 49_250.2m, Side.Buy));
        Assert.Equal(new Price(50_750m), EntryPlanner.Inward(Btc, 50_750.8m, Side.Sell));
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void What_an_entry_was_amended_to_goes_before_the_terms_that_it_began_with()
    {
        var amended = SampleBrackets.Long with
        {
            Terms = new EntryTerms
            {
                Limit = new Price(49_900m),
                Time = OrderTime.GoodTilTime,
                GoodFor = TimeSpan.FromMinutes(10),
            },
            AmendTo = new EntryTerms
            {
                Limit = new Price(49_950m),
                Time = OrderTime.PostOnly,
                GoodFor = TimeSpan.FromMinutes(1),
            },
        };

        var order = EntryPlanner.EntryOrder(amended, new Size(0.05m), new ClientOrderId(1), Now);

        Assert.Equal(
            (new Price(49_950m), OrderTime.PostOnly, Now.AddMinutes(1)),
            (order.Limit, order.Time, order.GoodTil!.Value));
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void The_largest_order_passes_although_its_worst_price_is_worth_more() =>
        Assert.Equal((new Size(0.09m), SizingReason.MaxOrder), Sized(Planned(Wish(Side.Buy), Most)));

    [Fact]
    [Trait("Req", "RSK-2")]
    public void The_largest_order_that_waits_below_the_market_is_measured_where_it_waits()
    {
        var wish = Wish(Side.Buy) with
        {
            Terms = new EntryTerms { Limit = new Price(49_000m), Time = OrderTime.GoodTilTime },
        };

        var plan = Planned(wish, Wide with { MaxOrder = new Usd(4_900m) });

        Assert.Equal((new Size(0.1m), SizingReason.MaxOrder), Sized(plan));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_target_that_is_asked_for_is_taken_and_rounded_toward_the_entry()
    {
        var plan = Planned(Wish(Side.Buy) with { Target = new Price(53_000.4m) }, Most);

        Assert.Equal(new Price(53_000m), plan.TargetTrigger);
    }

    [Theory]
    [Trait("Req", "EXE-6")]
    [InlineData(Side.Buy, 50_001, 50_002)]
    [InlineData(Side.Sell, 49_999, 49_998)]
    public void A_target_at_the_entry_or_behind_it_is_refused(Side side, int at, int beyond)
    {
        var refusal = Refused(Wish(side) with { Target = new Price(at) }, Most);

        Assert.Equal(("sizing", "target-on-wrong-side"), (refusal.Code, refusal.Limit));
        Assert.Equal(
            new Price(beyond), Planned(Wish(side) with { Target = new Price(beyond) }, Most).TargetTrigger);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_size_that_the_collateral_just_covers_was_not_cut_by_it()
    {
        // 0.09 BTC need 0.09 * (50,501 * 0.201 + 501) = 958.65309 USD.
        var enough = Planned(Wish(Side.Buy), Most, Account with { Available = new Usd(958.66m) });
        var less = Planned(Wish(Side.Buy), Most, Account with { Available = new Usd(958.65m) });

        Assert.Equal((new Size(0.09m), SizingReason.MaxOrder), Sized(enough));
        Assert.DoesNotContain(enough.Limits, limit => limit.StartsWith("coll", StringComparison.Ordinal));
        Assert.Equal((new Size(0.0899m), EntryPlanner.Collateral), Sized(less));
        Assert.Contains(
            less.Limits, limit => limit.StartsWith("collateral 0.0899 = ", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Req", "EXE-5")]
    [InlineData(Side.Buy, 50_001, 50_501, 50_502)]
    [InlineData(Side.Sell, 49_999, 49_500, 49_499)]
    public void What_rests_at_the_worst_price_counts_as_depth_and_what_rests_beyond_does_not(
        Side side, int best, int worst, int beyond)
    {
        var plan = Planned(Wish(side) with { Depth = Depth(best, worst, beyond) }, Most);

        Assert.Equal((new Size(0.03m), EntryPlanner.DepthLimit), Sized(plan));
        Assert.Contains(plan.Limits, limit => limit.StartsWith("depth 0.03 = ", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void Depth_that_just_suffices_cuts_nothing_and_bounds_no_order_that_waits()
    {
        var terms = new EntryTerms { Limit = new Price(50_001m), Time = OrderTime.GoodTilTime };
        var thin = Wish(Side.Buy) with { Depth = Depth(50_001, 50_002, 50_600) };

        var enough = Planned(thin, Wide with { MaxOrder = new Usd(1_500.03m) });
        var waiting = Planned(thin with { Terms = terms }, Most);

        Assert.Equal((new Size(0.03m), SizingReason.MaxOrder), Sized(enough));
        Assert.Equal((new Size(0.09m), SizingReason.MaxOrder), Sized(waiting));
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void Where_nothing_rests_within_the_worst_price_the_depth_refuses()
    {
        var refusal = Refused(Wish(Side.Buy) with { Depth = Depth(50_502, 50_503, 50_504) }, Most);

        Assert.Equal(("sizing", EntryPlanner.DepthLimit), (refusal.Code, refusal.Limit));
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_size_that_is_asked_for_is_planned_up_to_the_limit_and_refused_above_it()
    {
        var plan = Planned(Wish(Side.Buy) with { Size = new Size(0.09m) }, Most);
        var refusal = Refused(Wish(Side.Buy) with { Size = new Size(0.0901m) }, Most);

        Assert.Equal((new Size(0.09m), "asked"), Sized(plan));
        Assert.Contains("asked 0.09", plan.Limits, StringComparer.Ordinal);
        Assert.Equal(("size-max-order", "0.09", "0.0901"), (refusal.Code, refusal.Limit, refusal.Actual));
    }

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void What_is_open_in_a_market_leaves_so_much_less_of_its_share()
    {
        var plan = Planned(Wish(Side.Buy) with { OpenExposure = new Usd(4_000m) }, new RiskLimits());

        Assert.Equal((new Size(0.0199m), SizingReason.Exposure), Sized(plan));
    }

    [Theory]
    [Trait("Req", "SIZ-2")]
    [InlineData(5, 5)]
    [InlineData(25, 20)]
    public void A_size_is_reckoned_with_our_leverage_or_the_markets_whichever_is_lower(int ours, int taken)
    {
        var request = EntryPlanner.Request(
            Btc, Account, Wide with { Leverage = new Leverage(ours) }, Side.Buy, new Price(50_000m),
            new Price(49_000m));

        Assert.Equal(new Leverage(taken), request.Leverage);
    }

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void A_size_below_the_smallest_order_is_no_size_and_says_why()
    {
        var refusal = Refused(Wish(Side.Buy), new RiskLimits { MinOrder = new Usd(5_001m) });

        Assert.Equal(("sizing", SizingReason.BelowMinOrder), (refusal.Code, refusal.Limit));
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void The_rule_that_forbids_an_entry_is_named_before_a_size_of_nothing()
    {
        var refusal = Refused(
            Wish(Side.Buy), Most, Account with { MarketIsTaken = true, Available = Usd.Zero });

        Assert.Equal("market-owned", refusal.Code);
    }

    private static EntryWish Wish(Side side) => new() { Side = side, StopDistance = 0.015m };

    private static ImmutableArray<DepthLevel> Depth(int best, int next, int last) =>
    [
        new(new Price(best), new Size(0.01m)), new(new Price(next), new Size(0.02m)),
        new(new Price(last), new Size(5m)),
    ];

    private static (Size Size, string By) Sized(EntryPlan plan) => (plan.Size, plan.SizedBy);

    private static EntryPlan Planned(EntryWish wish, RiskLimits limits, AccountFacts? account = null)
    {
        Assert.True(Plan(wish, limits, account).TryGet(out var plan, out var refusal), $"{refusal}");
        return plan;
    }

    private static RiskRefusal Refused(EntryWish wish, RiskLimits limits, AccountFacts? account = null)
    {
        Assert.False(Plan(wish, limits, account).TryGet(out _, out var refusal));
        return refusal;
    }

    private static Result<EntryPlan, RiskRefusal> Plan(
        EntryWish wish, RiskLimits limits, AccountFacts? account = null) =>
        EntryPlanner.Plan(wish, Btc, account ?? Account, limits, SampleFacts.At(Btc, 50_000m), Now);
}
