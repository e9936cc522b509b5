using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

/// <summary>Formulas in 128 bits say what the unbounded ones say.</summary>
[Trait("Req", "MAR-11")]
public sealed class BoundedFormulaTests
{
    private const long Usd = QuoteQuantums.PerUsd;

    [Fact]
    public void Margin_fraction_of_an_open_interest() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(),
        Gen.Choose(0, 60_000_000).ToArbitrary(),
        Gen.Choose(0, 90_000_000).ToArbitrary(),
        (initial, lower, openInterest) =>
        {
            var tier = new LiquidityTier
            {
                InitialMarginPpm = new Ppm(initial),
                MaintenanceFractionPpm = new Ppm(500_000),
                OpenInterestLowerCap = new QuoteQuantums(lower * Usd),
                OpenInterestUpperCap = new QuoteQuantums(lower * Usd * 3 / 2),
            };
            var notional = (openInterest * Usd) + initial;
            return tier.AdjustedInitialMarginPpm(new QuoteQuantums(notional))
                == tier.AdjustedInitialMarginPpm((BigInteger)notional);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));

    [Fact]
    public void Verdict_on_going_from_one_state_to_another() => Prop.ForAll(
        Gen.Choose(-20, 20).ToArbitrary(), Gen.Choose(0, 10).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(),
        (collateral, maintenance, seed) =>
        {
            var now = Risk(collateral, maintenance);
            return Enumerable.Range(-10, 20).All(move =>
            {
                var next = Risk(collateral + move, Math.Max(0, maintenance + (seed % 5) - 2));
                return now.TransitionTo(next) == now.ToUnbounded().TransitionTo(next.ToUnbounded());
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));

    [Fact]
    public void Settlement_of_funding() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        (quantums, moved) =>
            Funding.SettlementPpm(new BaseQuantums(quantums * 1_000_000_000L), (Int128)moved * Usd)
                == (Int128)Funding.SettlementPpm(quantums * 1_000_000_000L, (BigInteger)moved * Usd))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));

    private static AccountRisk Risk(int collateral, int maintenance) =>
        new(new(collateral), new(2 * maintenance), new(maintenance));
}
