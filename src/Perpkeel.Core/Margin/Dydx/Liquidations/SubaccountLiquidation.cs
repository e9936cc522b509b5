using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Liquidations;

/// <summary>Prices at which the chain closes positions of a subaccount, in unbounded integers.</summary>
/// <remarks>Source: dYdX v4-chain, liquidations keeper.</remarks>
public static class SubaccountLiquidation
{
    /// <summary>
    /// What the account receives in quote quantums (negative: pays) when a change closes some or all of a
    /// position at exactly its bankruptcy price.
    /// </summary>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="market">The position's market.</param>
    /// <param name="delta">Signed change of the position; it must close and not open.</param>
    /// <param name="perpetuals">The markets.</param>
    public static Result<BigInteger, ChainError> BankruptcyPrice(
        Subaccount account, MarketId market, BigInteger delta,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (Fault(account, market, delta, perpetuals) is { } error) return error;
        var risk = account.Settled(perpetuals).RiskWhenSettled(perpetuals);
        if (risk.Maintenance.IsZero) return new ChainError.MaintenanceMarginIsZero();

        var held = account.QuantumsIn(market);
        return Bankruptcy(perpetuals[market].Margin(held), perpetuals[market].Margin(held + delta), risk);
    }

    /// <summary>The worst price at which a position is offered when a change closes some of it.</summary>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="market">The position's market.</param>
    /// <param name="delta">Signed change of the position; it must close and not open.</param>
    /// <param name="adjustment">How fast the price leaves the oracle as collateral falls.</param>
    /// <param name="spread">How far it may lie from the oracle, in maintenance margins.</param>
    /// <param name="perpetuals">The markets.</param>
    public static Result<FillablePrice, ChainError> Fillable(
        Subaccount account, MarketId market, BigInteger delta, Ppm adjustment, Ppm spread,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (Fault(account, market, delta, perpetuals) is { } error) return error;
        var risk = account.Settled(perpetuals).RiskWhenSettled(perpetuals);
        if (risk.Maintenance.IsZero) return new ChainError.MaintenanceMarginIsZero();

        var held = account.QuantumsIn(market);
        return FillablePrice.Of(held, perpetuals[market].Margin(held), risk, adjustment, spread);
    }

    /// <summary>
    /// What goes to the insurance fund for a fill that closes some of a position; negative when the fund has
    /// to pay.
    /// </summary>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="market">The position's market.</param>
    /// <param name="delta">Signed change of the position; it must close and not open.</param>
    /// <param name="fillValue">Worth of the fill in quote quantums, without a sign.</param>
    /// <param name="mostFee">Greatest share of the fill's worth that goes to the fund.</param>
    /// <param name="perpetuals">The markets.</param>
    public static Result<BigInteger, ChainError> InsuranceFundDelta(
        Subaccount account, MarketId market, BigInteger delta, BigInteger fillValue, Ppm mostFee,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var bankruptcy = BankruptcyPrice(account, market, delta, perpetuals);
        if (!bankruptcy.TryGet(out var atBankruptcy, out var error)) return error;
        return Insurance(-delta.Sign * fillValue, atBankruptcy, mostFee);
    }

    /// <summary>
    /// -(change of value) - floor(collateral * |change of maintenance| / maintenance); maintenance is not zero.
    /// </summary>
    internal static BigInteger Bankruptcy(
        in SubaccountRisk before, in SubaccountRisk after, in SubaccountRisk account)
    {
        var freed = BigInteger.Abs(after.Maintenance - before.Maintenance);
        return before.NetCollateral - after.NetCollateral
            - Rounding.FloorDivide(account.NetCollateral * freed, account.Maintenance);
    }

    /// <summary>What was received beyond the bankruptcy price, up to a share of the fill.</summary>
    internal static BigInteger Insurance(BigInteger received, BigInteger bankruptcy, Ppm mostFee)
    {
        var over = received - bankruptcy;
        if (over.Sign <= 0) return over;
        return BigInteger.Min(over, BigInteger.Abs(received) * mostFee.Value / Ppm.One);
    }

    /// <summary>Why a change does not close; null when it does.</summary>
    internal static ChainError? Fault(
        Subaccount account, MarketId market, BigInteger delta,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (account.Missing(perpetuals, [new PerpetualDelta(market, delta)]) is { } missing) return missing;
        var held = account.QuantumsIn(market);
        var closes = held.Sign * delta.Sign < 0 && BigInteger.Abs(delta) <= BigInteger.Abs(held);
        return closes ? null : new ChainError.InvalidPerpetualPositionSizeDelta(market, held, delta);
    }
}
