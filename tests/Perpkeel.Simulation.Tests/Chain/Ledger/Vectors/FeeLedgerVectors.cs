using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger.Vectors;

/// <summary>The chain's own test tables for fees, inside the ledger.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "PAP-1")]
public sealed class FeeLedgerVectors
{
    private const string TierName = "only";

    private static readonly DateTimeOffset Today = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1_000);

    [Fact]
    public void Ix_13_market_charges_a_share_in_its_window() =>
        VectorCheck.Check("fees.marketChargePpm", vector =>
        {
            var ledger = Ledger(new FeeSchedule { Tiers = [Whole(TierName)] });
            var window = vector.Input("params");
            if (window.ValueKind != JsonValueKind.Null)
            {
                ledger.SetCharge(0, new MarketCharge(
                    Time(window, "startTime"), Time(window, "endTime"), window.Ppm("chargePpm")));
            }

            ledger.BeginBlock(1, Time(vector.Input(), "now"));

            Assert.Equal(
                vector.Expected("chargePpm").Whole(),
                ledger.FeeRateOf(owner: 0, market: 0, isTaker: true).Value);
        });

    [Fact]
    public void Ix_13_stake_takes_a_share_off() => VectorCheck.Check("fees.stakingDiscountPpm", vector =>
    {
        var ledger = Ledger(new FeeSchedule
        {
            Tiers = [Whole(vector.Input("feeTierName").ToString())],
            StakingTiers = Stakes(vector),
        });

        ledger.Fees.Stand(0, isVault: false, leastTier: 0, vector.Input("stakedBaseTokens").Whole());

        Assert.Equal(
            Ppm.One - vector.Expected("discountPpm").Whole(),
            ledger.FeeRateOf(owner: 0, market: 0, isTaker: true).Value);
    });

    /// <summary>Volumes are traded in one block; the rates are those of the next.</summary>
    [Fact]
    public void Ix_13_rate_follows_volume_market_and_stake() =>
        VectorCheck.Check("fees.perpetualFeePpm", vector =>
        {
            var taken = vector.Input().Whole("userTakerNotional");
            var made = vector.Input().Whole("userMakerNotional");
            var others = vector.Input().Whole("globalNotional") - taken - made;
            if (others.Sign < 0) return;
            var ledger = Ledger(new FeeSchedule
            {
                Tiers = [.. vector.Input("tiers").EnumerateArray().Select(Tier)],
                StakingTiers = Stakes(vector),
            });
            ledger.BeginBlock(1, Today);
            ledger.Fees.Record(taker: 0, maker: 1, (Int128)taken);
            ledger.Fees.Record(taker: 1, maker: 0, (Int128)made);
            ledger.Fees.Record(taker: 1, maker: 2, (Int128)others);
            ledger.Fees.Stand(
                0, vector.Input("isVault").GetBoolean(), (int)vector.Input().Whole("feeTierOverrideIdx"),
                vector.Input("isValidBech32Address").GetBoolean()
                    ? vector.Input().Whole("stakedBaseTokens")
                    : null);

            ledger.BeginBlock(2, Today);

            var charge = vector.Input().Ppm("marketChargePpm");
            Assert.Equal(
                vector.Expected("takerFeePpm").Whole(), ledger.Fees.RateOf(0, isTaker: true, charge).Value);
            Assert.Equal(
                vector.Expected("makerFeePpm").Whole(), ledger.Fees.RateOf(0, isTaker: false, charge).Value);
        });

    private static ChainLedger Ledger(FeeSchedule schedule)
    {
        var ledger = new ChainLedger(new LedgerParameters { Fees = schedule });
        ledger.AddMarket(SampleMarkets.Btc, default);
        foreach (var name in new[] { "first", "second", "third" }) _ = ledger.Accounts.OwnerOf(name);
        return ledger;
    }

    /// <summary>A tier that charges all of a fill.</summary>
    private static FeeTier Whole(string name) =>
        new() { Name = name, MakerFee = new Ppm(Ppm.One), TakerFee = new Ppm(Ppm.One) };

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
