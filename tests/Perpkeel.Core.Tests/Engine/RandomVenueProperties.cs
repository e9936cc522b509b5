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

public sealed class RandomVenueProperties
{
    private const int Cases = 1_500;
    private const int Actions = 80;

    private static readonly RiskLimits Limits = new()
    {
        Cooldown = TimeSpan.Zero,
        MaxDrawdown = 0.9m,
        DailyLoss = 0.9m,
    };

    [Fact]
    [Trait("Req", "EXE-6")]
    public void No_entry_is_live_without_a_resting_stop_unless_its_cancel_was_asked_for() =>
        HoldsAfterRequests(state => Brackets(state).All(bracket =>
            Find(state, bracket.Entry) is not { IsLive: true, CancelAsked: false }
            || Find(state, bracket.Stop) is { Phase: OrderPhase.Open }));

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_bracket_has_one_entry_in_its_life() => HoldsAfterFacts(state => state.Orders.Values
        .Where(order => order.Intent.Role == OrderRole.Entry)
        .GroupBy(order => order.Intent.Bracket)
        .All(entries => entries.Count() == 1));

    [Fact]
    [Trait("Req", "EXE-6")]
    public void What_protects_is_reduce_only_against_the_bracket_and_never_larger() =>
        HoldsAfterFacts(state => Brackets(state).All(bracket => state.Orders.Values
            .Where(order => order.Intent.Bracket == bracket.Id && order.Intent.Role != OrderRole.Entry)
            .All(order => order.Intent.ReduceOnly
                && order.Intent.Side == bracket.Side.Opposite()
                && order.Intent.Size <= bracket.Size)));

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_position_is_on_the_side_of_its_bracket_and_never_larger() =>
        HoldsAfterFacts(state => state.Positions.Values.All(position => position.Size.IsZero
            || (position.Side == state.Brackets[position.Market].Side
                && position.Size.Abs() <= state.Brackets[position.Market].Size)));

    [Fact]
    [Trait("Req", "EXE-3")]
    public void Reservations_cover_what_live_entries_need() =>
        HoldsAfterFacts(state => Brackets(state).All(bracket =>
    {
        if (Find(state, bracket.Entry) is not { IsLive: true } entry) return true;
        var market = SampleMarkets.All.Single(known => known.Id == bracket.Market);
        var reserved = bracket.ReservePerUnit.Value * AccountMath.Waiting(state, bracket).Value;
        var needed = entry.Intent.Limit.Value * entry.Unfilled.Value
            * (AccountMath.InitialFraction(market, Limits) + Limits.TakerFee.Fraction);
        return reserved >= needed;
    }));

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_position_has_a_stop_or_a_close_under_way_or_the_account_is_to_be_woken() =>
        HoldsAfterRequests((account, state) => Brackets(state).All(bracket =>
            state.SizeIn(bracket.Market).IsZero
            || Find(state, bracket.Stop) is { IsLive: true }
            || Find(state, bracket.Close) is { IsLive: true }
            || AccountEngine.NextWake(state, account.Now) is not null));

    [Fact]
    [Trait("Req", "STA-3")]
    public void The_facts_from_the_journal_make_the_state_that_was_decided_on() =>
        Holds((account, venue, actions) =>
    {
        foreach (var action in actions) venue.Act(action);
        var state = ScriptedAccount.Text(account.State);
        account.Restart();
        return string.Equals(state, ScriptedAccount.Text(account.State), StringComparison.Ordinal);
    });

    [Fact]
    [Trait("Req", "STA-3")]
    public void A_restart_in_the_middle_changes_nothing_that_follows()
    {
        Prop.ForAll(Choices, actions =>
        {
            var (straight, stopped) = (Account(), Account());
            var (first, second) = (new RandomVenue(straight), new RandomVenue(stopped));
            for (var i = 0; i < actions.Length; i++)
            {
                if (i == actions.Length / 2) stopped.Restart();
                first.Act(actions[i]);
                second.Act(actions[i]);
            }

            return straight.Venue.Wire.SequenceEqual(stopped.Venue.Wire, StringComparer.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases / 3));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    [Trait("Req", "EXE-3")]
    public void Every_bracket_ends_when_the_venue_has_ended_all_and_the_position_is_flat() =>
        Holds((account, venue, actions) =>
        {
            foreach (var action in actions) venue.Act(action);
            venue.Finish();
            var state = account.State;
            return state.Brackets.IsEmpty && state.Orders.IsEmpty && state.Positions.IsEmpty
                && SampleMarkets.All.All(market => account.Venue.PositionIn(market.Id).IsZero)
                && state.Balance == new Usd(10_000m) + state.Totals.Realised;
        });

    [Fact]
    public void The_script_reaches_what_it_is_meant_to_reach()
    {
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        var alarms = 0L;

        Prop.ForAll(Choices, actions =>
        {
            var account = Account();
            var venue = new RandomVenue(account);
            foreach (var action in actions) venue.Act(action);
            venue.Finish();
            alarms += account.State.Totals.Alarms;
            reasons.UnionWith(account.Facts.Select(fact => fact.Fact).OfType<Fact.BracketEnded>()
                .Select(ended => ended.Reason));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(42UL, 43UL));

        Assert.Superset(
            new HashSet<string>(
                [
                    "stop", "target", "test-exit", "stop-refused", "closed-by-venue", "protection-lost",
                    "not-filled",
                ],
                StringComparer.Ordinal),
            reasons);
        Assert.True(alarms > 0, "no alarm was ever raised");
    }

    private static Arbitrary<int[]> Choices { get; } =
        Gen.ArrayOf(Gen.Choose(0, 1_000_000), Actions).ToArbitrary();

    private static void HoldsAfterFacts(Func<AccountState, bool> invariant) =>
        Holds((account, venue, actions) =>
    {
        var holds = true;
        account.OnFact = (_, state) => holds &= invariant(state);
        foreach (var action in actions) venue.Act(action);
        venue.Finish();
        return holds;
    });

    private static void HoldsAfterRequests(Func<AccountState, bool> invariant) =>
        HoldsAfterRequests((_, state) => invariant(state));

    private static void HoldsAfterRequests(Func<ScriptedAccount, AccountState, bool> invariant) =>
        Holds((account, venue, actions) => actions.All(action =>
        {
            venue.Act(action);
            return invariant(account, account.State);
        }));

    private static void Holds(Func<ScriptedAccount, RandomVenue, int[], bool> property) =>
        Prop.ForAll(Choices, actions =>
        {
            var account = Account();
            return property(account, new RandomVenue(account), actions);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    private static ScriptedAccount Account() => new ScriptedAccount(Limits)
        .Price(SampleMarkets.Btc, 50_000m)
        .Price(SampleMarkets.Eth, 3_000m)
        .Price(SampleMarkets.Sol, 150m);

    private static IEnumerable<Bracket> Brackets(AccountState state) => state.Brackets.Values;

    private static OrderState? Find(AccountState state, ClientOrderId? id) =>
        id is { } known ? state.Orders.GetValueOrDefault(known) : null;
}
