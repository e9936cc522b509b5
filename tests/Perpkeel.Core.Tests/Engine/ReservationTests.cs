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
    internal static RiskLimits Wide { get; } = new()
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

    internal static ScriptedAccount Markets(RiskLimits limits)
    {
        var markets = SampleMarkets.Numbered(20);
        var account = new ScriptedAccount(limits, markets);
        foreach (var market in markets) account.Price(market, Oracle);
        return account;
    }

    /// <summary>Every stop rests and every entry fills at its worst price.</summary>
    internal static void FillAll(ScriptedAccount account)
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

    internal static AccountFacts Known(ScriptedAccount account) => AccountMath.Facts(
        account.State, account.Engine.Markets, account.Engine.Limits, account.Engine.Markets.Keys.First(),
        _ => new Price(Oracle), 2, account.Now);

    internal static IEnumerable<Fact.EntryPlanned> Planned(ScriptedAccount account) =>
        account.Facts.Select(fact => fact.Fact).OfType<Fact.EntryPlanned>();
}
