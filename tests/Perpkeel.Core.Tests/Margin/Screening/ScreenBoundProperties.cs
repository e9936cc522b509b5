using Perpkeel.Core.Margin.Screening;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Screening;

/// <summary>The bounds that <c>docs/math/screening.md</c> derives, against the exact path.</summary>
[Trait("Req", "MAR-10")]
public sealed class ScreenBoundProperties
{
    private const int Cases = 100_000;
    private const int RowsATable = 40;

    /// <summary>Of all digits that a decimal can have, also those that no feed has.</summary>
    [Fact]
    public void Decimal_becomes_a_double_within_five_units()
    {
        var random = new RandomMargin(21);
        var worst = 0d;

        for (var i = 0; i < Cases; i++)
        {
            var exact = random.AnyDecimal();
            var value = (double)exact;
            worst = Math.Max(worst, ExactGap.Share(value, exact, Math.Abs(value) * 5d / (1L << 53)));
        }

        Assert.InRange(worst, 0.1d, 1d);
    }

    [Theory]
    [InlineData(22, false)]
    [InlineData(23, true)]
    public void Figures_are_within_their_bounds_and_the_bounds_are_not_far_away(int seed, bool isStrange)
    {
        var worst = new Worst();
        foreach (var (table, positions) in Samples(seed, isStrange))
        {
            var screen = Screen(table, positions);
            screen.Calculate();
            for (var row = 0; row < positions.Length; row++)
            {
                worst.Take(
                    screen.FiguresOf(row), screen.BoundsOf(row),
                    MarginCalculator.Calculate(table, positions[row]));
            }
        }

        Assert.InRange(worst.Maintenance, 0.01d, 1d);
        Assert.InRange(worst.Initial, 0.01d, 1d);
        Assert.InRange(worst.Ratio, 0.01d, 1d);
        Assert.InRange(worst.Price, 0.01d, 1d);
        Assert.True(worst.Priceless <= 1d, $"{worst.Priceless}");
        Assert.True(worst.Compared > 3 * Cases / 2, $"only {worst.Compared} figures");
    }

    [Theory]
    [InlineData(24, 0.8, 0.05, false)]
    [InlineData(25, 1, 0, false)]
    [InlineData(26, 0.05, 0.9, false)]
    [InlineData(27, 0.8, 0.05, true)]
    [InlineData(28, 1, 0, true)]
    public void No_row_is_missed_that_the_exact_path_flags(
        int seed, double ratio, double distance, bool isStrange)
    {
        var threshold = new ScreenThreshold((decimal)ratio, (decimal)distance);
        var (flagged, named, missed) = (0, 0, 0);

        foreach (var (table, positions) in Samples(seed, isStrange))
        {
            var rows = new int[positions.Length];
            var found = Screen(table, positions).FindNeedingExact(threshold, rows);
            var names = rows[..found].ToHashSet();
            named += found;
            for (var row = 0; row < positions.Length; row++)
            {
                var margin = MarginCalculator.Calculate(table, positions[row]);
                if (!threshold.IsReached(positions[row], margin)) continue;
                flagged++;
                if (!names.Contains(row)) missed++;
            }
        }

        Assert.Equal(0, missed);
        Assert.InRange(flagged, Cases / 1_000, Cases - (Cases / 1_000));
        var mostForNothing = isStrange ? Cases / 50 : 0;
        Assert.True(named - flagged <= mostForNothing, $"{named} named for {flagged} flagged");
    }

    /// <summary>
    /// Rows moved to within a few roundings of the threshold, where a bound that is too small would miss
    /// some.
    /// </summary>
    [Theory]
    [InlineData(29, 0.8, 0, true)]
    [InlineData(30, 1, 0.05, false)]
    public void No_row_is_missed_where_a_rounding_decides(
        int seed, double ratio, double distance, bool isByRatio)
    {
        var threshold = new ScreenThreshold((decimal)ratio, (decimal)distance);
        var random = new RandomMargin(seed + 100);
        var (flagged, total, missed) = (0, 0, 0);

        foreach (var (table, samples) in Samples(seed, isStrange: false))
        {
            MarginPosition[] positions =
            [
                .. samples.Select(sample => isByRatio
                    ? AtRatio(table, sample, threshold, random)
                    : AtDistance(table, sample, threshold, random)),
            ];
            var rows = new int[positions.Length];
            var names = rows[..Screen(table, positions).FindNeedingExact(threshold, rows)].ToHashSet();
            total += positions.Length;
            for (var row = 0; row < positions.Length; row++)
            {
                var margin = MarginCalculator.Calculate(table, positions[row]);
                if (!threshold.IsReached(positions[row], margin)) continue;
                flagged++;
                if (!names.Contains(row)) missed++;
            }
        }

        Assert.Equal(0, missed);
        Assert.InRange(flagged, total / 5, total - (total / 5));
    }

