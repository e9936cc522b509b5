using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>No kind of vector drops out unseen.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class KindVectorTests
{
    /// <summary>Kinds of margin, all of which the tests of this folder name.</summary>
    [Fact]
    public void Every_kind_that_is_about_margin_has_its_test()
    {
        // How the web page uncrosses a book belongs to market data.
        var kinds = VectorCheck.All()
            .Select(vector => vector.GetProperty("kind").GetString()!)
            .Where(kind => !kind.StartsWith("ui.orderbook.", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        kinds.ExceptWith(
        [
            "account.canUpdate", "account.isLiquidatable", "account.risk", "deleveraging.process",
            "fees.marketChargePpm", "fees.perpetualFeePpm", "fees.stakingDiscountPpm",
            "funding.indexDelta", "funding.maxAbsClampPpm", "funding.premium", "funding.removeTails",
            "funding.sampleMedian", "funding.settlementPpm", "funding.tick",
            "liquidation.bankruptcyPrice", "liquidation.fillablePrice",
            "liquidation.fillablePriceToSubticks", "liquidation.insuranceFundDelta",
            "liquidation.positionNotionalLimits",
            "margin.adjustedImfPpm", "margin.initialMargin", "margin.maintenanceMarginPpm",
            "margin.requirements", "oi.deltaFromMatch", "quantums.baseToQuote", "quantums.quoteToBase",
            "risk.compare", "risk.isInitialCollateralized", "risk.isLiquidatable",
            "risk.isMaintenanceCollateralized", "risk.stateTransition",
            "ui.account.cross", "ui.account.isolated", "ui.market.effectiveImf",
        ]);

        Assert.Empty(kinds);
    }
}
