using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>How the chain liquidates a position that its account can no longer carry.</summary>
/// <remarks>
/// Source: dYdX v4-chain, liquidation configuration and keeper. The figures are the documented governance
/// values. Rationals are compared and rounded in unbounded integers.
/// </remarks>
public static class Liquidation
{
    /// <summary>Share of a position that one block may take.</summary>
    public const long PortionPpm = 100_000;

    /// <summary>Greatest share of a fill's value that goes to the insurance fund.</summary>
    public const long MostFeePpm = 15_000;

    /// <summary>How far the fillable price may lie from the oracle, in maintenance margins.</summary>
    public const long SpreadToMaintenancePpm = 1_500_000;

    /// <summary>How fast the fillable price leaves the oracle as collateral falls.</summary>
    public const long BankruptcyAdjustmentPpm = 1_000_000;

    /// <summary>A position worth no more than this is taken whole.</summary>
    public static QuoteQuantums LeastNotional => new(1_000 * (Int128)QuoteQuantums.PerUsd);

    /// <summary>What one block may take of one subaccount.</summary>
    public static QuoteQuantums MostNotionalPerBlock => new(100_000 * (Int128)QuoteQuantums.PerUsd);

    /// <summary>How much of a position one block may take, in whole steps, without a sign.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="size">Its size without a sign.</param>
    /// <param name="notional">Its worth without a sign.</param>
    public static Steps SizePerBlock(Market market, Steps size, QuoteQuantums notional)
    {
        var limit = Int128.Min(
            NotionalLimit(notional, LeastNotional, PortionPpm).Value, MostNotionalPerBlock.Value);
        if (notional.Value <= limit) return size;

        var steps = (long)((Int128)size.Value * limit / notional.Value);
        return new(Math.Clamp(steps, 1, size.Value));
    }

    /// <summary>
    /// The worst price in whole ticks at which a liquidated position is offered:
    /// (value - ABR * spread * maintenance) / size, where ABR = clamp(1 - collateral / maintenance, 0, 1).
    /// Rounded up when a long is sold and down when a short is bought back.
    /// </summary>
    /// <param name="market">The market.</param>
    /// <param name="quantums">The signed position.</param>
    /// <param name="position">Its margin.</param>
    /// <param name="account">The whole account's risk.</param>
    public static Ticks FillablePrice(
        Market market, BaseQuantums quantums, in PositionMargin position, in AccountRisk account)
    {
        var (numerator, denominator) =
            FillableRatio(quantums, position, account, BankruptcyAdjustmentPpm, SpreadToMaintenancePpm);
        return FillableTicks(market, numerator, denominator, isLong: quantums.Value > 0);
    }

    /// <summary>What one block may take of a position for its size alone, in quote quantums.</summary>
    internal static QuoteQuantums NotionalLimit(QuoteQuantums notional, QuoteQuantums least, long portionPpm)
    {
        var portion = new QuoteQuantums(notional.Value * portionPpm / Ppm.One);
        var floor = notional < least ? notional : least;
        return portion < floor ? floor : portion;
    }

    /// <summary>
    /// The fillable price as a fraction, in quote quantums per base quantum; its denominator is positive.
    /// </summary>
    internal static (BigInteger Numerator, BigInteger Denominator) FillableRatio(
        BaseQuantums quantums, in PositionMargin position, in AccountRisk account, long adjustmentPpm,
        long spreadPpm)
    {
        // ABR in millionths of the maintenance: clamp(adjustment * (1 - TNC / TMMR), 0, 1).
        BigInteger maintenance = account.Maintenance.Value;
        var whole = maintenance * Ppm.One;
        var shortfall = (maintenance - (BigInteger)account.NetCollateral.Value) * adjustmentPpm;
        shortfall = BigInteger.Max(0, BigInteger.Min(shortfall, whole));

        var numerator = ((BigInteger)position.Value.Value * Ppm.One * whole)
            - (shortfall * spreadPpm * (BigInteger)position.Maintenance.Value);
        var denominator = quantums.Value * whole * Ppm.One;
        return denominator.Sign < 0 ? (-numerator, -denominator) : (numerator, denominator);
    }

    /// <summary>
    /// That fraction in whole ticks: up for a long that is sold, down for a short, never below one.
    /// </summary>
    internal static Ticks FillableTicks(
        Market market, BigInteger numerator, BigInteger denominator, bool isLong)
    {
        // Subticks are quote quantums per base quantum over 10^QCE.
        var exponent = market.QuantumConversionExponent;
        if (exponent < 0) numerator *= BigInteger.Pow(10, -exponent);
        else denominator *= BigInteger.Pow(10, exponent);
        denominator *= market.SubticksPerTick;

        var floor = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (remainder.Sign < 0) floor -= 1;
        var ticks = isLong && !remainder.IsZero ? floor + 1 : floor;
        return new(Math.Max(1, (long)ticks));
    }

    /// <summary>
    /// What the account receives (negative: pays) when it closes some or all of a position at
    /// exactly its bankruptcy price: -(change of value) - floor(collateral * |change of maintenance| /
    /// maintenance).
    /// </summary>
    /// <param name="before">Margin of the position before.</param>
    /// <param name="after">Margin of what is left of it.</param>
    /// <param name="account">The whole account's risk before.</param>
    public static QuoteQuantums BankruptcyValue(
        in PositionMargin before, in PositionMargin after, in AccountRisk account)
    {
        var value = after.Value.Value - before.Value.Value;
        BigInteger freed = Int128.Abs(after.Maintenance.Value - before.Maintenance.Value);
        BigInteger maintenance = account.Maintenance.Value;
        var share = (BigInteger)account.NetCollateral.Value * freed;
        var floor = BigInteger.DivRem(share, maintenance, out var remainder);
        if (remainder.Sign < 0) floor -= 1;
        return new(-value - (Int128)floor);
    }

    /// <summary>
    /// What goes to the insurance fund for a liquidation fill; negative when the fund has to pay.
    /// </summary>
    /// <param name="received">Signed value of the fill: positive for a sale.</param>
    /// <param name="bankruptcy">The same at the bankruptcy price.</param>
    public static QuoteQuantums InsuranceDelta(QuoteQuantums received, QuoteQuantums bankruptcy) =>
        InsuranceDelta(received, bankruptcy, MostFeePpm);

    /// <summary>The same with another greatest share.</summary>
    internal static QuoteQuantums InsuranceDelta(
        QuoteQuantums received, QuoteQuantums bankruptcy, long mostFeePpm)
    {
        var over = received - bankruptcy;
        if (over <= QuoteQuantums.Zero) return over;
        var most = Int128.Abs(received.Value) * mostFeePpm / Ppm.One;
        return over.Value < most ? over : new(most);
    }
}
