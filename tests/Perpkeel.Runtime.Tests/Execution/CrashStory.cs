using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>A scenario with a death at one commit, to its end, and what always has to hold.</summary>
internal sealed class CrashStory
{
    private static readonly RiskLimits Limits = LiveScene.Usual with
    {
        OnUnprotected = UnprotectedPolicy.Close,
    };

    private CrashStory(int commits, int deaths, TimeSpan bare, string end)
    {
        Commits = commits;
        Deaths = deaths;
        Bare = bare;
        End = end;
    }

    public int Commits { get; }

    public int Deaths { get; }

    /// <summary>The longest time for which a position stood without its stop.</summary>
    public TimeSpan Bare { get; }

    /// <summary>What there is in the end, in words to compare.</summary>
    public string End { get; }

    /// <summary>Tells a scenario; the process dies at a commit, 0 for none.</summary>
    public static CrashStory Of(CrashScenario scenario, int diesAt, bool isDurable) =>
        Of(scenario, [new CommitFault(diesAt, isDurable)],
            $"{scenario.Name}, commit {diesAt}, {(isDurable ? "durable" : "lost")}");

    /// <summary>
    /// Tells a scenario whose processes die one after the other, each after so many commits.
    /// </summary>
    public static CrashStory Again(CrashScenario scenario, int every) => Of(
        scenario, [.. Enumerable.Range(0, 500).Select(life => new CommitFault(every, life % 2 == 0))],
        $"{scenario.Name}, every {every}");

    private static CrashStory Of(CrashScenario scenario, CommitFault[] faults, string name)
    {
        using var scene = new LiveScene(Limits, faults);
        if (scenario.IsHeld) scene.Send(new ExecutorScene(scene).Open("held"));
        scene.Run(30);
        scenario.Begin(scene);
        scene.Run(150);
        AssertHolds(scene, name);
        return new CrashStory(
            faults[0].Commits, scene.Deaths, scene.Venue.Bare.LongestAt(scene.Clock.Now), EndOf(scene));
    }

    private static void AssertHolds(LiveScene scene, string name)
    {
        var (state, venue) = (scene.State, scene.Venue);
        Assert.True(venue.Violations.Count == 0, $"{name}: {string.Join("; ", venue.Violations)}");
        Assert.True(
            venue.Bare.LongestAt(scene.Clock.Now) <= Limits.ProtectionDeadline || state.Totals.Alarms > 0,
            $"{name}: bare for {venue.Bare.LongestAt(scene.Clock.Now)} without an alarm");
        foreach (var entries in venue.Orders.Values.Where(order => order.Intent.Role == OrderRole.Entry)
            .GroupBy(order => order.Intent.Signal))
        {
            var filled = entries.Sum(order => order.Filled.Value);
            var wanted = state.Signals[entries.Key!.Value].Signal.Size!.Value.Value;
            Assert.True(filled <= wanted, $"{name}: {filled} filled of {wanted} for {entries.Key}");
        }

        var ends = scene.Facts.Select(fact => fact.Fact switch
        {
            Fact.SignalEnded ended => ended.Signal,
            Fact.SignalRefused refused => refused.Signal,
            _ => (SignalId?)null,
        }).OfType<SignalId>().ToList();
        Assert.True(
            ends.Count == state.Signals.Count && ends.Distinct().Count() == ends.Count,
            $"{name}: {state.Signals.Count} signals, ends of {string.Join(", ", ends)}");
        if (!venue.Books.Positions.Any() && state.Brackets.IsEmpty)
        {
            Assert.True(AccountMath.Reserved(state) == Usd.Zero, $"{name}: a reservation leaked");
            Assert.True(!venue.Live.Any(), $"{name}: orders are left at the venue");
        }

        Assert.True(state.Balance.Value == venue.Books.Cash, $"{name}: {state.Balance}, {venue.Books.Cash}");
    }

    private static string EndOf(LiveScene scene)
    {
        var signals = scene.State.Signals.Values.Select(signal =>
            $"{signal.Signal.Id} {signal.Phase} {signal.Reason} {signal.Filled}");
        var positions = scene.Venue.Books.Positions.Select(pair => $"{pair.Key} {new Size(pair.Value)}");
        var resting = scene.Venue.Live.Select(order => $"{order.Intent.Role} {order.Intent.Size}").Order(
            StringComparer.Ordinal);
        return string.Join("; ", signals.Concat(positions).Concat(resting).Append(
            $"{new Usd(scene.Venue.Books.Cash)}"));
    }
}
