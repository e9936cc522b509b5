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
    /// <summary>All that a premium is made of; none of them says what kind of pair it is.</summary>
    private static readonly string[] BookMembers =
    [
        "baseAtomicResolution", "impactNotionalQuoteQuantums", "indexExponent", "indexPrice",
        "maxAbsPremiumVotePpm", "orders", "quantumConversionExponent",
    ];

    [Fact]
    [VectorKind("funding.indexDelta")]
    public void Index_delta() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("indexDelta").Whole(),
        FundingTick.IndexDeltaOf(
            vector.Input().Perpetual(), vector.Input().Ppm("rate8hPpm"),
            (long)vector.Input("secondsSinceLastFunding").Whole())));

    [Fact]
    [VectorKind("funding.settlementPpm")]
    public void Settlement() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("settlementPpm").Whole(),
        Funding.SettlementPpm(
            vector.Input("positionQuantums").Whole(),
            vector.Input("perpetualFundingIndex").Whole()
                - vector.Input("positionFundingIndex").Whole())));

    [Fact]
    [VectorKind("funding.maxAbsClampPpm")]
    public void Greatest_rate() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("maxAbsPpm").Whole(),
        FundingTick.Most(vector.Input().Tier(), vector.Input().Ppm("clampFactorPpm")).Value));

    [Fact]
    [VectorKind("funding.removeTails")]
    public void Samples_without_tails() => VectorCheck.Check(vector => Assert.Equal(
        Ppms(vector.Expected("samples")),
        PremiumSamples.WithoutTails(
            Ppms(vector.Input("samples")), vector.Input().Ppm("removalRatePpm"))));

    /// <summary>A sample of zero is not kept, so what is expected has none.</summary>
    [Fact]
    [VectorKind("funding.sampleMedian")]
    public void Sample_median() => VectorCheck.Check(vector =>
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
    [VectorKind("funding.tick")]
    public void Tick() => VectorCheck.Check(vector =>
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

    [Fact]
    [VectorKind("funding.premium")]
    public void Premium_of_a_book() => VectorCheck.Check(vector => !IsOfNoPerpetual(vector), vector =>
    {
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

    /// <summary>
    /// All markets here are perpetuals: the refusal of a pair that is none has no counterpart. A vector that
    /// expects it is left out above only while its input says nothing of the pair's kind.
    /// </summary>
    [Fact]
    [VectorKind("funding.premium")]
    public void A_pair_that_is_no_perpetual_is_told_from_others_by_nothing() =>
        VectorCheck.Check(IsOfNoPerpetual, vector => Assert.Empty(
            vector.Input().EnumerateObject().Select(member => member.Name)
                .Except(BookMembers, StringComparer.Ordinal)));

    private static bool IsOfNoPerpetual(JsonElement vector) =>
        vector.ErrorCode() is "premium-with-non-perpetual-clob-pair";

    private static BookOrder Order(JsonElement order) => new(
        order.GetProperty("side").ValueEquals("BUY") ? Side.Buy : Side.Sell,
        order.Whole("quantums"), order.Whole("subticks"));

    private static ImmutableArray<Ppm> Ppms(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => new Ppm((long)value.Whole()))];
}
