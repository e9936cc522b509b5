using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>What signals and the user brought about, as a trader would tell it.</summary>
internal static class SignalWords
{
    /// <summary>A fact in words; null for one of another kind.</summary>
    public static string? Of(Fact fact) => fact switch
    {
        Fact.SignalReceived received => Received(received),
        Fact.SignalRefused refused =>
            $"refused, {refused.Error.Code}: {refused.Error.Message} {refused.Error.Mend}"
            + Steps(refused.Steps),
        Fact.SignalReady ready => $"flat: the other way of signal {ready.Signal} is to be opened now",
        Fact.SignalEnded ended => $"signal {ended.Signal} is over: {ended.Reason}"
            + (ended.Error is { } error ? $"; {error.Message} {error.Mend}" : ""),
        Fact.AddPlanned add =>
            $"{add.Size} more are planned, bound by {add.SizedBy}; a stop for all of it comes first"
            + Steps(add.Steps),
        Fact.AddAbandoned abandoned => $"the addition is given up: {abandoned.Reason}",
        Fact.AmendWanted amend => $"the entry is to wait at {amend.Terms.Limit} instead",
        Fact.ReduceWanted reduce => $"{reduce.Size} of it are to be closed now",
        Fact.StopMoved moved =>
            $"the stop follows the price to {moved.Trigger} ({moved.Reason}, oracle {moved.Oracle}); the new "
            + "one rests before the old one goes",
        Fact.OrphanFound orphan =>
            $"order {orphan.ClientId} of ours stands in {orphan.Market} although its trade is over: "
            + "called back",
        Fact.PriceSeen seen => $"the oracle price is {seen.Facts.Oracle} now",
        Fact.TradingStopped stopped => $"new risk is stopped by {stopped.By}: {stopped.Reason}",
        Fact.TradingResumed resumed => $"new risk is taken again, says {resumed.By}",
        Fact.Switched switched =>
            $"{Words.Kebab(switched.Component.ToString())} switched {(switched.IsOn ? "on" : "off")} by "
            + switched.By,
        _ => null,
    };

    /// <summary>The steps of a decision, one after the other.</summary>
    public static string Steps(IReadOnlyList<TraceStep> steps) => steps.Count == 0
        ? ""
        : "; " + string.Join("; ", steps.Select(step => $"{step.Name}: {step.Input} -> {step.Outcome}"));

    private static string Received(Fact.SignalReceived received)
    {
        var signal = received.Signal;
        var size = signal.Size is { } given ? $" {given}" : "";
        var side = signal.Side == Core.Instruments.Side.None ? "" : $" {Words.Of(signal.Side)}";
        var confirmed = received.Confirmed is { Total: { } total, Available: { } free }
            ? $"; the venue confirms {Decimals.Text(total.Value)} USD, {Decimals.Text(free.Value)} free"
            : "";
        var action = Words.Kebab(signal.Action.ToString());
        return $"signal {signal.Id} of {signal.Strategy}: {action}{side}{size} {signal.Market}{confirmed}";
    }
}
