using Microsoft.Extensions.Logging;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Orders;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>What executions tell: one event for each outcome, and their measures.</summary>
[Trait("Req", "OPS-1")]
public sealed class TellingTests
{
    [Fact]
    public void Each_outcome_is_one_event_of_its_level_with_its_numbers()
    {
        using var scene = new ExecutorScene();
        var signal = scene.Open();

        scene.Do(signal, 5);
        scene.Do(scene.Open("too-large", 99m), 5);
        scene.Do(signal, 5);
        scene.Venue.Next(OrderRole.Entry, new OrderScript { IsRejected = true });
        scene.Do(scene.Of(SignalAction.Add, "refused", 0.01m), 10);

        var told = scene.Log.Lines.Where(line => line.Event is >= 2301 and <= 2304).ToList();
        Assert.Equal(
            [
                (2301, LogLevel.Information), (2302, LogLevel.Warning), (2304, LogLevel.Information),
                (2303, LogLevel.Error),
            ],
            told.Select(line => (line.Event, line.Level)));
        Assert.Equal(
            "Signal s-1 of auto/test/owner: Open BTC-USD filled, 0.04 at 50001, slippage 0, fees 1.000020, "
            + "720 ms.",
            told[0].Line);
        Assert.Contains("Open BTC-USD refused, ", told[1].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_quantity_price_and_slippage_are_measured_and_outcomes_counted()
    {
        using var scene = new ExecutorScene();

        scene.Do(scene.Open(), 5);
        scene.Do(scene.Open("too-large", 99m), 5);

        var meters = scene.Live.Account.Meters;
        Assert.Equal(
            [(1d, "done"), (1d, "refused")], meters.All("perpkeel.execution.signals"));
        Assert.Equal(2, meters.All("perpkeel.execution.duration").Count);
        Assert.Equal(0.72, meters.All("perpkeel.execution.duration")[0].Value, 3);
        Assert.Equal(0.04, meters.Sum("perpkeel.execution.quantity"), 6);
        Assert.Equal(50_001, meters.Sum("perpkeel.execution.price"), 6);
        Assert.Equal([(0d, null)], meters.All("perpkeel.execution.slippage"));
        Assert.All(
            meters.Instruments.Where(each => each.Name.StartsWith(
                "perpkeel.execution.", StringComparison.Ordinal)),
            each => Assert.True(each.Unit?.Length > 0 && each.Description?.Length > 0, each.Name));
    }

    [Fact]
    public void A_fill_at_a_worse_price_is_slippage_by_its_share()
    {
        using var scene = new ExecutorScene();
        scene.Venue.Arrived = order =>
        {
            if (order.Intent.Role == OrderRole.Entry) scene.Live.Price(ExecutorScene.Btc, 50_100m);
        };

        var report = scene.Do(scene.Open(), 5);

        Assert.Equal(50_101m, report.AveragePrice);
        Assert.Equal(100m / 50_001m, report.Slippage);
        Assert.Equal(
            (double)(100m / 50_001m), scene.Live.Account.Meters.Sum("perpkeel.execution.slippage"), 9);
    }
}
