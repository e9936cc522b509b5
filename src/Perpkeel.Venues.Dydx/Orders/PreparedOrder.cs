using System.Security.Cryptography;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Clob;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// An order in the chain's integers that has passed every rule that needs no state. Only
/// <see cref="OrderFactory"/> makes one.
/// </summary>
public sealed class PreparedOrder
{
    private readonly Order _order;

    internal PreparedOrder(Order order, OrderKey key, OrderGrid grid)
    {
        _order = order;
        Key = key;
        Size = grid.SizeOf(order.Quantums);
        Limit = order.Subticks == 0 ? null : grid.PriceOf(order.Subticks);
        Trigger = order.ConditionalOrderTriggerSubticks == 0
            ? null
            : grid.PriceOf(order.ConditionalOrderTriggerSubticks);
    }

    /// <summary>What makes it the same order.</summary>
    public OrderKey Key { get; }

    /// <summary>The size that goes out, rounded down to the step.</summary>
    public Size Size { get; }

    /// <summary>The worst price that goes out; null for a TWAP without limit.</summary>
    public Price? Limit { get; }

    /// <summary>The trigger that goes out; null for none.</summary>
    public Price? Trigger { get; }

    /// <summary>The last block that may fill it; 0 for an order that is stored on the chain.</summary>
    public uint GoodTilBlock => _order.GoodTilBlock;

    /// <summary>When it ends; zero for a short-term order.</summary>
    public GoodTilTime GoodTil => new(_order.GoodTilBlockTime);

    /// <summary>
    /// SHA-256 of the encoded order: the greater one wins between two of the same id that end at the same
    /// block, and logs of the chain name it.
    /// </summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(_order.ToByteArray()));

    /// <summary>The id under which the Indexer will tell of it, known before it is sent.</summary>
    public Guid IndexerId => IndexerIds.Order(Key);

    /// <summary>The message that places it. Each call gives a new one.</summary>
    public MsgPlaceOrder ToMessage() => new() { Order = _order.Clone() };

    internal Order Proto => _order;

    /// <inheritdoc/>
    public override string ToString() => Key.ToString();
}
