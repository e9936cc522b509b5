using System.Globalization;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>
/// One execution with one fault at one of its steps, to its end: what came of it in a word, and whether
/// everything held that always has to hold.
/// </summary>
internal sealed class FaultLife : IDisposable
{
    private static readonly RiskLimits Limits = LiveScene.Usual with
    {
        OnUnprotected = UnprotectedPolicy.Close,
    };

    private readonly ExecutorScene _scene = new(Limits);
    private readonly FaultStep _step;
    private readonly string _name;
    private readonly int _before;

    public FaultLife(string fault, FaultStep step)
    {
        _name = $"{fault} at {step.Name}";
        _step = step;
        if (step.IsHeld)
        {
            _scene.Held();
            _scene.Live.Run(5);
        }

        _before = _scene.Sent(step.Role).Count();
    }

    public LiveScene Live => _scene.Live;

    public AutoVenue Venue => _scene.Venue;

    /// <summary>Begins the execution; with the time until the step's order has left the process.</summary>
    public FaultLife Begin(bool untilSent = false)
    {
        _step.Begin(_scene);
        for (var i = 0; untilSent && i < 1_000 && !IsReached; i++) Live.Run(0.02);
        return this;
    }

    private bool IsReached => _scene.Sent(_step.Role).Count() > _before
        && (!_step.IsPartly || !_scene.Sent(_step.Role).Last().Filled.IsZero);

    /// <summary>Lets everything end and looks at what there is; gives the outcome in a word.</summary>
    public string Conclude()
    {
        Live.Run(150);
        var signal = Live.State.Signals.GetValueOrDefault(new SignalId(_step.Signal));
        var bare = Venue.Bare.LongestAt(Live.Clock.Now);
        var alarms = Live.State.Totals.Alarms;
        AssertHolds(bare, alarms);
        var outcome = Outcome(signal);
        Live.Ask(new Request.Flatten("test", "over"));
        Live.Run(90);
        AssertNothingIsLeft();
        var words = new List<string> { outcome };
        if (bare > TimeSpan.Zero)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"bare {bare.TotalSeconds:0.0} s"));
        }

        if (alarms > 0) words.Add("alarm, closed");
        return string.Join(", ", words);
    }

    public void Dispose() => _scene.Dispose();

    private string Outcome(SignalState? signal)
    {
        Assert.True(signal is not null, $"{_name}: the signal was lost");
        if (signal.Phase is SignalPhase.Ended or SignalPhase.Refused) return signal.Reason!;
        Assert.True(
            Live.State.UnknownOutcomes > 0 || Live.State.Orders.Values.Any(order => order.Intent.MayRest),
            $"{_name}: the signal goes on, and nothing is unknown");
        return "unknown";
    }

    private void AssertHolds(TimeSpan bare, long alarms)
    {
        Assert.True(Venue.Violations.Count == 0, $"{_name}: {string.Join("; ", Venue.Violations)}");
        foreach (var entries in _scene.Sent(OrderRole.Entry).GroupBy(order => order.Intent.Signal))
        {
            Assert.True(entries.Count() == 1, $"{_name}: {entries.Count()} entries for {entries.Key}");
        }

        Assert.True(
            bare <= Limits.ProtectionDeadline || alarms > 0, $"{_name}: bare for {bare} without an alarm");
        foreach (var (market, size) in Venue.Books.Positions)
        {
            Assert.True(
                Venue.Live.Any(order => order.Intent.Kind == OrderKind.StopMarket
                    && order.Intent.Market == market && order.Remaining.Value >= Math.Abs(size)),
                $"{_name}: {size} {market} without a stop at rest");
        }
    }

    private void AssertNothingIsLeft()
    {
        var state = Live.State;
        Assert.True(state.Brackets.IsEmpty, $"{_name}: {state.Brackets.Count} brackets are left");
        Assert.True(state.Orders.IsEmpty, $"{_name}: {state.Orders.Count} orders are left");
        Assert.True(state.OpenSignals.IsEmpty, $"{_name}: {state.OpenSignals.Count} signals did not end");
        Assert.True(AccountMath.Reserved(state) == Usd.Zero, $"{_name}: a reservation leaked");
        Assert.True(!Venue.Live.Any(), $"{_name}: {Venue.Live.Count()} orders stand at the venue");
        Assert.True(!Venue.Books.Positions.Any(), $"{_name}: a position is left at the venue");
        Assert.True(
            state.Balance.Value == Venue.Books.Cash, $"{_name}: {state.Balance} and {Venue.Books.Cash}");
    }
}
