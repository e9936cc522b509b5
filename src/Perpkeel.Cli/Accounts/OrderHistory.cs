using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Accounts;

/// <summary>
/// Every order that a journal knows, with its end: an account forgets those of ended brackets.
/// </summary>
internal static class OrderHistory
{
    /// <summary>The orders that have ended, in the order in which they were meant.</summary>
    public static IReadOnlyList<OrderRow> Ended(IEnumerable<JournaledFact> facts)
    {
        var orders = new SortedDictionary<ClientOrderId, OrderState>();
        var endedAt = new Dictionary<ClientOrderId, DateTimeOffset>();
        foreach (var fact in facts)
        {
            if (fact.Fact is Fact.OrderIntended { Order: var intent })
            {
                orders[intent.ClientId] = new OrderState
                {
                    Intent = intent,
                    Phase = OrderPhase.Intended,
                    IntendedBy = fact.Sequence,
                };
            }
            else if (Change(fact.Fact) is (var id, { } change) && orders.TryGetValue(id, out var order)
                && order.IsLive)
            {
                orders[id] = change(order);
                if (!orders[id].IsLive) endedAt[id] = fact.At;
            }
        }

        return [.. orders.Values.Where(order => !order.IsLive)
            .Select(order => OrderRow.Of(order) with { EndedAt = endedAt[order.Intent.ClientId] })];
    }

    private static (ClientOrderId Id, Func<OrderState, OrderState>? Change) Change(Fact fact) => fact switch
    {
        Fact.CallRejected rejected => (rejected.ClientId, order => End(order, OrderEnding.Rejected)),
        Fact.Reported { Report: VenueReport.Rejected rejected } =>
            (rejected.ClientId, order => End(order, OrderEnding.Rejected)),
        Fact.Reported { Report: VenueReport.Filled fill } =>
            (fill.ClientId, order => order with { Filled = order.Filled + fill.Size }),
        Fact.Reported { Report: VenueReport.Ended ended } =>
            (ended.ClientId, order => End(order, ended.Ending)),
        _ => default,
    };

    private static OrderState End(OrderState order, OrderEnding ending) =>
        order with { Phase = OrderPhase.Ended, Ending = ending };
}
