using Perpkeel.Core.Margin.Screening;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Screening;

[Trait("Req", "MAR-10")]
public sealed class MarginScreenTests
{
    private static readonly ScreenThreshold Threshold = new(0.8m, 0.05m);

    public static TheoryData<int, ScreenLayout> WidthsAndLayouts
    {
        get
        {
            var data = new TheoryData<int, ScreenLayout>();
            foreach (var width in new[] { 64, 128, 256, 512 })
            {
                data.Add(width, ScreenLayout.Grouped);
                data.Add(width, ScreenLayout.AsGiven);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndLayouts))]
    public void Bits_are_those_of_the_textbook_for_every_count_order_and_register(
        int width, ScreenLayout layout)
    {
        var (tables, positions) = Rows(seed: 11, count: 67);
        var random = new RandomMargin(12);

        for (var count = 1; count <= positions.Length; count++)
        {
            var order = random.Permutation(positions.Length)[..count];
            var screen = new MarginScreen(
                [.. order.Select(i => tables[i])], [.. order.Select(i => positions[i])], layout);
            screen.Calculate(width);

            for (var row = 0; row < count; row++)
            {
                var textbook = Textbook(tables[order[row]]!, positions[order[row]]);
                AssertSameBits(textbook, screen.FiguresOf(row));
            }
        }
    }

    [Fact]
    public void Verdicts_are_the_same_for_every_order_layout_and_register()
    {
        var (tables, positions) = Rows(seed: 13, count: 1_000);
        var order = new RandomMargin(14).Permutation(positions.Length);
        var straight = new MarginScreen(tables, positions, ScreenLayout.Grouped);
        var shuffled = new MarginScreen(
            [.. order.Select(i => tables[i])], [.. order.Select(i => positions[i])], ScreenLayout.AsGiven);
        var expected = Found(straight, 64);

        Assert.InRange(expected.Length, 1, positions.Length - 1);
        foreach (var width in new[] { 128, 256, 512 })
        {
            Assert.Equal(expected, Found(straight, width));
            Assert.Equal(expected, Found(shuffled, width).Select(row => order[row]).Order());
        }
    }

    [Fact]
    public void Best_register_of_the_processor_gives_the_same_as_one_row_at_a_time()
    {
        var (tables, positions) = Rows(seed: 15, count: 300);
        var screen = new MarginScreen(tables, positions, ScreenLayout.Grouped);
        var rows = new int[positions.Length];

        screen.Calculate(64);
        ScreenFigures[] one = [.. rows.Select((_, row) => screen.FiguresOf(row))];
        screen.Calculate();
        var found = screen.FindNeedingExact(Threshold, rows);

        for (var row = 0; row < one.Length; row++) AssertSameBits(one[row], screen.FiguresOf(row));
        Assert.Equal(Found(screen, 64), rows[..found].Order());
    }

    [Theory]
    [InlineData(ScreenLayout.Grouped)]
    [InlineData(ScreenLayout.AsGiven)]
    public void Changed_row_is_as_if_the_screen_had_been_made_with_it(ScreenLayout layout)
    {
        var (tables, before) = Rows(seed: 16, count: 40);
        var random = new RandomMargin(17);
        MarginPosition[] after = [.. before.Select(old => WithSide(random.Position(), old.Size > 0m))];
        for (var row = 0; row < after.Length; row += 2) after[row] = before[row].At(after[row].MarkPrice);
        var screen = new MarginScreen(tables, before, layout);

        for (var row = 0; row < after.Length; row++)
        {
            if (row % 2 == 0) screen.SetMark(row, after[row].MarkPrice);
            else screen.Set(row, after[row]);
        }

        screen.Calculate();

        for (var row = 0; row < after.Length; row++)
        {
            AssertSameBits(Textbook(tables[row]!, after[row]), screen.FiguresOf(row));
        }
    }

    [Theory]
    [InlineData(ScreenLayout.Grouped)]
    [InlineData(ScreenLayout.AsGiven)]
    public void Row_without_a_table_is_always_named_and_the_others_know_nothing_of_it(ScreenLayout layout)
    {
        // A hundred times covered, at 1x: nothing that the threshold asks for.
        var safe = Position(1m, 50_000m, 50_000m, 5_000_000m);
        var screen = new MarginScreen(
            [RandomMargin.Classic, null, RandomMargin.Classic], [safe, safe, safe], layout);
        var rows = new int[3];

        screen.Calculate();
        var found = screen.FindNeedingExact(Threshold, rows);

        Assert.Equal([1], rows[..found]);
        Assert.True(double.IsNaN(screen.FiguresOf(1).Maintenance));
        Assert.Equal(double.PositiveInfinity, screen.BoundsOf(1).Maintenance);
        Assert.Equal(double.PositiveInfinity, screen.BoundsOf(1).LiquidationPrice);
        AssertSameBits(Textbook(RandomMargin.Classic, safe), screen.FiguresOf(2));
    }

    [Fact]
    public void Screen_without_rows_finds_none()
    {
        foreach (var layout in new[] { ScreenLayout.Grouped, ScreenLayout.AsGiven })
        {
            var screen = new MarginScreen([], [], layout);
            screen.Calculate();

            Assert.Equal(0, screen.FindNeedingExact(Threshold, []));
        }
    }

