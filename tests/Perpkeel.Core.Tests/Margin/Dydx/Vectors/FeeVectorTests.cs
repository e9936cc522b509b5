using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Fees;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for fees.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class FeeVectorTests
{
    [Fact]
    public void Market_charge() => ChainVectors.Check("fees.marketChargePpm", vector =>
    {
        var window = vector.Input("params");

        Assert.Equal(
            vector.Expected("chargePpm").Integer(),
            MarketCharge.At(
                window.ValueKind == JsonValueKind.Null
                    ? null
                    : new MarketCharge(
                        Time(window, "startTime"), Time(window, "endTime"), window.Ppm("chargePpm")),
                Time(vector.Input(), "now")).Value);
    });

    [Fact]
    public void Staking_discount() => ChainVectors.Check("fees.stakingDiscountPpm", vector => Assert.Equal(
        vector.Expected("discountPpm").Integer(),
        StakingTier.DiscountOf(
            Stakes(vector), vector.Input("feeTierName").ToString(),
            vector.Input("stakedBaseTokens").Integer()).Value));

    [Fact]
    public void Fee_rate() => ChainVectors.Check("fees.perpetualFeePpm", vector =>
    {
        var schedule = new FeeSchedule
        {
            Tiers = [.. vector.Input("tiers").EnumerateArray().Select(Tier)],
            StakingTiers = Stakes(vector),
        };
        var payer = new FeePayer
        {
            Volume = new TradedVolume(
                vector.Input().Integer("userTakerNotional"), vector.Input().Integer("userMakerNotional"),
                vector.Input().Integer("globalNotional")),
            IsVault = vector.Input("isVault").GetBoolean(),
            LeastTier = (int)vector.Input().Integer("feeTierOverrideIdx"),
            Staked = vector.Input("isValidBech32Address").GetBoolean()
                ? vector.Input().Integer("stakedBaseTokens")
                : null,
        };
        var charge = vector.Input().Ppm("marketChargePpm");

        Assert.Equal(
            vector.Expected("takerFeePpm").Integer(), schedule.RateOf(payer, isTaker: true, charge).Value);
        Assert.Equal(
            vector.Expected("makerFeePpm").Integer(), schedule.RateOf(payer, isTaker: false, charge).Value);
    });

    private static DateTimeOffset Time(JsonElement parent, string name) =>
        DateTimeOffset.FromUnixTimeSeconds((long)parent.Integer(name));

    private static FeeTier Tier(JsonElement tier) => new()
    {
        Name = tier.GetProperty("name").ToString(),
        AbsoluteVolumeRequirement = tier.Integer("absoluteVolumeRequirement"),
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
                    level.Integer("minStakedBaseTokens"), level.Ppm("feeDiscountPpm"))),
            ])),
    ];
}
