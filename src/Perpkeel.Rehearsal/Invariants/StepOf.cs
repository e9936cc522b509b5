using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>How far a bracket has come, in a word.</summary>
internal static class StepOf
{
    /// <summary>All words, in the order of a life.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "idle", "planned", "stop sent", "stop rests", "entry sent", "entry unknown", "entry rests", "filled",
        "protected", "adding", "amending", "moving stop", "reducing", "stop fired", "closing", "ending",
    ];

    /// <summary>The word for a bracket.</summary>
    public static string Bracket(Bracket bracket, AccountState state)
    {
        var (stop, entry, target) =
            (Find(state, bracket.Stop), Find(state, bracket.Entry), Find(state, bracket.Target));
        if (state.SizeIn(bracket.Market).IsZero) return WithoutPosition(bracket, stop, entry);
        if (stop?.Phase == OrderPhase.Triggered) return "stop fired";
        if (bracket.CloseReason is not null || IsLive(state, bracket.Close)) return "closing";
        if (bracket.PendingAdd is not null) return "adding";
        if (bracket.AmendTo is not null) return "amending";
        if (bracket.OldStop is not null || bracket.MoveStopTo is not null) return "moving stop";
        if (bracket.ReduceBy is not null || IsLive(state, bracket.Reduce)) return "reducing";
        return target is { IsLive: true } && stop is { IsLive: true } ? "protected" : "filled";
    }

    private static string WithoutPosition(Bracket bracket, OrderState? stop, OrderState? entry)
    {
        if (entry is null)
        {
            if (stop is null) return "planned";
            if (stop.IsWorking) return "stop rests";
            return stop.IsLive ? "stop sent" : "ending";
        }

        if (bracket.AmendTo is not null) return "amending";
        return entry.Phase switch
        {
            OrderPhase.Intended => "entry sent",
            OrderPhase.OutcomeUnknown => "entry unknown",
            OrderPhase.Open => "entry rests",
            _ => "ending",
        };
    }

    private static bool IsLive(AccountState state, ClientOrderId? id) =>
        Find(state, id) is { IsLive: true };

    private static OrderState? Find(AccountState state, ClientOrderId? id) =>
        id is { } known ? state.Orders.GetValueOrDefault(known) : null;
}
