using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for funding.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class FundingVectorTests
{
    [Fact]
    public void Index_delta() => VectorCheck.Check("funding.indexDelta", vector => Assert.Equal(
        vector.Expected("indexDelta").Whole(),
        FundingTick.IndexDeltaOf(
            vector.Input().Perpetual(), vector.Input().Ppm("rate8hPpm"),
            (long)vector.Input("secondsSinceLastFunding").Whole())));

    [Fact]
    public void Settlement() => VectorCheck.Check("funding.settlementPpm", vector => Assert.Equal(
        vector.Expected("settlementPpm").Whole(),
        Funding.SettlementPpm(
            vector.Input("positionQuantums").Whole(),
            vector.Input("perpetualFundingIndex").Whole()
                - vector.Input("positionFundingIndex").Whole())));

    [Fact]
    public void Greatest_rate() => VectorCheck.Check("funding.maxAbsClampPpm", vector => Assert.Equal(
        vector.Expected("maxAbsPpm").Whole(),
        FundingTick.Most(vector.Input().Tier(), vector.Input().Ppm("clampFactorPpm")).Value));

    [Fact]
    public void Samples_without_tails() => VectorCheck.Check("funding.removeTails", vector => Assert.Equal(
        Ppms(vector.Expected("samples")),
        PremiumSamples.WithoutTails(
            Ppms(vector.Input("samples")), vector.Input().Ppm("removalRatePpm"))));

    /// <summary>A sample of zero is not kept, so what is expected has none.</summary>
    [Fact]
    public void Sample_median() => VectorCheck.Check("funding.sampleMedian", vector =>
    {
        var samples = vector.Input("votesByPerpetual").EnumerateObject().Select(
            market => (market.Name, Sample: PremiumSamples.Median(
                Ppms(market.Value), (int)vector.Input("numPremiums").Whole(),
                (int)vector.Input("minNumVotesPerSample").Whole())));

        Assert.Equal(
            vector.Expected("newNonZeroSamples").EnumerateObject().Select(
                market => (market.Name, Sample: new Ppm((long)market.Value.Whole())))
                .OrderBy(sample => sample.Name, StringComparer.Ordinal),
            samples.Where(sample => sample.Sample.Value != 0)
                .OrderBy(sample => sample.Name, StringComparer.Ordinal));
    });

    [Fact]
    public void Tick() => VectorCheck.Check("funding.tick", vector =>
    {
        var seconds = (long)vector.Input("tickDurationSeconds").Whole();
        var samples = vector.Input("premiumSamplesPpmRunLength").EnumerateArray().Select(
            run => new PremiumRun(run.Ppm("value"), (int)run.Whole("count")));
        var premium = PremiumSamples.Mean(
            samples, (int)(seconds / (long)vector.Input("sampleDurationSeconds").Whole()),
            vector.Input().Ppm("tailRemovalRatePpm"));

        var ticks = vector.Input("perpetuals").EnumerateArray().Select(market => FundingTick.Of(
            market.Perpetual(), premium, market.Ppm("defaultFundingPpm"),
            vector.Input().Ppm("fundingRateClampFactorPpm"), seconds)).ToList();

        Assert.Equal(Ppms(vector.Expected("ratesPpm")), ticks.Select(tick => tick.EightHourRate));
        Assert.Equal(
            vector.Expected("indexDeltas").EnumerateArray().Select(delta => delta.Whole()),
            ticks.Select(tick => tick.IndexDelta));
    });

    /// <summary>
    /// A vector that expects the refusal of a pair that is no perpetual says nowhere in its input what the
    /// pair is; all markets here are perpetuals, so that refusal has no counterpart.
    /// </summary>
    [Fact]
    public void Premium_of_a_book() => VectorCheck.Check("funding.premium", vector =>
    {
        if (vector.ErrorCode() is "premium-with-non-perpetual-clob-pair") return;
        var vote = new PremiumVote
        {
            QuantumConversionExponent = (int)vector.Input("quantumConversionExponent").Whole(),
            AtomicResolution = (int)vector.Input("baseAtomicResolution").Whole(),
            IndexExponent = (int)vector.Input("indexExponent").Whole(),
            IndexPrice = vector.Input("indexPrice").Whole(),
            ImpactNotional = vector.Input("impactNotionalQuoteQuantums").Whole(),
            Most = vector.Input().Ppm("maxAbsPremiumVotePpm"),
        };

        var isGood = vote.Of([.. vector.Input("orders").EnumerateArray().Select(Order)])
            .TryGet(out var premium, out var error);

        Assert.Equal(vector.ErrorCode(), error?.Code);
        if (isGood) Assert.Equal(vector.Expected("premiumPpm").Whole(), premium.Value);
    });

    private static BookOrder Order(JsonElement order) => new(
        order.GetProperty("side").ValueEquals("BUY") ? Side.Buy : Side.Sell,
        order.Whole("quantums"), order.Whole("subticks"));

    private static ImmutableArray<Ppm> Ppms(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => new Ppm((long)value.Whole()))];
}
