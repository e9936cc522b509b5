using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Tests.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiers;

/// <summary>What a refused table says, word by word.</summary>
[Trait("Req", "MAR-4")]
public sealed class TierFindingTests
{
    [Theory]
    [InlineData(
        "0 50000 0.004 125\n60000 250000 0.005 100", "tier-gap",
        "Notionals from 50000 to 60000 belong to no tier.",
        "Let tier 2 begin at 50000, or tier 1 end at 60000.")]
    [InlineData(
        "0 50000 0.004 125\n40000 250000 0.005 100", "tier-overlap",
        "Notionals from 40000 to 50000 belong to two tiers.",
        "Let tier 2 begin at 50000, or tier 1 end at 40000.")]
    [InlineData(
        "0 50000 0.004 125\n0 250000 0.005 100", "tier-duplicate",
        "Two tiers begin at 0.", "Keep one of them.")]
    [InlineData(
        "100 50000 0.004 125", "tier-first-floor",
        "The first tier begins at 100.", "Let it begin at 0: every notional needs a tier.")]
    [InlineData(
        "0 50000 0.004 125 3", "tier-first-amount",
        "The first tier's maintenance amount is 3.", "Write 0, or leave it out.")]
    [InlineData(
        "0 50000 0.004 125\n50000 50000 0.005 100", "tier-no-width",
        "Its cap 50000 is not above its floor 50000.", "Give it a cap above its floor, or take it out.")]
    [InlineData(
        "0 50000 0.4 125\n50000 250000 5 100", "tier-rate-range",
        "Its rate 5 is not between 0 and 1.", "Write a fraction: 0.05 if 5 % is meant.")]
    [InlineData(
        "0 50000 0 125", "tier-rate-range",
        "Its rate 0 is not between 0 and 1.", "Write a fraction between 0 and 1, e.g. 0.004 for 0.4 %.")]
    [InlineData(
        "0 50000 0.004 125\n50000 250000 0.004 100", "tier-rate-not-rising",
        "Its rate 0.004 is not above 0.004, the rate of the tier before.",
        "Write rates that rise from tier to tier.")]
    [InlineData(
        "0 50000 0.004 0.5", "tier-leverage-range",
        "Its leverage 0.5 is below 1.", "Write the greatest leverage of the tier, 1 or more.")]
    [InlineData(
        "0 50000 0.004 125\n50000 250000 0.005 150", "tier-leverage-not-falling",
        "Its leverage 150 is not below 125, the leverage of the tier before.",
        "Write leverages that fall from tier to tier.")]
    [InlineData(
        "0 50000 0.004 125\n50000 250000 0.005 100 49", "tier-wrong-amount",
        "Its maintenance amount is 49 instead of 50: the margin makes a step at 50000.",
        "Write 50 (= 0 + 50000 x (0.005 - 0.004)), or leave it out; or mend the rate or the floor if one of "
        + "them is wrong.")]
    [InlineData(
        "0 50000.000000000000000000001 0.004 125\n50000.000000000000000000001 250000 0.00500000001 100",
        "tier-too-many-digits",
        "Floor and rate have more digits together than can be reckoned with to the last one.",
        "Write the floor and the rate with fewer digits.")]
    public void A_finding_says_what_is_wrong_and_what_to_do(
        string rows, string code, string what, string mend)
    {
        TierDraft[] drafts = [.. SampleTables.Drafts(rows).Select((draft, i) =>
            draft with { Place = $"tiers.yaml:{i + 1}" })];

        var finding = Assert.Single(TierTable.Create("BTCUSDT", drafts).Findings());

        Assert.Equal(code, finding.Code);
        Assert.Equal(what, finding.What);
        Assert.Equal(mend, finding.Mend);
        Assert.Equal($"tiers.yaml:{finding.Tier}", finding.Place);
        Assert.Equal(drafts.Length, finding.Tier);
    }

    [Fact]
    public void A_table_without_tiers_says_so()
    {
        var finding = Assert.Single(TierTable.Create("BTCUSDT", []).Findings());

        Assert.Equal("tier-empty", finding.Code);
        Assert.Equal("The table has no tier.", finding.What);
        Assert.Equal("Write at least one, with floor 0.", finding.Mend);
        Assert.Null(finding.Place);
    }

    [Theory]
    [InlineData("79228162514264337593543950335", "0.5")]
    [InlineData("1", "-79228162514264337593543950335")]
    public void Numbers_at_the_end_of_decimals_are_refused_not_thrown(string floor, string amount)
    {
        TierDraft[] drafts =
        [
            Draft("0", floor, "0.1", "0", "2"),
            Draft(floor, "79228162514264337593543950335", "0.9", amount, "1"),
        ];

        Assert.NotEmpty(TierTable.Create("x", drafts).Findings());
    }

    /// <summary>The amount fits, but floor and margin together have three digits too many.</summary>
    [Fact]
    public void A_floor_whose_margin_cannot_be_taken_off_exactly_is_refused()
    {
        const string floor = "12345678901234567890123456789";
        TierDraft[] drafts =
        [
            Draft("0", floor, "0.001", "0", "2"),
            Draft(floor, "79228162514264337593543950335", "0.002", "12345678901234567890123456.789", "1"),
        ];

        Assert.Equal(
            TierFault.TooManyDigits, Assert.Single(TierTable.Create("x", drafts).Findings()).Fault);
    }

    [Fact]
    public void After_an_amount_that_cannot_be_derived_none_is_called_wrong()
    {
        TierDraft[] drafts =
        [
            Draft("0", "1.0000000000000000000000001", "0.1", "0", "3"),
            Draft("1.0000000000000000000000001", "5", "0.1000000000000000001", "7", "2"),
            Draft("5", "9", "0.2", "7", "1"),
        ];

        Assert.Equal(
            TierFault.TooManyDigits, Assert.Single(TierTable.Create("x", drafts).Findings()).Fault);
    }

    [Fact]
    public void A_tier_is_not_asked_for_a_negative_notional() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleTables.Classic.TierFor(-0.01m));

    [Theory]
    [InlineData(126, 0)]
    [InlineData(125, 50_000)]
    [InlineData(100, 250_000)]
    [InlineData(51, 250_000)]
    [InlineData(21, 1_000_000)]
    [InlineData(20, 10_000_000)]
    [InlineData(1, 500_000_000)]
    public void The_largest_notional_at_a_leverage(int leverage, int notional) =>
        Assert.Equal(notional, SampleTables.Classic.MaxNotionalAt(new Leverage(leverage)));

    private static TierDraft Draft(string floor, string cap, string rate, string amount, string leverage) =>
        SampleTables.Drafts($"{floor} {cap} {rate} {leverage} {amount}")[0];
}
