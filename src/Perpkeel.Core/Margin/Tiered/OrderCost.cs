using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>What an order that opens a position takes from the wallet, in the quote asset.</summary>
/// <remarks>
/// Source: the exchanges' description of the cost to open a position. Only the order itself is looked at, not
/// what is held already. Each figure is rounded once, to the nearest decimal, for parity with the exchange.
/// </remarks>
public readonly record struct OrderCost
{
    /// <summary>A market order to sell is reckoned at least so many times the last price.</summary>
    /// <remarks>Source: the exchanges' description of market orders, 0.15 % above the last price.</remarks>
    public const decimal MarketShortMarkup = 1.0015m;

    /// <summary>Size without its sign x order price.</summary>
    public required decimal Notional { get; init; }

    /// <summary>Initial margin at the order price and the chosen leverage.</summary>
    public required decimal Initial { get; init; }

    /// <summary>
    /// Initial margin at the smaller of the chosen leverage and what the tier of the notional allows.
    /// </summary>
    public required decimal LeastInitial { get; init; }

    /// <summary>
    /// What the position has lost the moment it is open: size x the way the mark price is worse than the
    /// order price; never negative.
    /// </summary>
    public required decimal OpenLoss { get; init; }

    /// <summary>Initial margin + open loss.</summary>
    public decimal Total => Initial + OpenLoss;

    /// <summary>Reckons the cost of an order.</summary>
    /// <param name="table">The tiers of its symbol.</param>
    /// <param name="size">Signed base units: above zero buys, below sells.</param>
    /// <param name="orderPrice">The limit, or what is assumed for a market order.</param>
    /// <param name="markPrice">Mark price.</param>
    /// <param name="leverage">The leverage chosen, 1 or more.</param>
    public static Result<OrderCost, MarginInputError> Of(
        TierTable table, decimal size, decimal orderPrice, decimal markPrice, decimal leverage)
    {
        if (orderPrice <= 0m) return new MarginInputError.NotPositive("order price", orderPrice);
        if (orderPrice > MarginPosition.MostPrice)
        {
            return new MarginInputError.BeyondRange("order price", orderPrice, MarginPosition.MostPrice);
        }

        var nothing = MarginCollateral.Isolated(0m);
        if (!MarginPosition.Create(size, orderPrice, markPrice, leverage, nothing)
            .TryGet(out _, out var error))
        {
            return error;
        }

        var units = Ratio.Of(Math.Abs(size));
        var notional = units * Ratio.Of(orderPrice);
        var loss = size > 0m
            ? Ratio.Of(orderPrice) - Ratio.Of(markPrice)
            : Ratio.Of(markPrice) - Ratio.Of(orderPrice);
        var allowed = WideMargin.TierOf(table, notional).MaxLeverage;
        var least = Leverage.Min(new Leverage(leverage), allowed);
        return new OrderCost
        {
            Notional = notional.RoundToNearest(),
            Initial = (notional / Ratio.Of(leverage)).RoundToNearest(),
            LeastInitial = (notional / Ratio.Of(least.Value)).RoundToNearest(),
            OpenLoss = (units * loss.OrZeroIfNegative()).RoundToNearest(),
        };
    }

    /// <summary>
    /// The price at which a market order to sell is reckoned: the highest of the last price with its markup,
    /// the mark price and the order's own.
    /// </summary>
    /// <param name="lastPrice">Price of the last trade.</param>
    /// <param name="markPrice">Mark price.</param>
    /// <param name="orderPrice">The price that the order would be filled at; the best bid as a rule.</param>
    public static decimal MarketShortPrice(decimal lastPrice, decimal markPrice, decimal orderPrice) =>
        Math.Max(lastPrice * MarketShortMarkup, Math.Max(markPrice, orderPrice));
}
