using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Testing.SampleMarkets;

namespace Perpkeel.Core.Tests.Engine;

public sealed class AccountEngineTests
{
    [Fact]
    public void An_account_is_opened_once()
    {
        var account = new ScriptedAccount();

        Assert.Empty(account.Ask(new Request.Open(new ClientOrderId(7), "again")));
        Assert.True(account.State.IsOpen);
        Assert.Equal(new Usd(10_000m), account.State.Balance);
    }

    [Fact]
    [Trait("Req", "EXE-1")]
    public void An_entry_leaves_its_decision_its_plan_and_its_stop_as_facts()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);

        var facts = account.Enter(Btc);

        Assert.IsType<Fact.Decided>(facts[0].Fact);
        var planned = Assert.IsType<Fact.EntryPlanned>(facts[1].Fact);
        var stop = Assert.IsType<Fact.OrderIntended>(facts[2].Fact).Order;
        Assert.Equal(3, facts.Length);
        Assert.Equal(SizingReason.Exposure, planned.SizedBy);
        Assert.Equal(OrderRole.Stop, stop.Role);
        Assert.Equal(planned.Bracket.Size, stop.Size);
        Assert.Equal(1, account.State.Totals.Decisions);
    }

    [Fact]
    [Trait("Req", "RSK-4")]
    public void A_refusal_is_a_fact_with_its_rule_and_its_prices()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m).Price(Eth, 3_000m);
        account.Enter(Btc);

        var facts = account.Enter(Eth);

        var refused = Assert.IsType<Fact.PlanRefused>(facts[1].Fact);
        Assert.Equal("cooldown", refused.Refusal.Code);
        Assert.Equal(Eth.Id, refused.Facts.Market);
        Assert.Equal(1, account.State.Totals.Refusals);
    }

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void A_size_of_nothing_is_refused_with_the_limits_considered()
    {
        var account = new ScriptedAccount(deposit: 0m).Price(Btc, 49_999m);

        var refused = Assert.IsType<Fact.PlanRefused>(account.Enter(Btc)[1].Fact);

        Assert.Equal("sizing", refused.Refusal.Code);
        Assert.Equal(SizingReason.ZeroBalance, refused.Refusal.Limit);
    }

    [Theory]
    [Trait("Req", "SIZ-3")]
    [InlineData("0", Side.Buy, "stop-on-wrong-side")]
    [InlineData("1", Side.Buy, "not-positive")]
    [InlineData("1.5", Side.Buy, "not-positive")]
    [InlineData("0.9", Side.Sell, "target-not-positive")]
    [InlineData("0.01", Side.None, "no-side")]
    public void A_plan_that_makes_no_sense_is_refused(string distance, Side side, string code)
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        var plan = SamplePlans.Enter(
            Btc.Id, side, decimal.Parse(distance, System.Globalization.CultureInfo.InvariantCulture));
        var prices = SampleFacts.At(Btc, 49_999m);

        var facts = account.Ask(new Request.Enter(plan, prices, [prices]));

        Assert.Equal(code, Assert.IsType<Fact.PlanRefused>(facts[1].Fact).Refusal.Limit);
    }

    [Fact]
    public void A_report_heard_twice_changes_nothing()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.05m, 50_000m);
        var state = ScriptedAccount.Text(account.State);

        foreach (var report in account.Venue.Reports) Assert.Empty(account.Hear(report));

        Assert.Equal(state, ScriptedAccount.Text(account.State));
    }

    [Fact]
    public void A_hole_in_the_reports_of_the_venue_ends_the_session_rather_than_trade_on()
    {
        var account = Entered();
        _ = account.Venue.PaysFunding(Btc.Id, 1m);
        var later = account.Venue.PaysFunding(Btc.Id, 1m);

        var error = Assert.Throws<InvalidOperationException>(() => account.Hear(later));

        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_out_of_its_place_is_a_bug()
    {
        var account = new ScriptedAccount();
        var first = account.Facts[0];

        Assert.Throws<ArgumentException>(() => account.Engine.Evolve(account.State, first));
    }

    [Fact]
    [Trait("Req", "EXE-9")]
    public void What_a_trade_brought_in_includes_fees_and_funding()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Opens(Btc, OrderRole.Target);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Hear(account.Venue.PaysFunding(Btc.Id, -1.5m));
        account.Triggers(Btc, OrderRole.Target, 51_500m);
        account.Fills(Btc, OrderRole.Target, 0.1m, 51_400m);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Filled);

        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);

        var ended = Assert.IsType<Fact.BracketEnded>(account.Facts[^1].Fact);
        Assert.Equal("target", ended.Reason);
        Assert.Equal(new Usd(5.07m), ended.Fees);
        Assert.Equal(new Usd(-1.5m), ended.Funding);
        Assert.Equal(new Usd(140m - 5.07m - 1.5m), ended.Realised);
        Assert.Equal(new Usd(10_000m) + ended.Realised, account.State.Balance);
        Assert.Equal(ended.Realised, account.State.Totals.Realised);
        Assert.Equal(1, account.State.Totals.Wins);
        Assert.Empty(account.State.Positions);
        Assert.Empty(account.State.Orders);
    }

    [Fact]
    public void A_loss_is_counted_as_one()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Triggers(Btc, OrderRole.Stop, 49_250m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Cancelled);
        account.Fills(Btc, OrderRole.Stop, 0.1m, 49_200m);

        account.Ends(Btc, OrderRole.Stop, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);

        Assert.Equal(1, account.State.Totals.Losses);
        Assert.Equal(0, account.State.Totals.Wins);
    }

    [Fact]
    public void Effects_follow_from_facts_alone()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Exit(Btc);

        var again = account.Facts
            .Select(fact => AccountEngine.EffectOf(account.State, fact))
            .OfType<Effect>();

        Assert.Equal(account.Effects, again);
        Assert.Contains(account.Effects, effect => effect is Effect.Place);
        Assert.Contains(account.Effects, effect => effect is Effect.Protect);
        Assert.Contains(account.Effects, effect => effect is Effect.Cancel);
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public void What_is_unanswered_comes_in_the_order_of_intent()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.05m, 50_000m);
        account.Exit(Btc);

        var waiting = AccountEngine.Unanswered(account.State).ToList();

        Assert.Collection(
            waiting,
            effect => Assert.Equal(OrderRole.Target, Assert.IsType<Effect.Protect>(effect).Order.Intent.Role),
            effect => Assert.Equal(
                account.Order(Btc, OrderRole.Entry), Assert.IsType<Effect.Cancel>(effect).ClientId),
            effect => Assert.Equal(OrderRole.Close, Assert.IsType<Effect.Protect>(effect).Order.Intent.Role));
    }

    [Fact]
    public void An_exit_of_nothing_or_of_what_is_closing_already_changes_nothing()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.05m, 50_000m);
        account.Price(Eth, 3_000m);
        account.Exit(Btc);

        Assert.Empty(account.Exit(Btc));
        Assert.Empty(account.Exit(Eth));
    }

    [Fact]
    public void Answers_for_orders_that_are_known_or_unknown_to_us_change_nothing()
    {
        var account = Entered();
        var entry = account.Order(Btc, OrderRole.Entry);

        Assert.Empty(account.Ask(new Request.CallRejected(entry, "late", "the venue has it")));
        Assert.Empty(account.Ask(new Request.CallUnanswered(entry)));
        Assert.Empty(account.Ask(new Request.NotAtVenue(new ClientOrderId(9_999), "no such order")));
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void Closing_does_not_need_prices()
    {
        var account = Entered();
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Price(SampleFacts.Missing(Btc));

        account.Exit(Btc);

        var close = account.OrderState(Btc, OrderRole.Close).Intent;
        Assert.Equal(new Price(49_500m), close.Limit);
    }

    [Fact]
    public void Only_what_asks_for_new_risk_says_so()
    {
        var prices = SampleFacts.At(Btc, 50_000m);

        Assert.True(new Request.Enter(SamplePlans.Enter(Btc.Id, Side.Buy), prices, []).IsNewRisk);
        Assert.False(new Request.Exit(SamplePlans.Exit(Btc.Id), prices).IsNewRisk);
        Assert.False(new Request.Wake().IsNewRisk);
    }

    private static ScriptedAccount Entered()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        return account;
    }
}
