using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine.Signals;

[Trait("Req", "EXE-8")]
public sealed class ChangingSignalTests
{
    private static readonly Market Btc = SampleMarkets.Btc;

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Adding_rests_a_stop_for_all_of_it_before_the_old_one_goes_and_before_the_entry_is_sent()
    {
        var account = Held(0.04m);
        var wire = account.Venue.Wire.Count;

        account.Signal(SampleSignals.Of(SignalAction.Add, Btc.Id, account.Now, "s-2", 0.02m));
        account.Opens(Btc, OrderRole.Stop);
        var old = account.Bracket(Btc).OldStop!.Value;
        account.Hear(account.Venue.Ends(old, OrderEnding.Cancelled));
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.02m, 50_001m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);

        var sent = account.Venue.Wire.Skip(wire).ToList();
        Assert.Equal(
            ["place stop", "cancel stop", "place entry", "cancel target"],
            sent.Select(line => string.Join(' ', line.Split(' ').Take(2))), StringComparer.Ordinal);
        Assert.Equal(new Size(0.06m), account.OrderState(Btc, OrderRole.Stop).Intent.Size);
        Assert.Equal(new Size(0.06m), account.State.SizeIn(Btc.Id));
        Assert.Equal("filled", account.Signal("s-2").Reason);
        Assert.Equal(0, account.Bracket(Btc).UnprotectedMs);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void An_add_whose_stop_is_refused_is_given_up_and_the_old_stop_stays()
    {
        var account = Held(0.04m);
        var before = account.Order(Btc, OrderRole.Stop);
        account.Signal(SampleSignals.Of(SignalAction.Add, Btc.Id, account.Now, "s-2", 0.02m));

        account.Hear(account.Venue.Rejects(account.Order(Btc, OrderRole.Stop)));

        Assert.Equal(before, account.Order(Btc, OrderRole.Stop));
        Assert.Equal(new Size(0.04m), account.Bracket(Btc).Size);
        Assert.Equal("stop-refused", account.Signal("s-2").Reason);
        Assert.Null(account.Bracket(Btc).UnprotectedSince);
        Assert.DoesNotContain(account.Venue.Live, order => order.Intent.Role == OrderRole.Entry);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_planned_add_is_reserved_until_it_is_given_up()
    {
        var account = Held(0.04m);
        var before = Available(account);
        account.Signal(SampleSignals.Of(SignalAction.Add, Btc.Id, account.Now, "s-2", 0.02m));
        var during = Available(account);

        account.Hear(account.Venue.Rejects(account.Order(Btc, OrderRole.Stop)));

        Assert.True(during < before);
        Assert.Equal(before, Available(account));
    }

    [Fact]
    public void A_reduction_closes_a_part_and_leaves_the_stop_alone()
    {
        var account = Held(0.04m);
        var stop = account.Order(Btc, OrderRole.Stop);

        account.Signal(SampleSignals.Of(SignalAction.Reduce, Btc.Id, account.Now, "s-2", 0.01m));
        account.Fills(Btc, OrderRole.Reduce, 0.01m, 50_500m);
        account.Ends(Btc, OrderRole.Reduce, OrderEnding.Filled);

        Assert.Equal(new Size(0.03m), account.State.SizeIn(Btc.Id));
        Assert.Equal(stop, account.Order(Btc, OrderRole.Stop));
        Assert.Equal("filled", account.Signal("s-2").Reason);
        Assert.Equal(new Size(0.01m), account.Signal("s-2").Filled);
        Assert.True(account.Bracket(Btc).CloseReason is null);
    }

    [Fact]
    public void A_reduction_by_all_there_is_closes()
    {
        var account = Held(0.04m);

        account.Signal(SampleSignals.Of(SignalAction.Reduce, Btc.Id, account.Now, "s-2", 5m));

        Assert.Equal("signal", account.Bracket(Btc).CloseReason);
    }

    [Fact]
    [Trait("Req", "EXE-9")]
    public void A_close_ends_its_signal_when_the_bracket_is_over_with_fees_in_the_result()
    {
        var account = Held(0.04m);

        account.Signal(SampleSignals.Of(SignalAction.Close, Btc.Id, account.Now, "s-2"));
        CloseAll(account, 51_000m);

        var ended = account.Facts.Select(fact => fact.Fact).OfType<Fact.BracketEnded>().Single();
        var fees = (0.04m * 50_001m * 0.0005m) + (0.04m * 51_000m * 0.0005m);
        Assert.Equal((0.04m * 999m) - fees, ended.Realised.Value);
        Assert.Equal("signal", account.Signal("s-2").Reason);
        Assert.Equal(new Size(0.04m), account.Signal("s-2").Filled);
    }

    [Fact]
    public void A_flip_opens_the_other_way_once_it_is_flat_and_not_before()
    {
        var account = Held(0.04m);
        var flip = SampleSignals.Open(Btc.Id, account.Now, Side.Sell, "s-2") with
        {
            Action = SignalAction.Flip,
            Size = new Size(0.02m),
        };

        account.Signal(flip);
        Assert.Equal("flip", account.Bracket(Btc).CloseReason);
        CloseAll(account, 50_000m);
        var asked = account.Effects.OfType<Effect.Execute>().Single();
        account.Restart();
        Assert.Contains(
            AccountEngine.Unanswered(account.State), effect => effect is Effect.Execute again
                && again.Signal.Id == flip.Id);
        account.Advance(TimeSpan.FromSeconds(2));
        account.Signal(asked.Signal);

        Assert.Equal((Side.Sell, new Size(0.02m)), (account.Bracket(Btc).Side, account.Bracket(Btc).Size));
        OpenSignalTests.FillAll(account, 49_990m);
        Assert.Equal("filled", account.Signal("s-2").Reason);
        Assert.Empty(account.Signal(flip));
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_amended_entry_is_sent_again_for_its_rest_only_when_the_first_is_over()
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Size = new Size(0.04m),
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        var first = account.Order(Btc, OrderRole.Entry);
        account.Advance(TimeSpan.FromSeconds(2));

        account.Signal(SampleSignals.Of(SignalAction.Amend, Btc.Id, account.Now, "s-2") with
        {
            Entry = new EntryTerms { Limit = new Price(49_950m), Time = OrderTime.GoodTilTime },
        });
        Assert.Equal(first, account.Order(Btc, OrderRole.Entry));
        account.Hear(account.Venue.Fills(first, 0.01m, 49_900m, 0m));
        account.Advance(TimeSpan.FromSeconds(2));
        account.Hear(account.Venue.Ends(first, OrderEnding.Cancelled));
        account.Advance(TimeSpan.FromSeconds(2));
        account.Opens(Btc, OrderRole.Entry);

        var second = account.OrderState(Btc, OrderRole.Entry).Intent;
        Assert.NotEqual(first, second.ClientId);
        Assert.Equal((new Size(0.03m), new Price(49_950m)), (second.Size, second.Limit));
        Assert.Equal("amended", account.Signal("s-2").Reason);
        Assert.Equal(SignalPhase.Working, account.Signal("s-1").Phase);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_stop_follows_the_price_and_rests_before_the_one_before_it_goes()
    {
        var account = Held(0.04m, trailBy: 0.02m);
        var first = account.OrderState(Btc, OrderRole.Stop).Intent;

        Assert.Null(Trailing.Next(account.Bracket(Btc), new Price(50_100m)));
        var wanted = Trailing.Next(account.Bracket(Btc), new Price(52_000m))!.Value;
        account.Price(Btc, 52_000m);
        account.Ask(new Request.MoveStop(
            Btc.Id, account.Bracket(Btc).Id, new Price(wanted), SampleFacts.At(Btc, 52_000m)));
        var second = account.OrderState(Btc, OrderRole.Stop).Intent;
        Assert.Equal(first.ClientId, account.Bracket(Btc).OldStop);
        account.Opens(Btc, OrderRole.Stop);

        Assert.Equal(new Price(50_960m), second.Trigger);
        Assert.Equal($"cancel stop {first.ClientId}", account.Venue.Wire[^1]);
        Assert.Null(account.Bracket(Btc).UnprotectedSince);
        account.Hear(account.Venue.Ends(first.ClientId, OrderEnding.Cancelled));
        Assert.Null(account.Bracket(Btc).OldStop);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_stop_never_moves_back_nor_twice_within_its_pause()
    {
        var account = Held(0.04m, trailBy: 0.02m);
        var bracket = account.Bracket(Btc);

        Assert.Empty(account.Ask(new Request.MoveStop(
            Btc.Id, bracket.Id, bracket.StopTrigger, SampleFacts.At(Btc, 50_000m))));
        account.Ask(new Request.MoveStop(
            Btc.Id, bracket.Id, new Price(50_500m), SampleFacts.At(Btc, 52_000m)));
        account.Opens(Btc, OrderRole.Stop);
        account.Hear(account.Venue.Ends(account.Bracket(Btc).OldStop!.Value, OrderEnding.Cancelled));
        var next = new Request.MoveStop(
            Btc.Id, bracket.Id, new Price(51_000m), SampleFacts.At(Btc, 53_000m));

        Assert.Empty(account.Ask(next));
        account.Advance(Trailing.Pause);
        Assert.NotEmpty(account.Ask(next));
        Assert.Empty(account.Ask(next with { Bracket = bracket.Id + 1 }));
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void Placements_that_are_kept_for_protection_are_not_spent_on_moving_a_stop()
    {
        var account = Held(0.04m, trailBy: 0.02m);
        var full = account.State with
        {
            Placements = new PlacementBudget
            {
                Times = [.. Enumerable.Range(0, 15).Select(i => account.Now.AddSeconds(-60 + (2 * i)))],
            },
        };

        var facts = account.Engine.Decide(
            full, new Request.MoveStop(
                Btc.Id, account.Bracket(Btc).Id, new Price(50_500m), SampleFacts.At(Btc, 52_000m)),
            account.Now);

        Assert.Empty(facts);
    }

    private static Usd Available(ScriptedAccount account) => AccountMath.Facts(
        account.State, account.Engine.Markets, account.Engine.Limits, Btc.Id, _ => new Price(50_000m), 2,
        account.Now).Available;

    private static ScriptedAccount Held(decimal size, decimal? trailBy = null)
    {
        var account = OpenSignalTests.Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Size = new Size(size),
            TrailBy = trailBy,
        });
        OpenSignalTests.FillAll(account);
        account.Advance(TimeSpan.FromSeconds(2));
        return account;
    }

    private static void CloseAll(ScriptedAccount account, decimal price)
    {
        account.Fills(Btc, OrderRole.Close, account.State.SizeIn(Btc.Id).Abs().Value, price);
        account.Ends(Btc, OrderRole.Close, OrderEnding.Filled);
        account.Ends(Btc, OrderRole.Stop, OrderEnding.Cancelled);
        account.Ends(Btc, OrderRole.Target, OrderEnding.Cancelled);
    }
}
