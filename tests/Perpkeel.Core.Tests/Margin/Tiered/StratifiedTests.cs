using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// Cases at the boundaries of 73 tables, against an oracle in unbounded rationals: all tables that the
/// program carries, and generated ones.
/// </summary>
[Trait("Req", "MAR-2")]
[Trait("Req", "MAR-3")]
public sealed class StratifiedTests
{
    private const ulong Seed = 20_260_702;
    private const int Tables = 73;
    private const int CasesOfATable = 36;

    [Fact]
    public void Every_figure_of_every_case_is_the_exact_one()
    {
        var cases = Cases();

        Assert.Equal(Tables * CasesOfATable, cases.Count);
        Assert.All(cases, one =>
        {
            var position = one.Position;
            var oracle = new OraclePosition(new OracleTable(one.Table), position);
            oracle.Check(MarginCalculator.Calculate(one.Table, position));
        });
    }

    [Fact]
    public void The_wide_path_gives_the_same_figures() => Assert.All(Cases(), one =>
        Assert.Equal(
            MarginCalculator.Calculate(one.Table, one.Position),
            WideMargin.Calculate(one.Table, one.Position)));

    [Fact]
    public void Other_positions_are_exact_too()
    {
        var others = Cases().SelectMany(one => one.Others).ToList();

        Assert.True(others.Count > 1_000, $"only {others.Count}");
        Assert.All(others, other => new OraclePosition(new OracleTable(other.Table), other.Position)
            .Check(MarginCalculator.Calculate(other.Table, other.Position), halve: false));
    }

    /// <summary>The cases are where they are meant to be: the aim is met to the cent, tiers differ.</summary>
    [Fact]
    public void The_cases_sit_at_their_boundaries()
    {
        var cases = Cases();

        Assert.All(cases, one =>
        {
            var result = MarginCalculator.Calculate(one.Table, one.Position);
            var oracle = new OraclePosition(new OracleTable(one.Table), one.Position);
            var met = one.Slot == Slot.MiddleAtLiquidation
                ? oracle.LiquidationNotional()
                : Fraction.Of(result.Notional);
            Assert.Equal(one.Aim, met);
        });
        var elsewhere = cases.Count(one =>
        {
            var result = MarginCalculator.Calculate(one.Table, one.Position);
            return result.Liquidation == LiquidationKind.AtPrice && result.LiquidationTier != result.Tier;
        });
        Assert.True(elsewhere > cases.Count / 5, $"only {elsewhere} are liquidated in another tier");
    }

    private static List<StratifiedCase> Cases()
    {
        var draws = new Draws(Seed);
        var shipped = SampleTables.Shipped();
        var tables = new List<KeyValuePair<string, TierTable>>(shipped);
        while (tables.Count < Tables)
            tables.Add(new($"generated {tables.Count}", GeneratedTables.Next(draws)));
        var cases = new StratifiedCases(shipped, draws);
        return [.. tables.SelectMany(table => cases.Of(table.Key, table.Value))];
    }
}
