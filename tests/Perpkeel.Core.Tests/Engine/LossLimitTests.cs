using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Testing.SampleMarkets;

namespace Perpkeel.Core.Tests.Engine;

public sealed class LossLimitTests
{
    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_daily_loss_stops_new_risk_and_not_the_stop_of_an_open_position()
    {
        var account = LongAt(50_000m);
        account.Price(Btc, 44_000m).Price(Eth, 3_000m);
        account.Mark();

        account.Ends(Btc, OrderRole.Stop, OrderEnding.Rejected);

        Assert.Equal("daily-loss", Refusal(account.Enter(Eth)));
        Assert.True(account.OrderState(Btc, OrderRole.Stop).IsLive);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_drawdown_stops_new_risk_and_not_closing()
    {
        var limits = new RiskLimits { DailyLoss = 0.9m, MaxDrawdown = 0.05m };
        var account = LongAt(50_000m, limits);
        account.Price(Btc, 44_000m).Price(Eth, 3_000m);
        account.Mark();

        Assert.Equal("drawdown", Refusal(account.Enter(Eth)));
        account.Exit(Btc);

        Assert.True(account.OrderState(Btc, OrderRole.Close).IsLive);
        Assert.True(account.State.MaxDrawdown >= 0.05m);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_new_day_begins_with_the_equity_of_its_first_mark()
    {
        var account = LongAt(50_000m);
        account.Price(Btc, 44_000m);
        account.Mark();
        account.Advance(TimeSpan.FromHours(13));

        account.Mark();

        Assert.Equal(account.State.MarkedEquity, account.State.DayStartEquity);
        Assert.Equal(new DateTimeOffset(2025, 3, 5, 0, 0, 0, TimeSpan.Zero), account.State.Day);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_deposit_before_the_first_mark_of_a_day_does_not_carry_the_loss_of_the_day_before()
    {
        var account = LongAt(50_000m);
        account.Price(Btc, 44_000m);
        account.Mark();
        account.Advance(TimeSpan.FromHours(13));

        account.Hear(account.Venue.Deposits(1_000m));
        account.Mark();

        Assert.Equal(account.State.MarkedEquity, account.State.DayStartEquity);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_deposit_is_neither_a_gain_nor_a_loss_of_its_day()
    {
        var account = new ScriptedAccount();

        account.Hear(account.Venue.Deposits(5_000m));

        Assert.Equal(new Usd(15_000m), account.State.DayStartEquity);
        Assert.Equal(new Usd(15_000m), account.State.PeakEquity);
        Assert.Equal(0m, account.State.MaxDrawdown);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_close_that_found_nobody_follows_the_marked_price()
    {
        var account = LongAt(50_000m);
        account.Exit(Btc);
        account.Ends(Btc, OrderRole.Close, OrderEnding.RestDropped);
        account.Price(Btc, 30_000m);
        account.Mark();

        account.Advance(BracketRules.CloseRetry);

        Assert.Equal(new Price(29_400m), account.OrderState(Btc, OrderRole.Close).Intent.Limit);
    }

    private static string Refusal(IEnumerable<JournaledFact> facts) =>
        facts.Select(fact => fact.Fact).OfType<Fact.PlanRefused>().Single().Refusal.Code;

    private static ScriptedAccount LongAt(decimal price, RiskLimits? limits = null)
    {
        var account = new ScriptedAccount(limits).Price(Btc, price - 1m);
        account.Enter(Btc);
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, account.Bracket(Btc).Size.Value, price);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Opens(Btc, OrderRole.Target);
        account.Advance(TimeSpan.FromMinutes(2));
        return account;
    }
}
