using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Tests.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiers;

/// <summary>
/// The exchange has sent a tier that ends where it begins; it must not cost the symbol its table.
/// </summary>
[Trait("Req", "MAR-4")]
public sealed class EmptyTierTests
{
    private const string Rows =
        """
        0 250000 0.1 5
        250000 500000 0.125 4 6250
        500000 500000 0.1667 3 27100
        500000 7500000 0.25 2 68750
        """;

    private const string WithoutIt =
        """
        0 250000 0.1 5
        250000 500000 0.125 4
        500000 7500000 0.25 2
        """;

    [Theory]
    [InlineData("499999.99", 2)]
    [InlineData("500000", 2)]
    [InlineData("500000.01", 4)]
    public void No_notional_belongs_to_it_and_margin_is_as_without(string notional, int tier)
    {
        var table = SampleTables.Read("empty", Rows);
        var value = decimal.Parse(notional, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(tier, table.TierFor(value).Tier.Number);
        Assert.Equal(
            MarginCalculator.Maintenance(SampleTables.Read("without", WithoutIt), value),
            MarginCalculator.Maintenance(table, value));
    }

    [Fact]
    public void No_position_is_liquidated_in_it()
    {
        var table = SampleTables.Read("empty", Rows);

        // Liquidated at a notional of 500,000 exactly, and one cent beside it.
        foreach (var (wallet, tier) in new[] { (156_250m, 2), (156_250.01m, 2), (156_249.99m, 4) })
        {
            var position = MarginPosition.Create(
                6m, 100_000m, 100_000m, 2m, MarginCollateral.Isolated(wallet)).Value();
            Assert.Equal(tier, MarginCalculator.Calculate(table, position).LiquidationTier);
        }
    }

    [Theory]
    [InlineData("0 0 0.1 5\n0 500000 0.125 4", 1)]
    [InlineData("0 250000 0.1 5\n250000 250000 0.125 4", 2)]
    [InlineData("0 250000 0.1 5\n250000 240000 0.125 4\n240000 500000 0.2 3", 3)]
    public void The_first_and_the_last_have_width_and_none_ends_before_it_begins(string rows, int tier)
    {
        var findings = TierTable.Create("x", SampleTables.Drafts(rows)).Findings();

        var empty = Assert.Single(findings, finding => finding.Fault == TierFault.NoWidth);
        Assert.Equal(tier, empty.Tier);
        Assert.Equal("tier-no-width", empty.Code);
    }
}
