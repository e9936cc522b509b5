using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Display;

[Trait("Req", "MAR-8")]
public sealed class TierComparisonTests
{
    private static readonly TierConfiguration Old = ClassicTiers.Made(
        "AUSDT", (50_000m, 0.01m, 50m), (250_000m, 0.025m, 20m), (1_000_000m, 0.05m, 10m));

    private static readonly TierConfiguration New = ClassicTiers.Made(
        "AUSDT", (50_000m, 0.01m, 50m), (100_000m, 0.025m, 20m), (250_000m, 0.1m, 5m),
        (500_000m, 0.125m, 4m));

    [Fact]
    public void Rows_are_aligned_by_the_boundaries_of_both()
    {
        var comparison = TierComparison.Of(Old, New);

        Assert.True(comparison.IsChanged);
        Assert.Equal(
            [
                (0m, 50_000m, 1, 1), (50_000m, 100_000m, 2, 2), (100_000m, 250_000m, 2, 3),
                (250_000m, 500_000m, 3, 4), (500_000m, 1_000_000m, 3, 0),
            ],
            comparison.Rows.Select(
                row => (row.From, row.To, row.Before?.Number ?? 0, row.After?.Number ?? 0)));
    }

    [Fact]
    public void Each_row_says_what_changed_in_it()
    {
        var rows = TierComparison.Of(Old, New).Rows;

        Assert.False(rows[0].IsChanged);
        Assert.Equal(
            (false, false, false, true),
            Changes(rows[1]));
        Assert.Equal(
            (true, true, true, false),
            Changes(rows[2]));
        Assert.True(rows[4] is { IsRateChanged: true, IsCapChanged: true, After: null });
    }

    [Fact]
    public void A_position_is_reckoned_by_both()
    {
        var position = ClassicTiers.Position(200m, 1_000m, 1_000m, 10m, MarginCollateral.Isolated(20_000m));

        var effect = TierComparison.Of(Old, New).EffectOn(position);

        Assert.Equal(4_250m, effect.Before.Maintenance);
        Assert.Equal(11_750m, effect.After.Maintenance);
        Assert.Equal(7_500m, effect.Maintenance);
        Assert.Equal(
            effect.After.LiquidationPrice!.Value - effect.Before.LiquidationPrice!.Value,
            effect.LiquidationPrice);
        Assert.True(effect.LiquidationPrice > 0m);
        Assert.False(effect.BecomesLiquidatable);
    }

    [Fact]
    public void A_position_that_the_change_alone_liquidates_is_told()
    {
        var position = ClassicTiers.Position(200m, 1_000m, 1_000m, 20m, MarginCollateral.Isolated(10_000m));

        Assert.True(TierComparison.Of(Old, New).EffectOn(position).BecomesLiquidatable);
        Assert.False(TierComparison.Of(New, New).EffectOn(position).BecomesLiquidatable);
    }

    [Fact]
    public void The_same_table_has_no_changed_row()
    {
        var comparison = TierComparison.Of(Old, Old with { Source = new TierSource("other", null) });

        Assert.False(comparison.IsChanged);
        Assert.DoesNotContain(comparison.Rows, row => row.IsChanged);
        Assert.Equal(3, comparison.Rows.Length);
    }

    [Fact]
    public void A_tier_without_width_that_goes_changes_nothing()
    {
        var without = ClassicTiers.Made(
            "DEXEUSDT", (250_000m, 0.1m, 5m), (500_000m, 0.125m, 4m), (7_500_000m, 0.25m, 2m));

        var comparison = TierComparison.Of(ClassicTiers.WithEmptyTier, without);
        var books = TierBookComparison.Of(
            new TierBook([ClassicTiers.WithEmptyTier]), new TierBook([without]));

        Assert.False(comparison.IsChanged);
        Assert.DoesNotContain(comparison.Rows, row => row.IsChanged);
        Assert.Equal(["DEXEUSDT"], books.Unchanged);
        Assert.True(books.IsSame);
    }

    [Fact]
    public void Books_tell_which_symbols_came_went_and_changed()
    {
        var before = new TierBook([Old, ClassicTiers.Btc, ClassicTiers.Eth]);
        var after = new TierBook([New, ClassicTiers.Btc, ClassicTiers.Alt]);

        var comparison = TierBookComparison.Of(before, after);

        Assert.Equal(["币安人生USDT"], comparison.Added);
        Assert.Equal(["ETHUSDT"], comparison.Removed);
        Assert.Equal("AUSDT", Assert.Single(comparison.Changed).Symbol);
        Assert.Equal(["BTCUSDT"], comparison.Unchanged);
        Assert.False(comparison.IsSame);
        Assert.True(TierBookComparison.Of(before, before).IsSame);
    }

    private static (bool Rate, bool Amount, bool Leverage, bool Cap) Changes(TierComparisonRow row) =>
        (row.IsRateChanged, row.IsAmountChanged, row.IsLeverageChanged, row.IsCapChanged);
}
