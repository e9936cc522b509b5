using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for margins and risks.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class MarginVectorTests
{
    [Fact]
    public void Base_to_quote() => ChainVectors.Check("quantums.baseToQuote", vector => Assert.Equal(
        vector.Expected("quoteQuantums").Integer(),
        vector.Input().Perpetual().BaseToQuote(vector.Input("baseQuantums").Integer())));

    [Fact]
    public void Quote_to_base() => ChainVectors.Check("quantums.quoteToBase", vector => Assert.Equal(
        vector.Expected("baseQuantums").Integer(),
        vector.Input().Perpetual().QuoteToBase(vector.Input("quoteQuantums").Integer())));

    [Fact]
    public void Requirements() => ChainVectors.Check("margin.requirements", vector =>
    {
        var margin = vector.Input().Perpetual().Margin(
            vector.Input("quantums").Integer(), custom: Custom(vector));

        Assert.Equal(vector.Expected("imr").Integer(), margin.Initial);
        Assert.Equal(vector.Expected("mmr").Integer(), margin.Maintenance);
    });

    [Fact]
    public void Initial_margin() => ChainVectors.Check("margin.initialMargin", vector =>
    {
        var fraction = vector.Input().Tier().EffectiveInitialMarginPpm(
            vector.Input("openInterestQuoteQuantums").Integer(), Custom(vector));

        Assert.Equal(
            vector.Expected("imr").Integer(),
            LiquidityTier.InitialMargin(vector.Input("quoteQuantums").Integer(), fraction));
    });

    [Fact]
    public void Adjusted_initial_margin() => ChainVectors.Check("margin.adjustedImfPpm", vector =>
        Assert.Equal(
            vector.Expected("imfPpm").Integer(),
            vector.Input().Tier().AdjustedInitialMarginPpm(
                vector.Input("openInterestQuoteQuantums").Integer()).Value));

    [Fact]
    public void Maintenance_margin_ppm() => ChainVectors.Check("margin.maintenanceMarginPpm", vector =>
        Assert.Equal(
            vector.Expected("maintenanceMarginPpm").Integer(),
            vector.Input().Tier().MaintenanceMarginPpm.Value));

    [Fact]
    public void Is_liquidatable() => Asks("risk.isLiquidatable", risk => risk.IsLiquidatable);

    [Fact]
    public void Is_initial_collateralized() =>
        Asks("risk.isInitialCollateralized", risk => risk.IsInitialCollateralized);

    [Fact]
    public void Is_maintenance_collateralized() =>
        Asks("risk.isMaintenanceCollateralized", risk => risk.IsMaintenanceCollateralized);

    [Fact]
    public void Order_of_risks() => ChainVectors.Check("risk.compare", vector => Assert.Equal(
        vector.Expected("cmp").Integer(),
        vector.Input("a").Risk().CompareTo(vector.Input("b").Risk())));

    /// <summary>The rule for a state that is not initially collateralised, which the table is about.</summary>
    [Fact]
    public void State_transition() => ChainVectors.Check("risk.stateTransition", vector => Assert.Equal(
        vector.Expected("result").GetString(),
        vector.Input("current").Risk()
            .TransitionToUndercollateralized(vector.Input("next").Risk()).ToString()));

    private static void Asks(string kind, Func<SubaccountRisk, bool> question) =>
        ChainVectors.Check(kind, vector =>
            Assert.Equal(vector.Expected("result").GetBoolean(), question(vector.Input().Risk())));

    /// <summary>The account's own fraction; zero is none.</summary>
    private static Ppm? Custom(JsonElement vector) =>
        vector.Input().Ppm("customImfPpm") is { Value: not 0 } custom ? custom : null;
}
