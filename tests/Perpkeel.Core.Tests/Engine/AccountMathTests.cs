using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Testing.SampleMarkets;

namespace Perpkeel.Core.Tests.Engine;

public sealed class AccountMathTests
{
    [Fact]
    [Trait("Req", "MAR-11")]
    public void The_risk_of_an_account_is_the_chains_and_can_leave_one_market_out()
    {
        var account = Long();

        var whole = Risk(account, without: null);
        var rest = Risk(account, without: Btc.Id);

        var position = PositionMargin.Of(Btc, new BaseQuantums(1_000_000_000), 5_000_000_000);
        Assert.Equal(QuoteQuantums.FromUsdRoundingDown(account.State.Balance), rest.NetCollateral);
        Assert.Equal(rest.With(position), whole);
        Assert.Equal(new QuoteQuantums(150_000_000), whole.Maintenance);
    }

    [Fact]
    public void Equity_is_the_balance_and_the_signed_worth_of_what_is_held()
    {
        var account = Long();

        Assert.Equal(new Usd(4_997.5m), account.State.Balance);
        Assert.Equal(new Usd(10_097.5m), AccountMath.Equity(account.State, _ => new Price(51_000m)));
    }

    [Fact]
    public void A_market_without_good_facts_is_marked_at_the_last_price_seen()
    {
        var account = Long();
        var seen = account.Bracket(Btc) with { LastPrice = new Price(49_500m) };
        var state = account.State with { Brackets = account.State.Brackets.SetItem(Btc.Id, seen) };

        var good = AccountMath.Marks(state, [SampleFacts.At(Btc, 51_000m)]);
        var missing = AccountMath.Marks(state, [SampleFacts.Missing(Btc)]);
        var none = AccountMath.Marks(state, []);

        Assert.Equal(new Price(51_000m), good(Btc.Id));
        Assert.Equal(new Price(49_500m), missing(Btc.Id));
        Assert.Equal(new Price(49_500m), none(Btc.Id));
    }

    [Fact]
    public void A_position_without_a_bracket_is_marked_at_its_entry_and_takes_its_market()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        var position = Long().State.Positions[Btc.Id];
        var state = account.State with { Positions = account.State.Positions.Add(Btc.Id, position) };

        var marks = AccountMath.Marks(state, []);
        var facts = AccountMath.Facts(
            state, account.Engine.Markets, account.Engine.Limits, Btc.Id, marks, 2, account.Now);

        Assert.Equal(position.EntryPrice, marks(Btc.Id));
        Assert.True(facts.MarketIsTaken);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void What_is_held_binds_its_initial_margin_at_the_mark()
    {
        var facts = Facts(Long().State, new Price(51_000m));

        Assert.Equal(new Usd(10_097.5m), facts.Equity);
        Assert.Equal(new Usd(5_100m), facts.GrossExposure);
        Assert.Equal(new Usd(10_097.5m - 1_020m), facts.Available);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void The_rest_of_an_amended_entry_stays_reserved_after_the_first_has_ended()
    {
        var account = Planned();
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.04m, 50_000m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.RestDropped);
        var bracket = account.Bracket(Btc);
        var terms = new EntryTerms { Limit = new Price(50_000m), Time = OrderTime.GoodTilTime };

        Assert.Equal(Size.Zero, AccountMath.Waiting(account.State, bracket));
        Assert.Equal(
            new Size(bracket.Size.Value - 0.04m),
            AccountMath.Waiting(account.State, bracket with { AmendTo = terms }));
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_planned_entry_is_reserved_until_it_is_certain_that_it_is_not_sent()
    {
        var account = Planned();
        var bracket = account.Bracket(Btc);

        Assert.Equal(bracket.Size, AccountMath.Waiting(account.State, bracket));
        Assert.Equal(Size.Zero, AccountMath.Waiting(account.State, bracket with { CloseReason = "signal" }));
        Assert.Equal(Size.Zero, AccountMath.Waiting(account.State, bracket with { StopFailures = 1 }));
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_planned_entry_is_counted_as_a_position_before_there_is_one()
    {
        var state = Planned().State;

        Assert.Empty(state.Positions);
        Assert.Equal(1, Facts(state, new Price(50_000m)).Positions);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_entry_has_room_when_there_is_some_for_all_that_it_places()
    {
        var account = Long();
        var times = Enumerable.Range(0, 13).Select(i => account.Now.AddSeconds(-60 + i));
        var state = account.State with { Placements = new PlacementBudget { Times = [.. times] } };

        Assert.True(Facts(state, default, placements: 2).HasPlacementRoom);
        Assert.False(Facts(state, default, placements: 3).HasPlacementRoom);
    }

    [Fact]
    [Trait("Req", "RSK-2")]
    public void A_change_is_recent_for_less_than_a_minute()
    {
        var account = Long();
        var minute = account.Now.AddMinutes(-1);

        var facts = Facts(account.State with { RecentChanges = [minute, minute.AddTicks(1)] }, default);

        Assert.Equal(1, facts.RecentChanges);
    }

    [Fact]
    public void The_quantile_of_unprotected_time_is_the_least_that_enough_positions_did_not_exceed()
    {
        var counts = new AccountTotals().UnprotectedMs.Add(0, 98).Add(40, 1).Add(900, 1);
        var totals = new AccountTotals { UnprotectedMs = counts };

        Assert.Equal(0, totals.UnprotectedQuantileMs(0.98));
        Assert.Equal(40, totals.UnprotectedQuantileMs(0.99));
        Assert.Equal(900, totals.UnprotectedQuantileMs(1));
        Assert.Equal(0, new AccountTotals().UnprotectedQuantileMs(0.99));
    }

    private static AccountRisk Risk(ScriptedAccount account, MarketId? without) =>
        AccountMath.Risk(account.State, account.Engine.Markets, _ => 5_000_000_000, without);

    private static AccountFacts Facts(AccountState state, Price mark, int placements = 2)
    {
        var account = new ScriptedAccount();
        return AccountMath.Facts(
            state, account.Engine.Markets, account.Engine.Limits, Btc.Id, _ => mark, placements,
            account.Now);
    }

    private static ScriptedAccount Planned()
    {
        var account = new ScriptedAccount().Price(Btc, 49_999m);
        account.Enter(Btc);
        return account;
    }

    private static ScriptedAccount Long()
    {
        var account = Planned();
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.1m, 50_000m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        return account;
    }
}
