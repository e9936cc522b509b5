using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for fees.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class FeeVectorTests
{
    [Fact]
    [VectorKind("fees.marketChargePpm")]
    public void Market_charge() => VectorCheck.Check(vector =>
    {
        var window = vector.Input("params");

        Assert.Equal(
            vector.Expected("chargePpm").Whole(),
            MarketCharge.At(
                window.ValueKind == JsonValueKind.Null
                    ? null
                    : new MarketCharge(
                        Time(window, "startTime"), Time(window, "endTime"), window.Ppm("chargePpm")),
                Time(vector.Input(), "now")).Value);
    });

    [Fact]
    [VectorKind("fees.stakingDiscountPpm")]
    public void Staking_discount() => VectorCheck.Check(vector => Assert.Equal(
        vector.Expected("discountPpm").Whole(),
        StakingTier.DiscountOf(
            Stakes(vector), vector.Input("feeTierName").ToString(),
            vector.Input("stakedBaseTokens").Whole()).Value));

    [Fact]
    [VectorKind("fees.perpetualFeePpm")]
    public void Fee_rate() => VectorCheck.Check(vector =>
    {
        var schedule = new FeeSchedule
        {
            Tiers = [.. vector.Input("tiers").EnumerateArray().Select(Tier)],
            StakingTiers = Stakes(vector),
        };
        var payer = new FeePayer
        {
            Volume = new TradedVolume(
                vector.Input().Whole("userTakerNotional"), vector.Input().Whole("userMakerNotional"),
                vector.Input().Whole("globalNotional")),
            IsVault = vector.Input("isVault").GetBoolean(),
            LeastTier = (int)vector.Input().Whole("feeTierOverrideIdx"),
            Staked = vector.Input("isValidBech32Address").GetBoolean()
                ? vector.Input().Whole("stakedBaseTokens")
                : null,
        };
        var charge = vector.Input().Ppm("marketChargePpm");

        Assert.Equal(
            vector.Expected("takerFeePpm").Whole(), schedule.RateOf(payer, isTaker: true, charge).Value);
        Assert.Equal(
            vector.Expected("makerFeePpm").Whole(), schedule.RateOf(payer, isTaker: false, charge).Value);
    });

    private static DateTimeOffset Time(JsonElement parent, string name) =>
        DateTimeOffset.FromUnixTimeSeconds((long)parent.Whole(name));

    private static FeeTier Tier(JsonElement tier) => new()
    {
        Name = tier.GetProperty("name").ToString(),
        AbsoluteVolumeRequirement = tier.Whole("absoluteVolumeRequirement"),
        TotalVolumeShareRequirement = tier.Ppm("totalVolumeShareRequirementPpm"),
        MakerVolumeShareRequirement = tier.Ppm("makerVolumeShareRequirementPpm"),
        MakerFee = tier.Ppm("makerFeePpm"),
        TakerFee = tier.Ppm("takerFeePpm"),
    };

    private static ImmutableArray<StakingTier> Stakes(JsonElement vector) =>
    [
        .. vector.Input().Each("stakingTiers").Select(tier => new StakingTier(
            tier.GetProperty("feeTierName").ToString(),
            [
                .. tier.Each("levels").Select(level => new StakingLevel(
                    level.Whole("minStakedBaseTokens"), level.Ppm("feeDiscountPpm"))),
            ])),
    ];
}
