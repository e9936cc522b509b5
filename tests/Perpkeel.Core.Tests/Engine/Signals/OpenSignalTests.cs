using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Engine.Signals;

public sealed class OpenSignalTests
{
    private static readonly Market Btc = SampleMarkets.Btc;

    [Fact]
    [Trait("Req", "EXE-1")]
    public void A_signal_becomes_a_stop_then_an_entry_and_ends_when_its_entry_does()
    {
        var account = Account();

        account.Signal(SampleSignals.Open(Btc.Id, account.Now));
        var stopFirst = account.Venue.Wire.Single();
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.01m, 50_010m);
        Assert.Equal(SignalPhase.Working, account.Signal("s-1").Phase);
        account.Fills(Btc, OrderRole.Entry, account.OrderState(Btc, OrderRole.Entry).Unfilled.Value, 50_020m);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);

        var signal = account.Signal("s-1");
        Assert.StartsWith("place stop", stopFirst, StringComparison.Ordinal);
        Assert.Equal((SignalPhase.Ended, "filled"), (signal.Phase, signal.Reason));
        Assert.Equal(account.State.SizeIn(Btc.Id), signal.Filled);
        Assert.InRange(signal.AveragePrice!.Value, 50_010m, 50_020m);
        Assert.Empty(account.State.OpenSignals);
    }

    [Fact]
    [Trait("Req", "EXE-1")]
    public void Each_step_is_kept_with_what_went_in_and_what_came_out()
    {
        var account = Account();

        account.Signal(SampleSignals.Open(Btc.Id, account.Now), new VenueConfirmation
        {
            Total = new Usd(10_000m),
            Available = new Usd(10_000m),
            BalanceAsOf = account.Now,
            LeverageUsed = 0m,
            LeverageMax = 20m,
            LeverageAsOf = account.Now,
        });

        var planned = account.Facts.Select(fact => fact.Fact).OfType<Fact.EntryPlanned>().Single();
        Assert.Equal(
            ["balance", "leverage", "margin", "size", "reserve"],
            planned.Steps!.Value.Select(step => step.Name), StringComparer.Ordinal);
        Assert.All(planned.Steps.Value, step => Assert.NotEmpty(step.Outcome));
        Assert.Equal("breakout", account.Bracket(Btc).Owner);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void The_same_signal_again_changes_nothing()
    {
        var account = Account();
        var signal = SampleSignals.Open(Btc.Id, account.Now);
        account.Signal(signal);

        Assert.Empty(account.Signal(signal));
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.RestDropped);
        account.Restart();

        Assert.Empty(account.Signal(signal));
        Assert.Equal("not-filled", account.Signal("s-1").Reason);
    }

    [Fact]
    [Trait("Req", "EXE-3")]
    public void What_the_venue_confirms_bounds_what_we_reckon()
    {
        var account = Account();

        account.Signal(SampleSignals.Open(Btc.Id, account.Now), Confirmed(account, 100m));

        Assert.True(account.Bracket(Btc).EntryLimit * account.Bracket(Btc).Size < new Usd(60m));
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void A_market_order_is_no_larger_than_what_rests_within_its_slippage_bound()
    {
        var account = Account();
        account.Depth =
        [
            new DepthLevel(new Price(50_001m), new Size(0.01m)),
            new DepthLevel(new Price(50_400m), new Size(0.02m)),
            new DepthLevel(new Price(51_000m), new Size(50m)),
        ];

        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        var planned = account.Facts.Select(fact => fact.Fact).OfType<Fact.EntryPlanned>().Single();
        Assert.Equal((new Size(0.03m), "depth"), (planned.Bracket.Size, planned.SizedBy));
    }

    [Fact]
    [Trait("Req", "EXE-5")]
    public void An_entry_with_a_limit_waits_there_until_its_time_is_over()
    {
        var account = Account();

        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Entry = new EntryTerms
            {
                Limit = new Price(49_900m),
                Time = OrderTime.PostOnly,
                GoodFor = TimeSpan.FromMinutes(10),
            },
        });
        account.Opens(Btc, OrderRole.Stop);

        var entry = account.OrderState(Btc, OrderRole.Entry).Intent;
        Assert.Equal(
            (OrderKind.Limit, OrderTime.PostOnly, new Price(49_900m), account.Now + TimeSpan.FromMinutes(10)),
            (entry.Kind, entry.Time!.Value, entry.Limit, entry.GoodTil!.Value));
        Assert.True(entry.MayRest);
    }

    [Fact]
    [Trait("Req", "EXE-2")]
    public void A_stop_that_the_venue_refuses_ends_the_signal_with_the_venues_own_code()
    {
        var account = Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now));

        account.Hear(account.Venue.Rejects(account.Order(Btc, OrderRole.Stop)));

        var signal = account.Signal("s-1");
        var error = Assert.IsType<TradeExecutionError.OrderRejected>(signal.Error);
        Assert.Equal(("stop-refused", "scripted"), (signal.Reason, error.VenueCode));
        Assert.Empty(account.State.Brackets);
    }

    [Fact]
    [Trait("Req", "EXE-8")]
    public void A_position_is_closed_by_the_account_itself_when_its_time_is_over()
    {
        var account = Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with { HoldFor = TimeSpan.FromMinutes(30) });
        FillAll(account);

        account.Advance(TimeSpan.FromMinutes(29));
        Assert.Null(account.Bracket(Btc).CloseReason);
        account.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("time-stop", account.Bracket(Btc).CloseReason);
        Assert.True(account.OrderState(Btc, OrderRole.Close).IsLive);
    }

    [Fact]
    [Trait("Req", "EXE-6")]
    public void A_stop_that_fires_while_the_entry_is_open_takes_the_entry_back_first()
    {
        var account = Account();
        account.Signal(SampleSignals.Open(Btc.Id, account.Now) with
        {
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, 0.01m, 49_900m);
        account.Advance(TimeSpan.FromSeconds(2));
        account.Opens(Btc, OrderRole.Target);

        account.Triggers(Btc, OrderRole.Stop, 49_000m);

        Assert.Contains("cancel entry", account.Venue.Wire[^1], StringComparison.Ordinal);
    }

    internal static ScriptedAccount Account(RiskLimits? limits = null, decimal deposit = 10_000m) =>
        new ScriptedAccount(limits ?? new RiskLimits { Cooldown = TimeSpan.Zero }, deposit: deposit)
            .Price(Btc, 50_000m)
            .Price(SampleMarkets.Eth, 2_500m);

    internal static VenueConfirmation Confirmed(ScriptedAccount account, decimal available) => new()
    {
        Total = new Usd(10_000m),
        Available = new Usd(available),
        BalanceAsOf = account.Now,
    };

    /// <summary>The stop rests, the entry fills whole, the target rests.</summary>
    internal static void FillAll(ScriptedAccount account, decimal price = 50_001m)
    {
        account.Opens(Btc, OrderRole.Stop);
        account.Opens(Btc, OrderRole.Entry);
        account.Fills(Btc, OrderRole.Entry, account.OrderState(Btc, OrderRole.Entry).Unfilled.Value, price);
        account.Ends(Btc, OrderRole.Entry, OrderEnding.Filled);
        account.Advance(TimeSpan.FromSeconds(2));
        account.Opens(Btc, OrderRole.Target);
    }
}