    [Fact]
    public void Passes_allocate_nothing()
    {
        var (tables, positions) = Rows(seed: 18, count: 500);
        var rows = new int[500];
        foreach (var layout in new[] { ScreenLayout.Grouped, ScreenLayout.AsGiven })
        {
            var screen = new MarginScreen(tables, positions, layout);
            screen.Calculate();
            screen.FindNeedingExact(Threshold, rows);

            var before = GC.GetAllocatedBytesForCurrentThread();
            screen.Calculate();
            screen.FindNeedingExact(Threshold, rows);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal(0L, allocated);
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        var position = Position(1m, 100m, 100m, 10m);
        var screen = new MarginScreen([RandomMargin.Classic], [position], ScreenLayout.Grouped);

        Assert.Throws<ArgumentException>(
            "tables", () => new MarginScreen([], [position], ScreenLayout.Grouped));
        Assert.Throws<ArgumentException>(
            "positions", () => new MarginScreen([RandomMargin.Classic], [default], ScreenLayout.Grouped));
        Assert.Throws<ArgumentException>("rows", () => screen.FindNeedingExact(Threshold, []));
        Assert.Throws<ArgumentException>("threshold", () => screen.FindNeedingExact(default, new int[1]));
        Assert.Throws<ArgumentException>(
            "position", () => screen.Set(0, Position(-1m, 100m, 100m, 10m)));
        Assert.Throws<ArgumentException>("position", () => screen.Set(0, default));
        Assert.Throws<ArgumentOutOfRangeException>("price", () => screen.SetMark(0, 0m));
        Assert.Throws<ArgumentOutOfRangeException>("price", () => screen.SetMark(0, 1e12m + 1m));
        Assert.Throws<IndexOutOfRangeException>(() => screen.SetMark(1, 1m));
    }

    [Theory]
    [InlineData(0.0099, 0)]
    [InlineData(1.0001, 0)]
    [InlineData(0.5, -0.0001)]
    [InlineData(0.5, 0.9001)]
    public void Threshold_outside_its_range_is_refused(double ratio, double distance) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ScreenThreshold((decimal)ratio, (decimal)distance));

    /// <summary>The figures by their definitions, in double, one line after another.</summary>
    private static ScreenFigures Textbook(TierTable table, MarginPosition position)
    {
        var isLong = position.Size > 0m;
        var size = (double)Math.Abs(position.Size);
        var notional = size * (double)position.MarkPrice;
        var cost = size * (double)position.EntryPrice;
        var equity = (double)(position.Collateral.Wallet + position.Collateral.OtherUnrealizedPnl);
        var others = (double)position.Collateral.OtherMaintenance;
        var worth = isLong ? cost - equity + others : cost + equity - others;
        var maintenance = double.NegativeInfinity;
        var liquidation = isLong ? double.NegativeInfinity : double.PositiveInfinity;
        foreach (var tier in table.Tiers)
        {
            var (rate, amount) = ((double)tier.Rate, (double)tier.Amount);
            maintenance = Math.Max(maintenance, (rate * notional) - amount);
            liquidation = isLong
                ? Math.Max(liquidation, (worth - amount) * (double)(1m / (1m - tier.Rate)))
                : Math.Min(liquidation, (worth + amount) * (double)(1m / (1m + tier.Rate)));
        }

        var balance = isLong ? notional - (cost - equity) : cost + equity - notional;
        return new ScreenFigures(
            maintenance, notional / (double)position.Leverage.Value,
            balance > 0d ? (maintenance + others) / balance : double.PositiveInfinity, liquidation / size);
    }

    private static (TierTable?[] Tables, MarginPosition[] Positions) Rows(int seed, int count)
    {
        var random = new RandomMargin(seed);
        TierTable[] some = [RandomMargin.Classic, random.Table(), random.Table(), random.Table()];
        var tables = new TierTable?[count];
        var positions = new MarginPosition[count];
        for (var i = 0; i < count; i++)
        {
            tables[i] = random.Below(3) == 0 ? random.Table() : some[random.Below(some.Length)];
            positions[i] = random.Below(4) == 0 ? random.StrangePosition() : random.Position();
        }

        return (tables, positions);
    }

    private static int[] Found(MarginScreen screen, int width)
    {
        var rows = new int[screen.Count];
        return [.. rows[..screen.FindNeedingExact(Threshold, rows, width)].Order()];
    }

    private static MarginPosition WithSide(MarginPosition position, bool isLong) =>
        MarginPosition.Create(
            isLong ? Math.Abs(position.Size) : -Math.Abs(position.Size), position.EntryPrice,
            position.MarkPrice, position.Leverage.Value, position.Collateral).TryGet(out var made, out _)
            ? made
            : throw new InvalidOperationException();

    private static MarginPosition Position(decimal size, decimal entry, decimal mark, decimal wallet) =>
        MarginPosition.Create(size, entry, mark, 1m, MarginCollateral.Isolated(wallet))
            .TryGet(out var made, out var error)
            ? made
            : throw new InvalidOperationException(error.Message);

    private static void AssertSameBits(ScreenFigures expected, ScreenFigures actual) =>
        Assert.Equal(Bits(expected), Bits(actual));

    private static long[] Bits(ScreenFigures figures) =>
    [
        BitConverter.DoubleToInt64Bits(figures.Maintenance), BitConverter.DoubleToInt64Bits(figures.Initial),
        BitConverter.DoubleToInt64Bits(figures.MarginRatio),
        BitConverter.DoubleToInt64Bits(figures.LiquidationPrice),
    ];
}
