using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for margins and risks.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class MarginVectorTests
{
    [Fact]
    [VectorKind("quantums.baseToQuote")]
    public void Base_to_quote() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("quoteQuantums").Whole(),
        vector.Input().Perpetual().BaseToQuote(vector.Input("baseQuantums").Whole())));

    [Fact]
    [VectorKind("quantums.quoteToBase")]
    public void Quote_to_base() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("baseQuantums").Whole(),
        vector.Input().Perpetual().QuoteToBase(vector.Input("quoteQuantums").Whole())));

    [Fact]
    [VectorKind("margin.requirements")]
    public void Requirements() => VectorCheck.Check(vector =>
    {
        var margin = vector.Input().Perpetual().Margin(
            vector.Input("quantums").Whole(), custom: Custom(vector));

        Assert.Equal(vector.Expected("imr").Whole(), margin.Initial);
        Assert.Equal(vector.Expected("mmr").Whole(), margin.Maintenance);
    });

    [Fact]
    [VectorKind("margin.initialMargin")]
    public void Initial_margin() => VectorCheck.Check(vector =>
    {
        var fraction = vector.Input().Tier().EffectiveInitialMarginPpm(
            vector.Input("openInterestQuoteQuantums").Whole(), Custom(vector));

        Assert.Equal(
            vector.Expected("imr").Whole(),
            LiquidityTier.InitialMargin(vector.Input("quoteQuantums").Whole(), fraction));
    });

    [Fact]
    [VectorKind("margin.adjustedImfPpm")]
    public void Adjusted_initial_margin() => VectorCheck.Check(vector =>
        Assert.Equal(
            vector.Expected("imfPpm").Whole(),
            vector.Input().Tier().AdjustedInitialMarginPpm(
                vector.Input("openInterestQuoteQuantums").Whole()).Value));

    [Fact]
    [VectorKind("margin.maintenanceMarginPpm")]
    public void Maintenance_margin_ppm() => VectorCheck.Check(vector =>
        Assert.Equal(
            vector.Expected("maintenanceMarginPpm").Whole(),
            vector.Input().Tier().MaintenanceMarginPpm.Value));

    [Fact]
    [VectorKind("risk.isLiquidatable")]
    public void Is_liquidatable() => Asks(risk => risk.IsLiquidatable);

    [Fact]
    [VectorKind("risk.isInitialCollateralized")]
    public void Is_initial_collateralized() =>
        Asks(risk => risk.IsInitialCollateralized);

    [Fact]
    [VectorKind("risk.isMaintenanceCollateralized")]
    public void Is_maintenance_collateralized() =>
        Asks(risk => risk.IsMaintenanceCollateralized);

    [Fact]
    [VectorKind("risk.compare")]
    public void Order_of_risks() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("cmp").Whole(),
        vector.Input("a").Risk().CompareTo(vector.Input("b").Risk())));

    /// <summary>The rule for a state that is not initially collateralised: the table is about it.</summary>
    [Fact]
    [VectorKind("risk.stateTransition")]
    public void State_transition() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("result").GetString(),
        vector.Input("current").Risk()
            .TransitionToUndercollateralized(vector.Input("next").Risk()).ToString()));

    private static void Asks(Func<SubaccountRisk, bool> question) =>
        VectorCheck.Check(vector =>
            Assert.Equal(vector.Expected("result").GetBoolean(), question(vector.Input().Risk())));

    /// <summary>The account's own fraction; zero is none.</summary>
    private static Ppm? Custom(JsonElement vector) =>
        vector.Input().Ppm("customImfPpm") is { Value: not 0 } custom ? custom : null;
}
