using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>Whether a subaccount could carry all of an order, asked when the chain takes it in.</summary>
/// <remarks>
/// Source: the protocol, sections 7.3 and 14. The price is the worse one of limit and oracle, so that no gain
/// is counted that has not been made; the fee is that of a maker, a builder's comes on top.
/// </remarks>
internal static class OrderCollateral
{
    /// <summary>Why an order is refused; null when it is not.</summary>
    /// <param name="ledger">The ledger; nothing in it is changed.</param>
    /// <param name="account">Index of the subaccount; -1 for one that was never used.</param>
    /// <param name="order">The order.</param>
    public static TxResult? FaultOf(ChainLedger ledger, int account, ChainOrder order)
    {
        if (account < 0) return OrderRefusals.NotCollateralized("the subaccount is empty");
        var market = ledger.Markets[order.Id.ClobPair];
        var sign = order.Side.Sign();
        var worth = market.Worth(order.Quantums);
        if (order.Subticks > 0)
        {
            var limit = market.Market.FillValue(order.Subticks, order.Quantums).Value;
            worth = sign > 0 ? Int128.Max(worth, limit) : Int128.Min(worth, limit);
        }

        var rate = ledger.FeeRateOf(order.Id.Subaccount.Owner, order.Id.ClobPair, isTaker: false);
        var fee = TradingFee.Of(new QuoteQuantums(worth), rate).Value
            + (worth * (order.Builder?.FeePpm ?? 0) / Ppm.One);
        var result = ledger.CanUpdate(
            account, (-sign * worth) - fee, [new PositionChange(order.Id.ClobPair, sign * order.Quantums)]);
        return result == UpdateResult.Success
            ? null
            : OrderRefusals.NotCollateralized($"the order is not collateralised: {result}");
    }
}
