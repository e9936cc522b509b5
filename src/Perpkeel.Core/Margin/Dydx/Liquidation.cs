using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
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

    /// <summary>
    /// How much of a position one block may take, in whole steps, without a sign: all of it where it is worth
    /// no more than the limit, else what the limit is worth at the oracle price, rounded down to a step, but
    /// at least one.
    /// </summary>
    /// <param name="market">Its market.</param>
    /// <param name="size">Its size without a sign.</param>
    /// <param name="notional">Its worth without a sign.</param>
    /// <param name="oraclePrice">Integer oracle price, above zero.</param>
    public static Steps SizePerBlock(Market market, Steps size, QuoteQuantums notional, long oraclePrice)
    {
        var limits = LiquidationLimits.Of(notional.Value, LeastNotional.Value, new Ppm(PortionPpm));
        var limit = Int128.Min((Int128)limits.Most, MostNotionalPerBlock.Value);
        if (notional.Value <= limit) return size;

        var quantums = Perpetual.Of(market, oraclePrice, openInterest: 0).QuoteToBase(limit);
        return new((long)BigInteger.Clamp(quantums / market.StepBaseQuantums, 1, size.Value));
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
        var price = Liquidations.FillablePrice.Of(
            quantums.Value, position.ToRisk(), account.ToUnbounded(),
            new Ppm(BankruptcyAdjustmentPpm), new Ppm(SpreadToMaintenancePpm));
        var subticks = price.ToSubticks(
            isLong: quantums.Value > 0, market.QuantumConversionExponent, market.SubticksPerTick);
        return new((long)BigInteger.Min(subticks / market.SubticksPerTick, long.MaxValue));
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
        in PositionMargin before, in PositionMargin after, in AccountRisk account) =>
        new((Int128)SubaccountLiquidation.Bankruptcy(
            before.ToRisk(), after.ToRisk(), account.ToUnbounded()));

    /// <summary>
    /// What goes to the insurance fund for a liquidation fill; negative when the fund has to pay.
    /// </summary>
    /// <param name="received">Signed value of the fill: positive for a sale.</param>
    /// <param name="bankruptcy">The same at the bankruptcy price.</param>
    public static QuoteQuantums InsuranceDelta(QuoteQuantums received, QuoteQuantums bankruptcy) =>
        InsuranceDelta(received, bankruptcy, new Ppm(MostFeePpm));

    /// <summary>The same with another greatest share of the fill's value.</summary>
    /// <param name="received">Signed value of the fill: positive for a sale.</param>
    /// <param name="bankruptcy">The same at the bankruptcy price.</param>
    /// <param name="mostFee">Greatest share of the fill's value that goes to the fund.</param>
    public static QuoteQuantums InsuranceDelta(
        QuoteQuantums received, QuoteQuantums bankruptcy, Ppm mostFee) =>
        new((Int128)SubaccountLiquidation.Insurance(received.Value, bankruptcy.Value, mostFee));
}