    [Fact]
    public void Row_a_hair_from_the_threshold_is_named_on_both_sides_of_it()
    {
        // A long of 1 at 1,000 in the first tier: margin 4, so a balance of 5 has the ratio 0.8.
        var threshold = new ScreenThreshold(0.8m, 0m);
        decimal[] hairs = [0m, 1e-20m, 1e-15m, -1e-20m, -1e-15m, 1e-9m, -1e-9m];
        MarginPosition[] positions = [.. hairs.Select(hair => Made(5m + hair))];
        var screen = Screen(RandomMargin.Classic, positions);
        var rows = new int[positions.Length];

        var found = screen.FindNeedingExact(threshold, rows);

        // Only a billionth more than enough is seen to be enough.
        Assert.Equal([0, 1, 2, 3, 4, 6], rows[..found].Order());
        Assert.Equal(
            [0, 3, 4, 6],
            Enumerable.Range(0, hairs.Length).Where(row => threshold.IsReached(
                positions[row], MarginCalculator.Calculate(RandomMargin.Classic, positions[row]))));
    }

    /// <summary>
    /// The position with a wallet that makes its ratio the threshold's but for some
    /// roundings.
    /// </summary>
    private static MarginPosition AtRatio(
        TierTable table, MarginPosition position, ScreenThreshold threshold, RandomMargin random)
    {
        var margin = MarginCalculator.Calculate(table, position);
        var wallet = (margin.TotalMaintenance / threshold.Ratio) - margin.UnrealizedPnl
            - position.Collateral.OtherUnrealizedPnl;
        wallet += margin.Notional * 1e-17m * (random.Below(81) - 40);
        return position.With(position.Collateral with { Wallet = wallet }).TryGet(out var made, out _)
            ? made
            : position;
    }

    /// <summary>The position at a mark at the threshold's distance but for some roundings.</summary>
    private static MarginPosition AtDistance(
        TierTable table, MarginPosition position, ScreenThreshold threshold, RandomMargin random)
    {
        if (MarginCalculator.Calculate(table, position).LiquidationPrice is not { } price) return position;
        var mark = price / (position.Size > 0m ? 1m - threshold.Distance : 1m + threshold.Distance);
        mark += mark * 1e-17m * (random.Below(81) - 40);
        return mark is > 0m and <= MarginPosition.MostPrice ? position.At(mark) : position;
    }

    private static MarginPosition Made(decimal wallet) =>
        MarginPosition.Create(1m, 1_000m, 1_000m, 10m, MarginCollateral.Isolated(wallet))
            .TryGet(out var position, out var error)
            ? position
            : throw new InvalidOperationException(error.Message);

    private static MarginScreen Screen(TierTable table, MarginPosition[] positions)
    {
        var tables = new TierTable?[positions.Length];
        Array.Fill(tables, table);
        return new MarginScreen(tables, positions, ScreenLayout.Grouped);
    }

    private static IEnumerable<(TierTable Table, MarginPosition[] Positions)> Samples(
        int seed, bool isStrange)
    {
        var random = new RandomMargin(seed);
        for (var i = 0; i < Cases; i += RowsATable)
        {
            var table = random.Below(3) == 0 ? RandomMargin.Classic : random.Table();
            var positions = new MarginPosition[RowsATable];
            for (var row = 0; row < positions.Length; row++)
            {
                positions[row] = isStrange ? random.StrangePosition() : random.Position();
            }

            yield return (table, positions);
        }
    }

    /// <summary>The largest share of each bound that was used.</summary>
    private sealed class Worst
    {
        public double Maintenance { get; private set; }

        public double Initial { get; private set; }

        public double Ratio { get; private set; }

        public double Price { get; private set; }

        public double Priceless { get; private set; }

        public int Compared { get; private set; }

        public void Take(ScreenFigures figures, ScreenBounds bounds, MarginResult exact)
        {
            Maintenance = Math.Max(
                Maintenance, Share(figures.Maintenance, exact.Maintenance, bounds.Maintenance));
            Initial = Math.Max(Initial, Share(figures.Initial, exact.Initial, bounds.Initial));
            if (exact.MarginRatio is { } ratio)
            {
                Ratio = Math.Max(Ratio, Share(figures.MarginRatio, ratio, bounds.MarginRatio));
            }

            if (exact.LiquidationPrice is { } price)
            {
                Price = Math.Max(Price, Share(figures.LiquidationPrice, price, bounds.LiquidationPrice));
            }
            else if (exact.Liquidation != LiquidationKind.BeyondRange
                && figures.LiquidationPrice > bounds.LiquidationPrice)
            {
                Priceless = double.PositiveInfinity;
            }
        }

        private double Share(double value, decimal exact, double bound)
        {
            if (double.IsPositiveInfinity(bound)) return 0d;
            Compared++;
            return ExactGap.Share(value, exact, bound);
        }
    }
}
