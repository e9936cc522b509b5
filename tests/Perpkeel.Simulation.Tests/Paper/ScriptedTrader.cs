using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Paper;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>Sends the same messages at the same times, however often it is started.</summary>
internal sealed class ScriptedTrader
{
    private readonly List<(DateTimeOffset At, OrderIntent? Order, ClientOrderId Cancel)> _script = [];

    public ClientOrderId Order(
        DateTimeOffset at, Market market, OrderKind kind, Side side, decimal size, decimal limit,
        decimal? trigger = null, bool reduceOnly = false)
    {
        var order = new OrderIntent
        {
            ClientId = new ClientOrderId((uint)_script.Count + 1),
            Bracket = 1,
            Market = market.Id,
            Role = reduceOnly ? OrderRole.Stop : OrderRole.Entry,
            Kind = kind,
            Side = side,
            Size = market.FloorToStep(size),
            Limit = market.FloorToTick(limit),
            Trigger = trigger is { } price ? market.FloorToTick(price) : null,
            ReduceOnly = reduceOnly,
            IntendedAt = at,
        };
        _script.Add((at, order, default));
        return order.ClientId;
    }

    public void Cancel(DateTimeOffset at, ClientOrderId id) => _script.Add((at, null, id));

    /// <summary>Sends what an earlier life has not sent.</summary>
    public void Start(PaperVenue gateway, TimeProvider clock)
    {
        foreach (var (at, order, cancel) in _script)
        {
            if (at < gateway.ActedUntil) continue;
            clock.CreateTimer(
                _ => Send(gateway, at, order, cancel), null, at - clock.GetUtcNow(),
                Timeout.InfiniteTimeSpan);
        }
    }

    private static void Send(
        PaperVenue gateway, DateTimeOffset at, OrderIntent? order, ClientOrderId cancel)
    {
        _ = (order is null ? null : AccountEngine.Send(order)) switch
        {
            Effect.Place place => gateway.PlaceAsync(place.Order, CancellationToken.None),
            Effect.Protect protect => gateway.ProtectAsync(protect.Order, CancellationToken.None),
            _ => gateway.CancelAsync(cancel, at, CancellationToken.None),
        };
    }
}
