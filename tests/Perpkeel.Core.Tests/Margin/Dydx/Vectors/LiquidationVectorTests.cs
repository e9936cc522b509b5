using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for liquidations.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class LiquidationVectorTests
{
    [Fact]
    [VectorKind("liquidation.bankruptcyPrice")]
    public void Bankruptcy_price() => VectorCheck.Check(vector =>
        vector.Expect(
            SubaccountLiquidation.BankruptcyPrice(
                vector.Input().Subaccount(), vector.Input().Market(),
                vector.Input("deltaQuantums").Whole(), vector.Input().Perpetuals()),
            price => Assert.Equal(vector.Expected("bankruptcyPriceQuoteQuantums").Whole(), price)));

    [Fact]
    [VectorKind("liquidation.fillablePrice")]
    public void Fillable_price() => VectorCheck.Check(vector => vector.Expect(
        SubaccountLiquidation.Fillable(
            vector.Input().Subaccount(), vector.Input().Market(), vector.Input("deltaQuantums").Whole(),
            vector.Input().Ppm("bankruptcyAdjustmentPpm"),
            vector.Input().Ppm("spreadToMaintenanceMarginRatioPpm"), vector.Input().Perpetuals()),
        price =>
        {
            var expected = Fraction(vector.Expected("fillablePriceRat"));
            Assert.Equal(expected.Numerator * price.Denominator, price.Numerator * expected.Denominator);
        }));

    [Fact]
    [VectorKind("liquidation.fillablePriceToSubticks")]
    public void Fillable_price_to_subticks() =>
        VectorCheck.Check(vector => Assert.Equal(
            vector.Expected("subticks").Whole(),
            Fraction(vector.Input("fillablePriceRat")).ToSubticks(
                vector.Input("isLiquidatingLong").GetBoolean(),
                (int)vector.Input("quantumConversionExponent").Whole(),
                vector.Input("subticksPerTick").Whole())));

    [Fact]
    [VectorKind("liquidation.insuranceFundDelta")]
    public void Insurance_fund_delta() => VectorCheck.Check(vector =>
    {
        var filled = vector.Input("fillAmount").Whole();
        var value = Rounding.ScaleTowardZero(
            vector.Input("subticks").Whole() * filled,
            (int)vector.Input("quantumConversionExponent").Whole());
        var delta = vector.Input("isBuy").GetBoolean() ? filled : -filled;

        vector.Expect(
            SubaccountLiquidation.InsuranceFundDelta(
                vector.Input().Subaccount(), vector.Input().Market(), delta, value,
                vector.Input().Ppm("maxLiquidationFeePpm"), vector.Input().Perpetuals()),
            insurance => Assert.Equal(vector.Expected("insuranceFundDelta").Whole(), insurance));
    });

    [Fact]
    [VectorKind("liquidation.positionNotionalLimits")]
    public void Position_notional_limits() =>
        VectorCheck.Check(vector =>
        {
            var notional = vector.Input().Perpetual().BaseToQuote(
                BigInteger.Abs(vector.Input("quantums").Whole()));

            var limits = LiquidationLimits.Of(
                notional, vector.Input("minPositionNotionalLiquidated").Whole(),
                vector.Input().Ppm("maxPositionPortionLiquidatedPpm"));

            Assert.Equal(vector.Expected("min").Whole(), limits.Least);
            Assert.Equal(vector.Expected("max").Whole(), limits.Most);
        });

    private static FillablePrice Fraction(JsonElement text)
    {
        var parts = text.GetString()!.Split('/');
        var whole = parts.Length > 1 ? parts[1] : "1";
        return new(
            BigInteger.Parse(parts[0], CultureInfo.InvariantCulture),
            BigInteger.Parse(whole, CultureInfo.InvariantCulture));
    }
}
