using System.Globalization;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Runtime.Telemetry;

/// <summary>Facts in words, for logs and screens. Facts that would only repeat another have none.</summary>
public static class FactWords
{
    private const int RowsShown = 3;

    /// <summary>
    /// A fact in words, with its reason and its numbers; null for one that is not worth a line.
    /// </summary>
    public static JournalLine? Of(JournaledFact journaled)
    {
        ArgumentNullException.ThrowIfNull(journaled);
        return Words(journaled.Fact) is var (kind, text) ? new JournalLine(journaled.At, kind, text) : null;
    }

    private static (LineKind Kind, string Text)? Words(Fact fact) => fact switch
    {
        Fact.AccountOpened opened => (LineKind.Plain, $"account opened on {opened.Source}"),
        Fact.Decided decided => (LineKind.Decision, Decided(decided.Decision)),
        Fact.PlanRefused refused => (LineKind.Refusal,
            $"{refused.Market} refused: {refused.Refusal.Code}, limit {refused.Refusal.Limit}, "
            + $"actual {refused.Refusal.Actual}"),
        Fact.EntryPlanned planned => (LineKind.Plain, Planned(planned)),
        Fact.Reported reported => Reported(reported.Report),
        Fact.CallRejected rejected => (LineKind.Refusal,
            $"order {rejected.ClientId} rejected by the venue: {rejected.Code} {rejected.Message}"),
        Fact.OutcomeUnknown unknown => (LineKind.Alarm,
            $"order {unknown.ClientId}: outcome unknown, looking it up"),
        Fact.ProtectionAlarm alarm => (LineKind.Alarm,
            $"{alarm.Market} has had no stop at the venue since {alarm.Since:HH:mm:ss}"),
        Fact.BracketEnded ended => Ended(ended),
        _ => Signals(fact),
    };

    private static (LineKind Kind, string Text)? Signals(Fact fact) => fact switch
    {
        Fact.SignalReceived { Signal: var signal } => (LineKind.Decision,
            $"signal {signal.Id}: {signal.Strategy} wants to {Lower(signal.Action)} {signal.Market}"),
        Fact.SignalRefused refused => (LineKind.Refusal,
            $"signal {refused.Signal} refused: {refused.Error.Code}, {refused.Error.Message}"),
        Fact.SignalEnded ended => (LineKind.Plain, $"signal {ended.Signal} is over: {ended.Reason}"),
        Fact.AddPlanned add => (LineKind.Plain,
            $"{add.Market} planned {add.Size} more, sized by {add.SizedBy}"),
        Fact.AddAbandoned abandoned => (LineKind.Refusal,
            $"{abandoned.Market} addition given up: {abandoned.Reason}"),
        Fact.StopMoved moved => (LineKind.Plain, $"{moved.Market} stop follows to {moved.Trigger}"),
        Fact.OrphanFound orphan => (LineKind.Alarm,
            $"order {orphan.ClientId} stands in {orphan.Market} after its trade: called back"),
        Fact.TradingStopped stopped => (LineKind.Alarm,
            $"new risk stopped by {stopped.By}: {stopped.Reason}"),
        Fact.TradingResumed resumed => (LineKind.Plain, $"new risk resumed by {resumed.By}"),
        Fact.Switched switched => (LineKind.Alarm,
            $"{Lower(switched.Component)} switched {(switched.IsOn ? "on" : "off")} by {switched.By}"),
        _ => null,
    };

    private static string Lower<T>(T name)
        where T : struct, Enum => name.ToString().ToLowerInvariant();

    private static string Decided(Decision decision)
    {
        var rows = decision.Rows.Take(RowsShown)
            .Select(row => $"{row.Market} {Points(row.Score)}");
        var more = decision.Rows.Length > RowsShown
            ? $" (+{decision.Rows.Length - RowsShown})" : string.Empty;
        var side = decision.Side == Side.Buy ? "long" : "short";
        var verb = decision.Action == DecisionAction.Enter ? "enter" : "exit";
        return $"{decision.Strategy}: {verb} {decision.Market} {side}, {decision.Rule}: "
            + string.Join(", ", rows) + more;
    }

    private static string Planned(Fact.EntryPlanned planned)
    {
        var bracket = planned.Bracket;
        return $"{bracket.Market} planned {Word(bracket.Side)} {bracket.Size}, sized by {planned.SizedBy}, "
            + $"stop {bracket.StopTrigger}, target {bracket.TargetTrigger}";
    }

    private static (LineKind Kind, string Text)? Reported(VenueReport report) => report switch
    {
        VenueReport.Deposited deposited => (LineKind.Plain, $"deposit {Money(deposited.Amount)}"),
        VenueReport.Filled fill => (LineKind.Fill,
            $"{fill.Market} filled {Word(fill.Side)} {fill.Size} at {fill.Price}, fee {Money(fill.Fee)}"),
        VenueReport.Rejected rejected => (LineKind.Refusal,
            $"order {rejected.ClientId} rejected by the venue: {rejected.Code} {rejected.Message}"),
        VenueReport.Triggered triggered => (LineKind.Plain,
            $"order {triggered.ClientId} triggered at oracle {triggered.Oracle}"),
        VenueReport.Liquidated fill => (LineKind.Alarm,
            $"{fill.Market} {fill.Kind} {Word(fill.Side)} {fill.Size} at {fill.Price}"),
        VenueReport.FundingPaid paid => (LineKind.Plain,
            $"{paid.Market} funding {Money(paid.Payment)} at "
            + (paid.HourlyRate * 100m).ToString("0.######", CultureInfo.InvariantCulture) + " %/h"),
        _ => null,
    };

    private static (LineKind Kind, string Text) Ended(Fact.BracketEnded ended) => (
        ended.Realised > Usd.Zero ? LineKind.Gain
            : ended.Realised < Usd.Zero ? LineKind.Loss : LineKind.Plain,
        $"{ended.Market} ended by {ended.Reason}: {Money(ended.Realised)} "
        + $"(fees {Money(ended.Fees)}, funding {Money(ended.Funding)})");

    private static string Word(Side side) => side == Side.Buy ? "buy" : "sell";

    private static string Points(int hundredths) =>
        (hundredths / 100m).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Money(Usd amount) =>
        amount.Value.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture);
}
