using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

/// <summary>
/// The chain's own test tables against our functions. A count says how many of a kind fit, so that none drops
/// out unseen; what does not fit is named where it is left out.
/// </summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class ChainVectorTests
{
    /// <summary>Left out: two whose amounts are beyond 64 bits, which no market of ours can hold.</summary>
    [Fact]
    public void Base_to_quote() => Check("quantums.baseToQuote", 10,
        vector => vector.GetProperty("input").FitsLong("baseQuantums"),
        vector => Assert.Equal(
            vector.Expected("quoteQuantums").Integer(),
            PositionMargin.Worth(
                ChainVectors.Market(vector.GetProperty("input")), vector.Input("baseQuantums").Integer(),
                (long)vector.Input("price").Integer())));

    /// <summary>Left out: two whose initial margin grows with open interest.</summary>
    [Fact]
    public void Requirements() => Check("margin.requirements", 9,
        vector => ChainVectors.IsFlat(vector.GetProperty("input"))
            && vector.Input("customImfPpm").Integer() == 0,
        vector =>
        {
            var margin = Margin(vector);
            Assert.Equal(vector.Expected("imr").Integer(), margin.Initial.Value);
            Assert.Equal(vector.Expected("mmr").Integer(), margin.Maintenance.Value);
        });

    /// <summary>Maintenance does not hang on open interest: all of them.</summary>
    [Fact]
    public void Maintenance_requirements() =>
        Check("margin.requirements", 11, _ => true, vector => Assert.Equal(
        vector.Expected("mmr").Integer(),
        Margin(vector).Maintenance.Value));

    /// <summary>Left out: two whose initial margin grows with open interest.</summary>
    [Fact]
    public void Initial_margin() => Check("margin.initialMargin", 3,
        vector => vector.Input("openInterestUpperCap").Integer() == 0
            && vector.Input("customImfPpm").Integer() == 0,
        vector => Assert.Equal(
            vector.Expected("imr").Integer(),
            WorthItself(vector, vector.Input("quoteQuantums").Integer()).Initial.Value));

    /// <summary>
    /// We have no such ppm: a maintenance margin of a million quantums, rounded up twice, is compared.
    /// </summary>
    [Fact]
    public void Maintenance_margin_ppm() => Check("margin.maintenanceMarginPpm", 4, _ => true, vector =>
    {
        var maintenance = WorthItself(vector, Ppm.One).Maintenance.Value;
        Assert.InRange(maintenance - vector.Expected("maintenanceMarginPpm").Integer(), 0, 1);
    });

    [Fact]
    public void Is_liquidatable() => Check("risk.isLiquidatable", 5, _ => true, vector => Assert.Equal(
        vector.Expected("result").GetBoolean(), Risk(vector.GetProperty("input")).IsLiquidatable));

    [Fact]
    public void Is_initial_collateralized() => Check("risk.isInitialCollateralized", 3, _ => true, vector =>
        Assert.Equal(
            vector.Expected("result").GetBoolean(),
            Risk(vector.GetProperty("input")).IsInitiallyCollateralized));

    [Fact]
    public void State_transition() => Check("risk.stateTransition", 4, _ => true, vector =>
    {
        var from = Risk(vector.Input("current"));
        var result = AccountRisk.MayMove(from, Risk(vector.Input("next"))) ? "Success"
            : from.IsInitiallyCollateralized ? "NewlyUndercollateralized" : "StillUndercollateralized";
        Assert.Equal(vector.Expected("result").GetString(), result);
    });

    /// <summary>Left out: two that expect the refusal of a position which is not there.</summary>
    [Fact]
    public void Fillable_price() =>
        Check("liquidation.fillablePrice", 9, vector => !vector.ExpectsError(), vector =>
    {
        var (perpetual, quantums) = ChainVectors.Subject(vector);
        var (numerator, denominator) = Liquidation.FillableRatio(
            new BaseQuantums(quantums), ChainVectors.Margin(perpetual, quantums),
            ChainVectors.Account(vector),
            (long)vector.Input("bankruptcyAdjustmentPpm").Integer(),
            (long)vector.Input("spreadToMaintenanceMarginRatioPpm").Integer());
        var (above, below) = Fraction(vector.Expected("fillablePriceRat"));
        Assert.Equal(above * denominator, numerator * below);
    });

    [Fact]
    public void Fillable_price_to_subticks() =>
        Check("liquidation.fillablePriceToSubticks", 5, _ => true, vector =>
    {
        var (above, below) = Fraction(vector.Input("fillablePriceRat"));
        var market = SampleMarkets.Btc with
        {
            QuantumConversionExponent = (int)vector.Input("quantumConversionExponent").Integer(),
            SubticksPerTick = (long)vector.Input("subticksPerTick").Integer(),
        };
        var ticks = Liquidation.FillableTicks(
            market, above, below, vector.Input("isLiquidatingLong").GetBoolean());
        Assert.Equal(vector.Expected("subticks").Integer(), (Int128)ticks.Value * market.SubticksPerTick);
    });

    /// <summary>Left out: three that expect the refusal of a size that the position does not have.</summary>
    [Fact]
    public void Bankruptcy_price() =>
        Check("liquidation.bankruptcyPrice", 8, vector => !vector.ExpectsError(),
        vector => Assert.Equal(
            vector.Expected("bankruptcyPriceQuoteQuantums").Integer(),
            Bankruptcy(vector, (long)vector.Input("deltaQuantums").Integer()).Value));

    [Fact]
    public void Insurance_fund_delta() => Check("liquidation.insuranceFundDelta", 8, _ => true, vector =>
    {
        var sign = vector.Input("isBuy").GetBoolean() ? 1 : -1;
        var filled = (long)vector.Input("fillAmount").Integer();
        var market = SampleMarkets.Btc with
        {
            QuantumConversionExponent = (int)vector.Input("quantumConversionExponent").Integer(),
            SubticksPerTick = 1,
            StepBaseQuantums = 1,
        };
        var value = market.FillValue(new Ticks((long)vector.Input("subticks").Integer()), new Steps(filled));
        var delta = Liquidation.InsuranceDelta(
            new(-sign * value.Value), Bankruptcy(vector, sign * filled),
            (long)vector.Input("maxLiquidationFeePpm").Integer());
        Assert.Equal(vector.Expected("insuranceFundDelta").Integer(), delta.Value);
    });

    /// <summary>
    /// We keep the greater of both limits only: the least is compared where no portion is taken.
    /// </summary>
    [Fact]
    public void Position_notional_limits() =>
        Check("liquidation.positionNotionalLimits", 2, _ => true, vector =>
    {
        var notional = new QuoteQuantums(PositionMargin.Worth(
            ChainVectors.Market(vector.GetProperty("input")), vector.Input("quantums").Integer(),
            (long)vector.Input("price").Integer()));
        var least = new QuoteQuantums(vector.Input("minPositionNotionalLiquidated").Integer());
        var portion = (long)vector.Input("maxPositionPortionLiquidatedPpm").Integer();
        Assert.Equal(
            vector.Expected("max").Integer(), Liquidation.NotionalLimit(notional, least, portion).Value);
        Assert.Equal(vector.Expected("min").Integer(), Liquidation.NotionalLimit(notional, least, 0).Value);
    });

    [Fact]
    public void Funding_index_delta() => Check("funding.indexDelta", 2, _ => true, vector => Assert.Equal(
        vector.Expected("indexDelta").Integer(),
        Funding.IndexDelta(
            ChainVectors.Market(vector.GetProperty("input")),
            new Ppm((long)vector.Input("rate8hPpm").Integer()),
            (long)vector.Input("price").Integer(), (long)vector.Input("secondsSinceLastFunding").Integer())));

    /// <summary>
    /// We settle whole quantums: the vector's millionths are rounded down as the chain does it next.
    /// </summary>
    [Fact]
    public void Funding_settlement() => Check("funding.settlementPpm", 8, _ => true, vector =>
    {
        var delta = vector.Input("perpetualFundingIndex").Integer()
            - vector.Input("positionFundingIndex").Integer();
        var settled = Funding.Settle(
            new BaseQuantums((long)vector.Input("positionQuantums").Integer()), delta);
        Assert.Equal(
            Rounding.FloorDivide(vector.Expected("settlementPpm").Integer(), Ppm.One), settled.Value);
    });

    private static void Check(
        string kind, int count, Func<JsonElement, bool> fits, Action<JsonElement> check)
    {
        Assert.SkipUnless(File.Exists(ChainVectors.File), $"There are no vectors at {ChainVectors.File}.");

        var vectors = ChainVectors.OfKind(kind).Where(fits).ToList();

        Assert.Equal(count, vectors.Count);
        Assert.All(vectors, check);
    }

    private static PositionMargin Margin(JsonElement vector) =>
        ChainVectors.Margin(vector.GetProperty("input"), (long)vector.Input("quantums").Integer());

    private static AccountRisk Risk(JsonElement source) =>
        new(source.Quote("nc"), source.Quote("imr"), source.Quote("mmr"));

    private static QuoteQuantums Bankruptcy(JsonElement vector, long delta)
    {
        var (perpetual, quantums) = ChainVectors.Subject(vector);
        return Liquidation.BankruptcyValue(
            ChainVectors.Margin(perpetual, quantums), ChainVectors.Margin(perpetual, quantums + delta),
            ChainVectors.Account(vector));
    }

    /// <summary>The margin of a position that is worth a given number of quote quantums.</summary>
    private static PositionMargin WorthItself(JsonElement vector, Int128 quote)
    {
        var input = vector.GetProperty("input");
        var market = SampleMarkets.Btc with
        {
            AtomicResolution = -6,
            OracleExponent = 0,
            InitialMarginPpm = new Ppm((long)input.Integer("initialMarginPpm")),
            MaintenanceFractionPpm = new Ppm((long)input.Integer("maintenanceFractionPpm")),
        };
        return PositionMargin.Of(market, new BaseQuantums((long)quote), 1);
    }

    private static (BigInteger Above, BigInteger Below) Fraction(JsonElement text)
    {
        var parts = text.GetString()!.Split('/');
        return (
            BigInteger.Parse(parts[0], CultureInfo.InvariantCulture),
            BigInteger.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
