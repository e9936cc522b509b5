using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// A market as orders see it: its number, its integers and its status. Sizes and prices become the chain's
/// integers here, exactly and never through <c>double</c>.
/// </summary>
/// <remarks>
/// size * 10^-AR are quantums; price * 10^(AR - QCE + 6) are subticks, where AR is
/// <see cref="AtomicResolution"/> and QCE <see cref="QuantumConversionExponent"/>. Source: dYdX v4-chain,
/// <c>x/clob/types</c>.
/// </remarks>
public sealed record OrderGrid
{
    private const int QuoteDecimals = 6;
    private const int MostDecimals = 28;

    /// <summary>2^64 times 10 to this power is below 2^96.</summary>
    private const int MostPower = 9;

    /// <summary>The market's number in the order book, which is not its perpetual's.</summary>
    public required uint ClobPairId { get; init; }

    /// <summary>Exponent of the base quantum: one is 10^this base units. May be zero or positive.</summary>
    public required int AtomicResolution { get; init; }

    /// <summary>Exponent that turns quantums times subticks into quote quantums.</summary>
    public required int QuantumConversionExponent { get; init; }

    /// <summary>Sizes are multiples of so many base quantums.</summary>
    public required ulong StepBaseQuantums { get; init; }

    /// <summary>Prices are multiples of so many subticks.</summary>
    public required uint SubticksPerTick { get; init; }

    /// <summary>What the market lets in.</summary>
    public MarketStatus Status { get; init; } = MarketStatus.Active;

    /// <summary>Base units in one step.</summary>
    public decimal StepSize => StepBaseQuantums * Decimals.PowerOfTen(AtomicResolution);

    /// <summary>Quote units per base unit in one tick.</summary>
    public decimal TickSize => SubticksPerTick * Decimals.PowerOfTen(-PriceExponent);

    /// <summary>
    /// Whether every size and every price of the grid is a decimal: the steps are not zero, and 64 bits times
    /// the power of ten stay below where decimals end.
    /// </summary>
    internal bool IsSound =>
        StepBaseQuantums > 0 && SubticksPerTick > 0
        && AtomicResolution is >= -MostDecimals and <= MostPower
        && QuantumConversionExponent is >= -MostDecimals and <= MostDecimals
        && PriceExponent is >= -MostPower and <= MostDecimals;

    private int PriceExponent => AtomicResolution - QuantumConversionExponent + QuoteDecimals;

    /// <summary>The grid of a market under its number in the order book.</summary>
    public static OrderGrid Of(Market market, uint clobPairId)
    {
        ArgumentNullException.ThrowIfNull(market);
        return new()
        {
            ClobPairId = clobPairId,
            AtomicResolution = market.AtomicResolution,
            QuantumConversionExponent = market.QuantumConversionExponent,
            StepBaseQuantums = (ulong)market.StepBaseQuantums,
            SubticksPerTick = (uint)market.SubticksPerTick,
        };
    }

    /// <summary>
    /// The largest whole number of steps not above a size, in base quantums. Refused where that is none:
    /// the size is never raised.
    /// </summary>
    public Result<ulong, OrderError> QuantumsOf(Size size)
    {
        if (size.Value <= 0m) return OrderError.NoSize(size);
        if (!ExactScale.TryScale(
            size.Value, (uint)Ppm.One, -AtomicResolution, StepBaseQuantums, Toward.Zero, out var quantums))
        {
            return OrderError.TooLarge("size", size.ToString());
        }

        return quantums > 0 ? quantums : OrderError.SizeBelowStep(size, StepSize);
    }

    /// <summary>
    /// A limit price in subticks, rounded so that the limit is never exceeded: down for a buy, up for a sell.
    /// Refused where it is below one tick.
    /// </summary>
    public Result<ulong, OrderError> LimitOf(Side side, Price price) =>
        Subticks(price, (uint)Ppm.One, side == Side.Sell ? Toward.Infinity : Toward.Zero);

    /// <summary>
    /// The worst price that a market order may take, in subticks: the reference price and at most so much
    /// beyond it, rounded toward the market.
    /// </summary>
    /// <param name="side">Which way the order goes.</param>
    /// <param name="reference">The oracle price, or the best price on the other side.</param>
    /// <param name="slippage">Parts per million, from 0 to below 1,000,000.</param>
    public Result<ulong, OrderError> BoundOf(Side side, Price reference, Ppm slippage)
    {
        if (slippage.Value is < 0 or >= Ppm.One) return OrderError.Slippage(slippage);
        return side == Side.Sell
            ? Subticks(reference, (uint)(Ppm.One - slippage.Value), Toward.Infinity)
            : Subticks(reference, (uint)(Ppm.One + slippage.Value), Toward.Zero);
    }

    /// <summary>
    /// A trigger in subticks, rounded so that it fires no later than was meant: down where it fires at or
    /// above the price, up where it fires at or below.
    /// </summary>
    /// <param name="price">The trigger price.</param>
    /// <param name="firesAbove">Whether it fires when the price rises to it.</param>
    public Result<ulong, OrderError> TriggerOf(Price price, bool firesAbove) =>
        Subticks(price, (uint)Ppm.One, firesAbove ? Toward.Zero : Toward.Infinity);

    /// <summary>The size of so many base quantums.</summary>
    /// <exception cref="OverflowException">A decimal cannot hold it.</exception>
    public Size SizeOf(ulong quantums) => new(quantums * Decimals.PowerOfTen(AtomicResolution));

    /// <summary>The price of so many subticks.</summary>
    /// <exception cref="OverflowException">A decimal cannot hold it.</exception>
    public Price PriceOf(ulong subticks) => new(subticks * Decimals.PowerOfTen(-PriceExponent));

    private Result<ulong, OrderError> Subticks(Price price, uint factorPpm, Toward toward)
    {
        if (!ExactScale.TryScale(
            price.Value, factorPpm, PriceExponent, SubticksPerTick, Toward.Zero, out var floor))
        {
            return OrderError.TooLarge("price", price.ToString());
        }

        if (floor == 0) return OrderError.PriceBelowTick(price, TickSize);
        if (toward == Toward.Zero) return floor;
        return ExactScale.TryScale(
            price.Value, factorPpm, PriceExponent, SubticksPerTick, toward, out var ceiling)
            ? ceiling
            : OrderError.TooLarge("price", price.ToString());
    }
}
