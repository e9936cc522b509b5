using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>A place in an execution at which something can go wrong.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Role">The order that is under way there.</param>
/// <param name="Signal">The signal that is carried out.</param>
/// <param name="IsHeld">Whether a position is held before.</param>
/// <param name="Begin">Brings the execution there.</param>
internal sealed record FaultStep(
    string Name, OrderRole Role, string Signal, bool IsHeld, Action<ExecutorScene> Begin)
{
    private static readonly Market Btc = SampleMarkets.Btc;

    /// <summary>Every step at which an order is sent.</summary>
    public static IReadOnlyList<FaultStep> Sends { get; } =
    [
        new("stop", OrderRole.Stop, "open", false, Open),
        new("entry", OrderRole.Entry, "open", false, Open),
        new("target", OrderRole.Target, "open", false, Open),
        new("moved stop", OrderRole.Stop, "held", true, Move),
        new("stop of an add", OrderRole.Stop, "add", true, Add),
        new("entry of an add", OrderRole.Entry, "add", true, Add),
        new("reduction", OrderRole.Reduce, "reduce", true, Reduce),
        new("close", OrderRole.Close, "close", true, Close),
        new("close of a flip", OrderRole.Close, "flip", true, Flip),
        new("entry of a flip", OrderRole.Entry, "flip", true, Flip),
    ];

    /// <summary>Every step at which something else can happen: those, and between two fills.</summary>
    public static IReadOnlyList<FaultStep> Moments { get; } =
    [
        .. Sends.Take(2),
        new("entry filled in part", OrderRole.Entry, "open", false, scene =>
        {
            scene.Venue.Next(OrderRole.Entry, new() { Parts = [0.25m, 0.25m, 0.25m, 0.25m] });
            Open(scene);
        })
        {
            IsPartly = true,
        },
        .. Sends.Skip(2),
    ];

    /// <summary>Whether the step is reached with the order's first fill.</summary>
    public bool IsPartly { get; init; }

    /// <summary>Every step at which an order is cancelled.</summary>
    public static IReadOnlyList<FaultStep> Cancels { get; } =
    [
        new("stop after a close", OrderRole.Stop, "close", true, Close),
        new("target after a close", OrderRole.Target, "close", true, Close),
        new("stop that was replaced", OrderRole.Stop, "held", true, Move),
        new("target after an add", OrderRole.Target, "add", true, Add),
        new("entry that rests", OrderRole.Entry, "close", false, OpenAndClose),
    ];

    private static void Open(ExecutorScene scene) => scene.Live.Send(scene.Open("open"));

    private static void Add(ExecutorScene scene) =>
        scene.Live.Send(scene.Of(SignalAction.Add, "add", 0.02m));

    private static void Reduce(ExecutorScene scene) =>
        scene.Live.Send(scene.Of(SignalAction.Reduce, "reduce", 0.01m));

    private static void Close(ExecutorScene scene) => scene.Live.Send(scene.Of(SignalAction.Close, "close"));

    private static void Flip(ExecutorScene scene) =>
        scene.Live.Send(scene.Open("flip", 0.03m, Side.Sell) with { Action = SignalAction.Flip });

    private static void OpenAndClose(ExecutorScene scene)
    {
        scene.Live.Send(scene.Open("open") with
        {
            Entry = new EntryTerms { Limit = new Price(49_900m), Time = OrderTime.GoodTilTime },
        });
        scene.Live.Run(5);
        Close(scene);
    }

    private static void Move(ExecutorScene scene)
    {
        scene.Live.Price(Btc, 50_300m);
        scene.Live.Ask(new Request.MoveStop(
            Btc.Id, scene.Live.State.Brackets[Btc.Id].Id, new Price(49_800m), SampleFacts.At(Btc, 50_300m)));
    }
}
