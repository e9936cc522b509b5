using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>A bracket's orders as they stand.</summary>
internal readonly record struct BracketOrders(
    OrderState? Stop, OrderState? OldStop, OrderState? Entry, OrderState? Target, OrderState? Reduce,
    OrderState? Close)
{
    /// <summary>Whether a stop of it lives.</summary>
    public bool StopLives => Stop is { IsLive: true } || OldStop is { IsLive: true };

    /// <summary>Whether a stop of it was triggered and matches now.</summary>
    public bool StopMatches =>
        Stop is { Phase: OrderPhase.Triggered } || OldStop is { Phase: OrderPhase.Triggered };

    /// <summary>Whether the entry may still fill.</summary>
    public bool EntryLives => Entry is { IsLive: true };

    /// <summary>
    /// Whether a stop for so much rests untriggered at the venue: only then may an entry fill.
    /// </summary>
    public bool Covers(Size size) => Covers(Stop, size) || Covers(OldStop, size);

    /// <summary>Finds all of them.</summary>
    public static BracketOrders Of(Bracket bracket, Func<ClientOrderId, OrderState> find) =>
        new(Find(bracket.Stop, find), Find(bracket.OldStop, find), Find(bracket.Entry, find),
            Find(bracket.Target, find), Find(bracket.Reduce, find), Find(bracket.Close, find));

    private static bool Covers(OrderState? stop, Size size) =>
        stop is { Phase: OrderPhase.Open, CancelAsked: false } && stop.Intent.Size >= size;

    private static OrderState? Find(ClientOrderId? id, Func<ClientOrderId, OrderState> find) =>
        id is { } known ? find(known) : null;
}
