using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// The lines of one table for one side, among those of all tables: rates, then amounts, then reciprocals,
/// each padded to whole registers by repeating the last line, which changes no maximum.
/// </summary>
/// <param name="Offset">Where the rates begin.</param>
/// <param name="Count">How many lines there are.</param>
/// <param name="Padded">That number with the padding.</param>
/// <param name="Condition">How much the table can enlarge a relative error; infinity when too much.</param>
internal readonly record struct LineBlock(int Offset, int Count, int Padded, double Condition);

/// <summary>The lines of tables as the screen reads them, a block for each table and side.</summary>
internal sealed class ScreenLines
{
    /// <summary>Beyond this the second-order terms that the bounds leave out could be felt.</summary>
    private const double MostCondition = 1e9;

    /// <summary>
    /// Lines of every usual table, so that rows of different tables run through the same number of registers:
    /// a branch that cannot be predicted costs more than the lines.
    /// </summary>
    private const int UsualPadded = 2 * ScreenColumns.Step;

    private readonly List<double> _numbers = [];
    private readonly List<LineBlock> _blocks = [];
    private readonly Dictionary<(TierTable? Table, bool IsLong), int> _indices = [];

    /// <summary>All blocks by index.</summary>
    public LineBlock[] Blocks => [.. _blocks];

    /// <summary>The numbers that blocks point into.</summary>
    public double[] Numbers => [.. _numbers];

    /// <summary>
    /// The index of the block of a table and side. Without a table its numbers are none, and nothing about
    /// its rows is known.
    /// </summary>
    public int IndexOf(TierTable? table, bool isLong)
    {
        if (_indices.TryGetValue((table, isLong), out var index)) return index;
        index = _blocks.Count;
        _blocks.Add(table is null ? Unknown() : Block(table, isLong));
        _indices.Add((table, isLong), index);
        return index;
    }

    private LineBlock Unknown()
    {
        var offset = _numbers.Count;
        for (var i = 0; i < 3 * UsualPadded; i++) _numbers.Add(double.NaN);
        return new LineBlock(offset, 1, UsualPadded, double.PositiveInfinity);
    }

    private LineBlock Block(TierTable table, bool isLong)
    {
        var tiers = table.Tiers;
        var offset = _numbers.Count;
        var padded = Math.Max(
            UsualPadded, (tiers.Length + ScreenColumns.Step - 1) / ScreenColumns.Step * ScreenColumns.Step);
        for (var i = 0; i < padded; i++) _numbers.Add((double)tiers[Math.Min(i, tiers.Length - 1)].Rate);
        for (var i = 0; i < padded; i++) _numbers.Add((double)tiers[Math.Min(i, tiers.Length - 1)].Amount);
        for (var i = 0; i < padded; i++)
        {
            var rate = tiers[Math.Min(i, tiers.Length - 1)].Rate;
            _numbers.Add((double)(1m / (isLong ? 1m - rate : 1m + rate)));
        }

        return new LineBlock(offset, tiers.Length, padded, ConditionOf(table, isLong));
    }

    /// <summary>
    /// The larger of two: floor x rate / margin at the floor, which is how fast margin can grow against the
    /// notional, and 1 / (1 - last rate), which is how fast a long's liquidation notional can grow against
    /// its debt.
    /// </summary>
    /// <remarks>Derived in <c>docs/math/screening.md</c>.</remarks>
    private static double ConditionOf(TierTable table, bool isLong)
    {
        const double RoundedUp = 1d + 1e-9;
        var condition = isLong ? 1d / (double)(1m - table.Tiers[^1].Rate) : 1d;
        foreach (var tier in table.Tiers.AsSpan()[1..])
        {
            var product = tier.Floor * tier.Rate;
            condition = Math.Max(condition, (double)product / (double)(product - tier.Amount));
        }

        return condition * RoundedUp > MostCondition ? double.PositiveInfinity : condition * RoundedUp;
    }
}
