using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine;

public sealed class ReservationTests
{
    private const decimal Oracle = 3_000m;

    /// <summary>Nothing but leverage and the limits that a case sets binds.</summary>
    private static readonly RiskLimits Wide = new()
    {
        MaxMarketExposure = 100m,
        MaxTotalExposure = 100m,
        RiskPerTrade = 1m,
        MaxOrder = new Usd(10_000_000m),
        Cooldown = TimeSpan.Zero,
        MaxPositions = 20,
    };

    [Theory]
    [Trait("Req", "EXE-3")]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void An_order_that_leverage_bounds_is_planned_and_stays_covered_at_its_worst_fill(Side side)
    {
        var account = new ScriptedAccount(Wide).Price(SampleMarkets.Eth, Oracle);

        account.Enter(SampleMarkets.Eth, side);
        FillAll(account);

        Assert.Equal("collateral", Planned(account).Single().SizedBy);
        Assert.True(Known(account).Available >= Usd.Zero, $"{Known(account).Available}");
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_reservation_is_the_margin_at_the_worst_price_both_fees_and_what_the_worst_fill_loses()
    {
        var buy = Reserve(Side.Buy, limit: 3_030m);
        var sell = Reserve(Side.Sell, limit: 2_970m);

        Assert.Equal(new Usd((3_030m * 0.201m) + 30m), buy);
        Assert.Equal(new Usd((3_000m * 0.201m) + 30m), sell);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void What_is_reserved_is_not_available_and_comes_back_when_the_entry_ends()
    {
        var account = new ScriptedAccount().Price(SampleMarkets.Eth, Oracle);
        account.Enter(SampleMarkets.Eth);
        var bracket = account.Bracket(SampleMarkets.Eth);
        var planned = Known(account);
        account.Opens(SampleMarkets.Eth, OrderRole.Stop);
        account.Opens(SampleMarkets.Eth, OrderRole.Entry);
        account.Ends(SampleMarkets.Eth, OrderRole.Entry, OrderEnding.RestDropped);

        Assert.Equal(
            new Usd(10_000m) - (bracket.ReservePerUnit * bracket.Size.Value), planned.Available);
        Assert.Equal(bracket.EntryLimit * bracket.Size, planned.GrossExposure);
        Assert.Equal(new Usd(10_000m), Known(account).Available);
        Assert.Equal(Usd.Zero, Known(account).GrossExposure);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_planned_short_counts_with_the_price_and_not_with_its_lower_limit()
    {
        var account = new ScriptedAccount().Price(SampleMarkets.Eth, Oracle);

        account.Enter(SampleMarkets.Eth, Side.Sell);

        Assert.Equal(
            new Price(Oracle) * account.Bracket(SampleMarkets.Eth).Size, Known(account).GrossExposure);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_hundred_signals_in_one_instant_plan_no_more_than_a_block_has_room_for()
    {
        var account = Markets(new RiskLimits { Cooldown = TimeSpan.Zero });

        for (var i = 0; i < 100; i++) account.Enter(account.Engine.Markets.Values.ElementAt(i % 20));

        Assert.Equal(PlacementBudget.PerBlock, account.State.Brackets.Count);
        Assert.Equal(100, account.State.Totals.Decisions);
        Assert.Equal(98, account.State.Totals.Refusals);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_hundred_signals_before_any_answer_never_exceed_balance_leverage_exposure_or_positions() =>
        Prop.ForAll(Limits.ToArbitrary(), Sides.ToArbitrary(), (limits, sides) =>
        {
            var account = Markets(limits);
            for (var i = 0; i < sides.Length; i++)
            {
                account.Enter(account.Engine.Markets.Values.ElementAt(i * 7 % 20), sides[i]);
                account.Advance(TimeSpan.FromMilliseconds(1_100));
            }

            var before = Known(account);
            FillAll(account);
            return IsWithin(limits, before) && IsWithin(limits, Known(account))
                && account.State.Totals.Decisions == sides.Length
                && account.State.Totals.Refusals + Planned(account).Count() == sides.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_thousand_signals_over_a_hundred_accounts_stay_apart()
    {
        var limits = Wide with { Leverage = new Leverage(3m), MaxTotalExposure = 2m };
        var accounts = Enumerable.Range(0, 100).Select(_ => Markets(limits)).ToList();

        for (var i = 0; i < 1_000; i++)
        {
            var account = accounts[i % 100];
            account.Enter(account.Engine.Markets.Values.ElementAt(i / 100));
            account.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(accounts, account =>
        {
            Assert.True(IsWithin(limits, Known(account)));
            Assert.Equal(10, account.State.Totals.Decisions);
            Assert.Equal(accounts[0].Venue.Wire, account.Venue.Wire);
        });
    }

    private static Gen<Side[]> Sides { get; } =
        Gen.ArrayOf(Gen.Elements(Side.Buy, Side.Sell), 100);

    private static Gen<RiskLimits> Limits { get; } =
        from leverage in Gen.Choose(1, 25)
        from cap in Gen.Choose(1, 25)
        from total in Gen.Choose(1, 60)
        from share in Gen.Choose(1, 300)
        from positions in Gen.Choose(1, 15)
        select Wide with
        {
            Leverage = new Leverage(leverage),
            LeverageCap = new Leverage(cap),
            MaxTotalExposure = total / 4m,
            MaxMarketExposure = share / 50m,
            MaxPositions = positions,
        };

    /// <summary>Exposure is compared with the equity that the decisions rested on.</summary>
    private static bool IsWithin(RiskLimits limits, AccountFacts known) =>
        known.Available >= Usd.Zero
        && known.GrossExposure <= new Usd(10_000m) * limits.MaxTotalExposure
        && known.GrossExposure <= new Usd(10_000m) * limits.LeverageCap.Value
        && known.Positions <= limits.MaxPositions;

    private static ScriptedAccount Markets(RiskLimits limits)
    {
        var markets = SampleMarkets.Numbered(20);
        var account = new ScriptedAccount(limits, markets);
        foreach (var market in markets) account.Price(market, Oracle);
        return account;
    }

    /// <summary>Every stop rests and every entry fills at its worst price.</summary>
    private static void FillAll(ScriptedAccount account)
    {
        foreach (var market in account.State.Brackets.Keys.Select(id => account.Engine.Markets[id]).ToList())
        {
            var bracket = account.Bracket(market);
            account.Opens(market, OrderRole.Stop);
            account.Opens(market, OrderRole.Entry);
            account.Fills(market, OrderRole.Entry, bracket.Size.Value, bracket.EntryLimit.Value);
            account.Ends(market, OrderRole.Entry, OrderEnding.Filled);
        }
    }

    private static Usd Reserve(Side side, decimal limit) => AccountMath.ReservePerUnit(
        SampleMarkets.Eth, new RiskLimits(), side, new Price(limit), new Price(Oracle));

    private static AccountFacts Known(ScriptedAccount account) => AccountMath.Facts(
        account.State, account.Engine.Markets, account.Engine.Limits, account.Engine.Markets.Keys.First(),
        _ => new Price(Oracle), 2, account.Now);

    private static IEnumerable<Fact.EntryPlanned> Planned(ScriptedAccount account) =>
        account.Facts.Select(fact => fact.Fact).OfType<Fact.EntryPlanned>();
}
