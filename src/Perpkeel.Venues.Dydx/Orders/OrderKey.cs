using System.Globalization;
using Perpkeel.Venues.Dydx.Protos.Clob;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>What makes an order the same order. Never use one again for another order.</summary>
/// <param name="Subaccount">Whose.</param>
/// <param name="ClientId">The client's number.</param>
/// <param name="Kind">The kind.</param>
/// <param name="ClobPairId">The market.</param>
public readonly record struct OrderKey(
    DydxSubaccount Subaccount, uint ClientId, DydxOrderKind Kind, uint ClobPairId)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Subaccount} {Kind} {ClientId} in clob pair {ClobPairId}");

    internal OrderId ToProto() => new()
    {
        SubaccountId = Subaccount.ToProto(),
        ClientId = ClientId,
        OrderFlags = (uint)Kind,
        ClobPairId = ClobPairId,
    };
}
