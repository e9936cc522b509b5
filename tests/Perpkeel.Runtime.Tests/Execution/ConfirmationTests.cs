using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>No new risk without the venue's word; what shrinks a position never waits for it.</summary>
[Trait("Req", "EXE-1")]
[Trait("Req", "EXE-2")]
public sealed class ConfirmationTests
{
    public static TheoryData<string> Errors => new(Cases.Keys);

    private static readonly Dictionary<string, (AccountError Error, Type Told)> Cases =
        new(StringComparer.Ordinal)
        {
            ["key"] = (new AccountError.NotAuthenticated("a", "revoked"),
                typeof(TradeExecutionError.CredentialRefused)),
            ["network"] = (new AccountError.Network("indexer", "refused"),
                typeof(TradeExecutionError.BalanceFetchFailed)),
            ["rate"] = (new AccountError.RateLimited(TimeSpan.FromSeconds(3)),
                typeof(TradeExecutionError.BalanceFetchFailed)),
            ["down"] = (new AccountError.VenueDown(503, "maintenance"),
                typeof(TradeExecutionError.BalanceFetchFailed)),
            ["malformed"] = (new AccountError.Malformed("equity", "no number"),
                typeof(TradeExecutionError.BalanceFetchFailed)),
            ["old"] = (
                new AccountError.OutOfDate(
                    DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue),
                typeof(TradeExecutionError.BalanceFetchFailed)),
        };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_opening_is_refused_with_what_the_venue_said_of_the_account(string name)
    {
        var (error, told) = Cases[name];
        using var scene = new ExecutorScene();
        scene.Venue.Reads.Fails = error;

        var report = scene.Do(scene.Open());

        Assert.Equal(SignalPhase.Refused, report.Phase);
        Assert.IsType(told, report.Error);
        Assert.Empty(scene.Venue.Orders);
        Assert.Equal([2302], scene.Log.Outcomes);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_position_is_reduced_and_closed_whatever_the_venue_says_of_the_account(string name)
    {
        using var scene = new ExecutorScene().Held();
        scene.Live.Run(60);
        scene.Venue.Reads.Fails = Cases[name].Error;

        var reduced = scene.Do(scene.Of(SignalAction.Reduce, "r", 0.01m), 5);
        var closed = scene.Do(scene.Of(SignalAction.Close, "c"), 5);

        Assert.True(reduced.IsSuccess);
        Assert.True(closed.IsSuccess);
        Assert.Equal(0m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
    }

    [Fact]
    public void A_leverage_that_cannot_be_had_is_told_apart_from_a_balance_that_cannot()
    {
        using var scene = new ExecutorScene();
        scene.Venue.Reads.Then(scene.Venue.Books.Pool()).ThenIsDown();

        var report = scene.Do(scene.Open());

        Assert.IsType<TradeExecutionError.LeverageCalculationFailed>(report.Error);
    }

    /// <summary>
    /// The venue does not know what we have set aside for orders that it does not have yet: what it calls
    /// available is spent once, too.
    /// </summary>
    [Fact]
    [Trait("Req", "EXE-3")]
    public void What_is_reserved_is_not_available_a_second_time_where_the_venue_has_less_than_we()
    {
        using var scene = new ExecutorScene(LiveScene.Usual with
        {
            MaxMarketExposure = 5m,
            RiskPerTrade = 1m,
        });
        scene.Venue.Reads.Has(scene.Venue.Account, ScriptedReads.Cross(1_000m));
        scene.Venue.Next(OrderRole.Stop, new() { ArrivesAfter = TimeSpan.FromSeconds(10) });

        // At a leverage of 5 the first one sets aside about 850 of the 1,000, the second one needs 160.
        var first = scene.Begin(scene.Open("s-1", 0.08m));
        scene.Live.Run(2);
        var other = SampleSignals.Open(SampleMarkets.Eth.Id, scene.Live.Clock.Now, id: "s-2");
        var second = scene.Begin(other with { Size = new Size(0.25m) });
        scene.Live.Run(1);

        Assert.False(first.IsCompleted);
        Assert.IsType<TradeExecutionError.InsufficientBalance>(ExecutorScene.Answer(second).Error);
    }
}
