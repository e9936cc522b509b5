using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for funding.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class FundingVectorTests
{
    [Fact]
    public void Index_delta() => ChainVectors.Check("funding.indexDelta", vector => Assert.Equal(
        vector.Expected("indexDelta").Integer(),
        FundingTick.IndexDeltaOf(
            vector.Input().Perpetual(), vector.Input().Ppm("rate8hPpm"),
            (long)vector.Input("secondsSinceLastFunding").Integer())));

    [Fact]
    public void Settlement() => ChainVectors.Check("funding.settlementPpm", vector => Assert.Equal(
        vector.Expected("settlementPpm").Integer(),
        Funding.SettlementPpm(
            vector.Input("positionQuantums").Integer(),
            vector.Input("perpetualFundingIndex").Integer()
                - vector.Input("positionFundingIndex").Integer())));

    [Fact]
    public void Greatest_rate() => ChainVectors.Check("funding.maxAbsClampPpm", vector => Assert.Equal(
        vector.Expected("maxAbsPpm").Integer(),
        FundingTick.Most(vector.Input().Tier(), vector.Input().Ppm("clampFactorPpm")).Value));

    [Fact]
    public void Samples_without_tails() => ChainVectors.Check("funding.removeTails", vector => Assert.Equal(
        Ppms(vector.Expected("samples")),
        PremiumSamples.WithoutTails(
            Ppms(vector.Input("samples")), vector.Input().Ppm("removalRatePpm"))));

    /// <summary>A sample of zero is not kept, so what is expected has none.</summary>
    [Fact]
    public void Sample_median() => ChainVectors.Check("funding.sampleMedian", vector =>
    {
        var samples = vector.Input("votesByPerpetual").EnumerateObject().Select(
            market => (market.Name, Sample: PremiumSamples.Median(
                Ppms(market.Value), (int)vector.Input("numPremiums").Integer(),
                (int)vector.Input("minNumVotesPerSample").Integer())));

        Assert.Equal(
            vector.Expected("newNonZeroSamples").EnumerateObject().Select(
                market => (market.Name, Sample: new Ppm((long)market.Value.Integer())))
                .OrderBy(sample => sample.Name, StringComparer.Ordinal),
            samples.Where(sample => sample.Sample.Value != 0)
                .OrderBy(sample => sample.Name, StringComparer.Ordinal));
    });

    [Fact]
    public void Tick() => ChainVectors.Check("funding.tick", vector =>
    {
        var seconds = (long)vector.Input("tickDurationSeconds").Integer();
        var samples = vector.Input("premiumSamplesPpmRunLength").EnumerateArray().Select(
            run => new PremiumRun(run.Ppm("value"), (int)run.Integer("count")));
        var premium = PremiumSamples.Mean(
            samples, (int)(seconds / (long)vector.Input("sampleDurationSeconds").Integer()),
            vector.Input().Ppm("tailRemovalRatePpm"));

        var ticks = vector.Input("perpetuals").EnumerateArray().Select(market => FundingTick.Of(
            market.Perpetual(), premium, market.Ppm("defaultFundingPpm"),
            vector.Input().Ppm("fundingRateClampFactorPpm"), seconds)).ToList();

        Assert.Equal(Ppms(vector.Expected("ratesPpm")), ticks.Select(tick => tick.EightHourRate));
        Assert.Equal(
            vector.Expected("indexDeltas").EnumerateArray().Select(delta => delta.Integer()),
            ticks.Select(tick => tick.IndexDelta));
    });

    /// <summary>
    /// A vector that expects the refusal of a pair that is no perpetual says nowhere in its input what the
    /// pair is; all markets here are perpetuals, so that refusal has no counterpart.
    /// </summary>
    [Fact]
    public void Premium_of_a_book() => ChainVectors.Check("funding.premium", vector =>
    {
        if (vector.ErrorCode() is "premium-with-non-perpetual-clob-pair") return;
        var vote = new PremiumVote
        {
            QuantumConversionExponent = (int)vector.Input("quantumConversionExponent").Integer(),
            AtomicResolution = (int)vector.Input("baseAtomicResolution").Integer(),
            IndexExponent = (int)vector.Input("indexExponent").Integer(),
            IndexPrice = vector.Input("indexPrice").Integer(),
            ImpactNotional = vector.Input("impactNotionalQuoteQuantums").Integer(),
            Most = vector.Input().Ppm("maxAbsPremiumVotePpm"),
        };

        var isGood = vote.Of([.. vector.Input("orders").EnumerateArray().Select(Order)])
            .TryGet(out var premium, out var error);

        Assert.Equal(vector.ErrorCode(), error?.Code);
        if (isGood) Assert.Equal(vector.Expected("premiumPpm").Integer(), premium.Value);
    });

    private static BookOrder Order(JsonElement order) => new(
        order.GetProperty("side").ValueEquals("BUY") ? Side.Buy : Side.Sell,
        order.Integer("quantums"), order.Integer("subticks"));

    private static ImmutableArray<Ppm> Ppms(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => new Ppm((long)value.Integer()))];
}
