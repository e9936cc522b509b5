using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Instruments;

/// <summary>A perpetual market: its grid of prices and sizes, and the margin it asks for.</summary>
/// <remarks>
/// Derivations as dYdX makes them: one base quantum is 10^<see cref="AtomicResolution"/> base units; the step
/// size is <see cref="StepBaseQuantums"/> of them; the tick size is
/// <see cref="SubticksPerTick"/> * 10^(<see cref="QuantumConversionExponent"/> - 6 - AtomicResolution).
/// </remarks>
public sealed record Market
{
    private const int QuoteResolution = -6;

    /// <summary>The venue's name.</summary>
    public required MarketId Id { get; init; }

    /// <summary>Its place among the markets of a run; the hot path addresses it by this number.</summary>
    public required int Index { get; init; }

    /// <summary>What is traded, e.g. <c>BTC</c>.</summary>
    public required string BaseAsset { get; init; }

    /// <summary>Exponent of the base quantum.</summary>
    public required int AtomicResolution { get; init; }

    /// <summary>Exponent that turns quantums times subticks into quote quantums.</summary>
    public required int QuantumConversionExponent { get; init; }

    /// <summary>Base quantums in one step.</summary>
    public required long StepBaseQuantums { get; init; }

    /// <summary>Subticks in one tick.</summary>
    public required long SubticksPerTick { get; init; }

    /// <summary>Exponent of the integer oracle price: price = integer * 10^exponent.</summary>
    public required int OracleExponent { get; init; }

    /// <summary>Base initial margin fraction.</summary>
    public required Ppm InitialMarginPpm { get; init; }

    /// <summary>Maintenance margin as a fraction of the initial margin.</summary>
    public required Ppm MaintenanceFractionPpm { get; init; }

    /// <summary>
    /// Notional of open interest up to which the initial margin is the base one; used with the upper cap.
    /// </summary>
    public QuoteQuantums OpenInterestLowerCap { get; init; }

    /// <summary>
    /// Notional of open interest from which the initial margin is the whole notional; zero turns the growth
    /// with open interest off.
    /// </summary>
    public QuoteQuantums OpenInterestUpperCap { get; init; }

    /// <summary>Notional with which the book is probed for the funding premium.</summary>
    public QuoteQuantums ImpactNotional { get; init; }

    /// <summary>Whether it shares its collateral pool with others.</summary>
    public MarketType MarketType { get; init; } = MarketType.Cross;

    /// <summary>The market's margin rules as the chain keeps them.</summary>
    public LiquidityTier LiquidityTier => new()
    {
        InitialMarginPpm = InitialMarginPpm,
        MaintenanceFractionPpm = MaintenanceFractionPpm,
        OpenInterestLowerCap = OpenInterestLowerCap,
        OpenInterestUpperCap = OpenInterestUpperCap,
        ImpactNotional = ImpactNotional,
    };

    /// <summary>Base units in one step.</summary>
    public decimal StepSize => StepBaseQuantums * Decimals.PowerOfTen(AtomicResolution);

    /// <summary>Quote units per base unit in one tick.</summary>
    public decimal TickSize =>
        SubticksPerTick
        * Decimals.PowerOfTen(QuantumConversionExponent + QuoteResolution - AtomicResolution);

    /// <summary>Greatest leverage the market allows on the base initial margin.</summary>
    public Leverage MaxLeverage => new(Ppm.One / (decimal)InitialMarginPpm.Value);

    /// <summary>The price of so many ticks.</summary>
    public Price PriceOf(Ticks ticks) => new(ticks.Value * TickSize);

    /// <summary>The size of so many steps.</summary>
    public Size SizeOf(Steps steps) => new(steps.Value * StepSize);

    /// <summary>Whole ticks of a price that lies on the grid.</summary>
    /// <exception cref="ArgumentException">The price is not a whole number of ticks.</exception>
    public Ticks TicksOf(Price price) => new(Whole(price.Value, TickSize, nameof(price)));

    /// <summary>Whole steps of a size that lies on the grid; negative for a negative size.</summary>
    /// <exception cref="ArgumentException">The size is not a whole number of steps.</exception>
    public Steps StepsOf(Size size) => new(Whole(size.Value, StepSize, nameof(size)));

    /// <summary>The price on the grid at or below.</summary>
    public Price FloorToTick(decimal price) => new(Decimals.FloorToMultiple(price, TickSize));

    /// <summary>The price on the grid at or above.</summary>
    public Price CeilingToTick(decimal price) => new(Decimals.CeilingToMultiple(price, TickSize));

    /// <summary>The size on the grid at or below, so that an order never grows.</summary>
    public Size FloorToStep(decimal size) => new(Decimals.FloorToMultiple(size, StepSize));

    /// <summary>So many steps in the chain's base quantums.</summary>
    public BaseQuantums QuantumsOf(Steps steps) => new(steps.Value * StepBaseQuantums);

    /// <summary>
    /// What a fill is worth in quote quantums: floor(subticks * quantums * 10^QCE), without a sign.
    /// </summary>
    /// <remarks>Source: dYdX v4-chain, fill amount in quote quantums rounds down.</remarks>
    public QuoteQuantums FillValue(Ticks price, Steps size) =>
        FillValue(price.Value * SubticksPerTick, size.Value * StepBaseQuantums);

    /// <summary>The same for a price in subticks and an amount in base quantums.</summary>
    /// <param name="subticks">The price; not negative.</param>
    /// <param name="quantums">The amount; not negative.</param>
    public QuoteQuantums FillValue(long subticks, long quantums)
    {
        var product = (Int128)subticks * quantums;
        return QuantumConversionExponent >= 0
            ? new(product * Rounding.PowerOfTen(QuantumConversionExponent))
            : new(Rounding.FloorDivide(product, Rounding.PowerOfTen(-QuantumConversionExponent)));
    }

    private static long Whole(decimal value, decimal unit, string name)
    {
        var count = value / unit;
        return count == decimal.Truncate(count)
            ? (long)count
            : throw new ArgumentException($"{value} is not a multiple of {unit}.", name);
    }
}
