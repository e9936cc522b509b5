using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Tests.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiers;

[Trait("Req", "MAR-1")]
[Trait("Req", "MAR-4")]
public sealed class TierValidationProperties
{
    private const int Cases = 10_000;

    [Fact]
    public void One_mistake_gives_its_own_finding_and_no_other()
    {
        var kinds = TierMutation.Kinds;
        var codes = new HashSet<string>(StringComparer.Ordinal);
        ForAll(21, (drafts, draws) =>
        {
            var mutation = draws.Of(kinds)(drafts, draws);

            var findings = TierTable.Create("x", mutation.Drafts).Findings();

            var finding = Assert.Single(findings);
            Assert.Equal(mutation.Code, finding.Code);
            Assert.Equal(mutation.Tier, finding.Tier);
            codes.Add(finding.Code);
        });

        // Every fault there is was made.
        Assert.Equal(Enum.GetValues<TierFault>().Length - 1, codes.Count);
        Assert.DoesNotContain("tier-unknown", codes);
    }

    [Fact]
    public void All_mistakes_are_found_at_once_in_the_order_of_the_tiers() => ForAll(22, (drafts, draws) =>
    {
        var last = drafts.Length - 1;
        var (rate, leverage) = (draws.Between(1, last), draws.Between(1, last));
        var bad = TierMutation.Replaced(
            drafts, 0, drafts[0] with { Floor = drafts[0].Cap / 2m, Amount = 1m });
        bad = TierMutation.Replaced(bad, rate, bad[rate] with { Rate = bad[rate - 1].Rate });
        bad = TierMutation.Replaced(
            bad, leverage, bad[leverage] with { MaxLeverage = bad[leverage - 1].MaxLeverage });
        bad = TierMutation.Replaced(bad, last, bad[last] with { Cap = bad[last].Floor, Amount = -1m });

        var findings = TierTable.Create("x", bad).Findings();

        Assert.Equal(
            Sorted(
                ("tier-first-floor", 1), ("tier-first-amount", 1), ("tier-rate-not-rising", rate + 1),
                ("tier-leverage-not-falling", leverage + 1), ("tier-no-width", last + 1),
                ("tier-wrong-amount", last + 1)),
            Sorted([.. findings.Select(finding => (finding.Code, finding.Tier))]));
        var tiers = findings.Select(finding => finding.Tier).ToList();
        Assert.Equal(tiers.Order(), tiers);
    });

    [Fact]
    public void The_order_of_the_input_does_not_matter() => ForAll(23, (drafts, draws) =>
    {
        var isBad = draws.Coin();
        var input = isBad ? draws.Of(TierMutation.Kinds)(drafts, draws).Drafts : drafts;
        TierDraft[] shuffled = [.. input.Select(draft => (Draft: draft, Key: draws.Below(1_000)))
            .OrderBy(pair => pair.Key).Select(pair => pair.Draft)];

        var (straight, mixed) = (TierTable.Create("x", input), TierTable.Create("x", shuffled));

        Assert.Equal(straight.Findings(), mixed.Findings());
        Assert.Equal(isBad, straight.Findings().Count > 0);
        if (!isBad) Assert.Equal(straight.Value().Fingerprint, mixed.Value().Fingerprint);
    });

    [Fact]
    public void Amounts_that_are_given_are_those_that_are_derived() => ForAll(24, (drafts, draws) =>
    {
        var derived = TierTable.Create("x", drafts).Value();
        var full = TierMutation.WithAmounts(drafts);
        TierDraft[] some = [.. full.Select(draft => draws.Coin() ? draft : draft with { Amount = null })];

        Assert.Equal(derived.Fingerprint, TierTable.Create("x", full).Value().Fingerprint);
        Assert.Equal(derived.Fingerprint, TierTable.Create("x", some).Value().Fingerprint);
        var oracle = new OracleTable(derived);
        Assert.All(derived.Tiers, tier =>
            Assert.Equal(oracle.Amount(tier.Number - 1), Fraction.Of(tier.Amount)));
    });

    [Fact]
    public void Fingerprints_are_equal_exactly_when_all_rows_are() => ForAll(25, (drafts, _) =>
    {
        // The same numbers written with more zeros.
        TierDraft[] longer = [.. drafts.Select(draft => draft with
        {
            Cap = draft.Cap * 1.000m,
            Rate = draft.Rate * 1.00m,
        })];
        var last = drafts.Length - 1;
        var other = TierMutation.Replaced(drafts, last, drafts[last] with { Cap = drafts[last].Cap + 0.01m });

        var print = TierTable.Create("x", drafts).Value().Fingerprint;

        Assert.Equal(print, TierTable.Create("y", longer).Value().Fingerprint);
        Assert.False(string.Equals(
            print, TierTable.Create("x", other).Value().Fingerprint, StringComparison.Ordinal));
    });

    private static (string Code, int Tier)[] Sorted(params (string Code, int Tier)[] findings) =>
        [.. findings.OrderBy(finding => finding.Tier)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)];

    private static void ForAll(ulong seed, Action<TierDraft[], Draws> property)
    {
        var draws = new Draws(seed);
        for (var i = 0; i < Cases; i++)
        {
            try
            {
                property(GeneratedTables.Drafts(draws, draws.Between(3, 12)), draws);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Case {i} of seed {seed}: {error.Message}", error);
            }
        }
    }
}
