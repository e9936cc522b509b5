using System.Globalization;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>
/// Facts as a trader would tell them. Keeps the orders in mind, so that each is called by its role.
/// </summary>
internal sealed class StepWords
{
    private readonly Dictionary<ClientOrderId, OrderIntent> _orders = [];
    private decimal _held;

    /// <summary>The next fact in words.</summary>
    public string Of(Fact fact) => fact switch
    {
        Fact.AccountOpened opened => $"account opened on {opened.Source}",
        Fact.Decided { Decision: var decision } =>
            $"{decision.Strategy} decides to {(decision.Action == DecisionAction.Exit ? "exit" : "enter")} "
            + $"{decision.Market}: {decision.Rule}",
        Fact.PlanRefused { Refusal: var refusal } refused =>
            $"refused by {refusal.Code}: limit {refusal.Limit}, actual {refusal.Actual}; "
            + $"no entry is asked for before {Words.Time(refused.EntriesFrom)}",
        Fact.EntryPlanned { Bracket: var bracket } =>
            $"planned {Words.PositionOf(bracket.Side)} {bracket.Size}; its market is taken and its "
            + "collateral set aside",
        Fact.CloseWanted close => $"it is to be closed now: {close.Reason}",
        Fact.OrderIntended { Order: var order } => Intended(order),
        Fact.CancelIntended cancel => $"{Named(cancel.ClientId)} is called back: {cancel.Reason}",
        Fact.CallRejected rejected =>
            $"{Named(rejected.ClientId)} was refused: {rejected.Code} {rejected.Message}",
        Fact.OutcomeUnknown unknown =>
            $"no answer for {Named(unknown.ClientId)}: it may or may not be at the venue, and is looked up",
        Fact.OrderSentAgain again =>
            $"{Named(again.ClientId)} is not at the venue ({again.Evidence}): sent again under the same id",
        Fact.ProtectionAlarm alarm => $"ALARM: no stop at the venue since {Words.ExactTime(alarm.Since)}",
        Fact.BracketEnded ended => $"over: {ended.Reason}",
        Fact.EquityMarked marked => $"account valued at {MoneyOf(marked.Equity)} USD",
        Fact.Reported { Report: var report } => Reported(report),
        _ => SignalWords.Of(fact) ?? fact.GetType().Name,
    };

    /// <summary>Whether a fact is about an order.</summary>
    public static bool IsAbout(Fact fact, uint order) => (fact switch
    {
        Fact.OrderIntended intended => intended.Order.ClientId,
        Fact.CancelIntended cancel => cancel.ClientId,
        Fact.CallRejected rejected => rejected.ClientId,
        Fact.OutcomeUnknown unknown => unknown.ClientId,
        Fact.OrderSentAgain again => again.ClientId,
        Fact.Reported { Report: VenueReport.Opened opened } => opened.Order.ClientId,
        Fact.Reported { Report: VenueReport.Rejected rejected } => rejected.ClientId,
        Fact.Reported { Report: VenueReport.Triggered triggered } => triggered.ClientId,
        Fact.Reported { Report: VenueReport.Filled filled } => filled.ClientId,
        Fact.Reported { Report: VenueReport.Ended ended } => ended.ClientId,
        Fact.Reported { Report: VenueReport.CancelRefused refused } => refused.ClientId,
        _ => (ClientOrderId?)null,
    })?.Value == order;

    private string Intended(OrderIntent order)
    {
        _orders[order.ClientId] = order;
        var when = order.Trigger is { } trigger ? $", wakes at oracle {trigger}" : "";
        var only = order.ReduceOnly ? ", only to reduce" : "";
        return $"{Named(order.ClientId)}: {Words.Of(order.Side)} {order.Size}{when}, "
            + $"at {order.Limit} at worst{only}";
    }

    private string Reported(VenueReport report)
    {
        switch (report)
        {
            case VenueReport.Deposited deposited:
                return $"deposit of {MoneyOf(deposited.Amount)} USD";
            case VenueReport.Opened opened:
                return $"{Named(opened.Order.ClientId)} is at the venue";
            case VenueReport.Rejected rejected:
                return $"{Named(rejected.ClientId)} was refused by the venue: {rejected.Code} "
                    + rejected.Message;
            case VenueReport.Triggered triggered:
                return $"{Named(triggered.ClientId)} was woken by oracle price {triggered.Oracle}";
            case VenueReport.Filled fill:
                return $"{Named(fill.ClientId)} filled: {Words.Of(fill.Side)} {fill.Size} at {fill.Price}, "
                    + $"fee {MoneyOf(fill.Fee)} USD; {Held(fill.Side, fill.Size)}";
            case VenueReport.Liquidated fill:
                return $"the venue {Words.Of(fill.Kind)} {fill.Size} at {fill.Price}; "
                    + Held(fill.Side, fill.Size);
            case VenueReport.Ended ended:
                return $"{Named(ended.ClientId)} {EndingOf(ended)}";
            case VenueReport.CancelRefused refused:
                return $"{Named(refused.ClientId)} could not be called back";
            case VenueReport.FundingPaid paid:
                var rate = (paid.HourlyRate * 100m).ToString("0.######", CultureInfo.InvariantCulture);
                return $"funding {ChangeOf(paid.Payment)} USD at {rate} % an hour";
            default:
                return report.GetType().Name;
        }
    }

    private static string EndingOf(VenueReport.Ended ended) => ended.Ending switch
    {
        OrderEnding.Filled => "is done: all of it filled",
        OrderEnding.Cancelled => $"is cancelled, {ended.FilledSize} of it filled",
        OrderEnding.RestDropped =>
            $"is over: {ended.FilledSize} filled, no counterpart within its limit for the rest",
        OrderEnding.ReduceOnly => $"is over: {ended.FilledSize} filled, nothing more to reduce",
        OrderEnding.Undercollateralized => "is over: the account could not carry the fill",
        OrderEnding.Rejected => "was refused by the venue",
        OrderEnding.Expired => $"has expired, {ended.FilledSize} of it filled",
        _ => $"is over: {Words.Of(ended.Ending)}",
    };

    private string Held(Side side, Size size)
    {
        _held += size.Value * side.Sign();
        return _held == 0m
            ? "nothing is held"
            : $"{Words.PositionOf(Sides.Of(_held))} {Decimals.Text(Math.Abs(_held))} is held";
    }

    private string Named(ClientOrderId id) =>
        _orders.TryGetValue(id, out var order) ? $"{Words.Of(order.Role)} {id}" : $"order {id}";

    private static string MoneyOf(Usd amount) =>
        amount.Value.ToString("#,0.00", CultureInfo.InvariantCulture);

    private static string ChangeOf(Usd amount) =>
        amount.Value.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture);
}
