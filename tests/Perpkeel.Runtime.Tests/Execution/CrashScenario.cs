using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>A story that is told again and again, each time with a death at another place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHeld">Whether a position is held before.</param>
/// <param name="Begin">What the user does half a minute later.</param>
/// <param name="IsTimed">Whether its end may depend on when things happen.</param>
internal sealed record CrashScenario(string Name, bool IsHeld, Action<LiveScene> Begin, bool IsTimed)
{
    /// <summary>Signals of all actions, with and without faults and the user's interruptions.</summary>
    public static IReadOnlyList<CrashScenario> All { get; } = [.. Make()];

    private static IEnumerable<CrashScenario> Make()
    {
        foreach (var step in FaultStep.Sends.Concat(FaultStep.Cancels.Skip(4)))
        {
            yield return Of(step, "undisturbed", (_, _) => { }, isTimed: false);
            yield return Of(
                step, "answer lost after it came",
                (scene, role) => scene.Venue.Next(role, new() { Answer = CallAnswer.Lost }), isTimed: false);
            yield return Of(
                step, "answer lost before it came",
                (scene, role) => scene.Venue.Next(role, new() { Answer = CallAnswer.Lost, Arrives = false }),
                isTimed: false);
        }

        foreach (var step in FaultStep.Sends.Where(
            step => step.Name is "entry" or "entry of an add" or "close" or "entry of a flip"))
        {
            yield return Of(
                step, "rejected", (scene, role) => scene.Venue.Next(role, new() { IsRejected = true }),
                isTimed: false);
            yield return After(step, "user stops and resumes", scene =>
            {
                scene.Ask(new Request.Stop("user", "enough"));
                scene.Run(3);
                scene.Ask(new Request.Resume("user"));
            });
            yield return After(
                step, "user flattens", scene => scene.Ask(new Request.Flatten("user", "enough")));
            yield return After(
                step, "stop is reached", scene => scene.Price(SampleMarkets.Btc, 49_000m));
        }

        yield return new("amendment that fills", false, Amend, IsTimed: false);
    }

    private static CrashScenario Of(
        FaultStep step, string name, Action<LiveScene, OrderRole> arrange, bool isTimed) =>
        new($"{step.Name}, {name}", step.IsHeld, scene =>
        {
            arrange(scene, step.Role);
            step.Begin(new ExecutorScene(scene));
        }, isTimed);

    private static CrashScenario After(FaultStep step, string name, Action<LiveScene> happens) =>
        new($"{step.Name}, {name}", step.IsHeld, scene =>
        {
            step.Begin(new ExecutorScene(scene));
            scene.Run(0.4);
            happens(scene);
        }, IsTimed: true);

    private static void Amend(LiveScene scene)
    {
        var words = new ExecutorScene(scene);
        scene.Send(words.Open("open") with
        {
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        scene.Run(30);
        scene.Send(words.Of(SignalAction.Amend, "amend") with
        {
            Entry = new EntryTerms { Limit = new Price(50_010m), Time = OrderTime.GoodTilTime },
        });
    }
}
