using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>Which way a trigger protects.</summary>
public enum TriggerKind
{
    /// <summary>None: no order has it.</summary>
    None = 0,

    /// <summary>Fires when the price goes against the position: down for a sell, up for a buy.</summary>
    StopLoss = 1,

    /// <summary>Fires when the price goes with the position: up for a sell, down for a buy.</summary>
    TakeProfit = 2,
}

/// <summary>
/// An order as a trader asks for it. A closed family of the kinds that the chain has; each carries exactly
/// the end that its kind has, a block or a time.
/// </summary>
public abstract record DydxOrder
{
    private DydxOrder()
    {
    }

    /// <summary>What all kinds have.</summary>
    public abstract OrderTerms Terms { get; init; }

    /// <summary>The kind that the chain counts it as.</summary>
    public abstract DydxOrderKind Kind { get; }

    /// <summary>A limit order in the memory of nodes.</summary>
    /// <param name="Terms">What all kinds have.</param>
    /// <param name="Price">The worst price.</param>
    /// <param name="GoodTilBlock">The last block that may fill it.</param>
    /// <param name="TimeInForce">What becomes of the rest.</param>
    public sealed record ShortTerm(
        OrderTerms Terms, Price Price, uint GoodTilBlock, TimeInForce TimeInForce) : DydxOrder
    {
        /// <inheritdoc/>
        public override DydxOrderKind Kind => DydxOrderKind.ShortTerm;
    }

    /// <summary>
    /// A market order, which the chain does not have: immediate-or-cancel at the worst acceptable price.
    /// </summary>
    /// <param name="Terms">What all kinds have.</param>
    /// <param name="Reference">The oracle price, or the best price on the other side.</param>
    /// <param name="Slippage">How far beyond it the order may go.</param>
    /// <param name="GoodTilBlock">The last block that may fill it.</param>
    public sealed record Market(
        OrderTerms Terms, Price Reference, Ppm Slippage, uint GoodTilBlock) : DydxOrder
    {
        /// <inheritdoc/>
        public override DydxOrderKind Kind => DydxOrderKind.ShortTerm;
    }

    /// <summary>A limit order stored on the chain.</summary>
    /// <param name="Terms">What all kinds have.</param>
    /// <param name="Price">The worst price.</param>
    /// <param name="GoodTil">When it ends.</param>
    /// <param name="PostOnly">Whether it may only make.</param>
    public sealed record LongTerm(
        OrderTerms Terms, Price Price, GoodTilTime GoodTil, bool PostOnly) : DydxOrder
    {
        /// <inheritdoc/>
        public override DydxOrderKind Kind => DydxOrderKind.LongTerm;
    }

    /// <summary>A stop or target that becomes a market order.</summary>
    /// <param name="Terms">What all kinds have.</param>
    /// <param name="Trigger">Stop or target.</param>
    /// <param name="TriggerPrice">The oracle price at which it fires.</param>
    /// <param name="Slippage">
    /// How far beyond the trigger it may go. A market that gaps further fills nothing of it.
    /// </param>
    /// <param name="GoodTil">When it ends.</param>
    public sealed record TriggeredMarket(
        OrderTerms Terms, TriggerKind Trigger, Price TriggerPrice, Ppm Slippage, GoodTilTime GoodTil)
        : DydxOrder
    {
        /// <inheritdoc/>
        public override DydxOrderKind Kind => DydxOrderKind.Conditional;
    }

    /// <summary>A stop or target that becomes a limit order.</summary>
    /// <param name="Terms">What all kinds have.</param>
    /// <param name="Trigger">Stop or target.</param>
    /// <param name="TriggerPrice">The oracle price at which it fires.</param>
    /// <param name="Price">The worst price.</param>
    /// <param name="GoodTil">When it ends.</param>
    /// <param name="TimeInForce">What becomes of the rest.</param>
    public sealed record TriggeredLimit(
        OrderTerms Terms, TriggerKind Trigger, Price TriggerPrice, Price Price, GoodTilTime GoodTil,
        TimeInForce TimeInForce) : DydxOrder
    {
        /// <inheritdoc/>
        public override DydxOrderKind Kind => DydxOrderKind.Conditional;
    }

    /// <summary>An order that the chain works off in equal legs.</summary>
    /// <param name="Terms">What all kinds have.</param>
    /// <param name="DurationSeconds">300 to 86,400, a multiple of the interval.</param>
    /// <param name="IntervalSeconds">30 to 3,600.</param>
    /// <param name="Tolerance">
    /// How far from the oracle price a leg may go, 0 to 999,999 ppm; ignored where there is a limit.
    /// </param>
    /// <param name="Limit">The worst price of all legs; null for the oracle price with the tolerance.</param>
    /// <param name="GoodTil">Must be in the window, but does not end it.</param>
    public sealed record Twap(
        OrderTerms Terms, uint DurationSeconds, uint IntervalSeconds, Ppm Tolerance, Price? Limit,
        GoodTilTime GoodTil) : DydxOrder
    {
        /// <inheritdoc/>
        public override DydxOrderKind Kind => DydxOrderKind.Twap;
    }
}
