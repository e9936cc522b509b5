using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Display;

/// <summary>Two tables of one symbol side by side.</summary>
public sealed record TierComparison
{
    private TierComparison()
    {
    }

    /// <summary>The symbol, as the later configuration names it.</summary>
    public required string Symbol { get; init; }

    /// <summary>The earlier configuration.</summary>
    public required TierConfiguration Before { get; init; }

    /// <summary>The later configuration.</summary>
    public required TierConfiguration After { get; init; }

    /// <summary>One row for each range between boundaries of either table, from zero up.</summary>
    public required ImmutableArray<TierComparisonRow> Rows { get; init; }

    /// <summary>
    /// Whether any row differs. A tier that ends where it begins has no row: no position is asked for it.
    /// </summary>
    public bool IsChanged => Rows.Any(row => row.IsChanged);

    /// <summary>Puts two configurations side by side.</summary>
    public static TierComparison Of(TierConfiguration before, TierConfiguration after)
    {
        var boundaries = before.Table.Tiers.Concat(after.Table.Tiers)
            .Select(tier => tier.Cap).Distinct().Order().ToArray();
        var rows = ImmutableArray.CreateBuilder<TierComparisonRow>(boundaries.Length);
        var from = 0m;
        foreach (var to in boundaries)
        {
            rows.Add(new TierComparisonRow(from, to, TierAt(before.Table, to), TierAt(after.Table, to)));
            from = to;
        }

        return new TierComparison
        {
            Symbol = after.Symbol,
            Before = before,
            After = after,
            Rows = rows.MoveToImmutable(),
        };
    }

    /// <summary>What the change does to a position.</summary>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public TierEffect EffectOn(in MarginPosition position) => new(
        MarginCalculator.Calculate(Before.Table, position),
        MarginCalculator.Calculate(After.Table, position));

    private static MarginTier? TierAt(TierTable table, decimal notional) =>
        table.TierFor(notional) is { IsBeyondLastCap: false } label ? label.Tier : null;
}

/// <summary>A range of notionals in which neither table has a boundary.</summary>
/// <param name="From">Where it begins; not included.</param>
/// <param name="To">Where it ends; included.</param>
/// <param name="Before">The earlier tier; null where the earlier table has ended.</param>
/// <param name="After">The later tier; null where the later table has ended.</param>
public sealed record TierComparisonRow(decimal From, decimal To, MarginTier? Before, MarginTier? After)
{
    /// <summary>Whether the rate differs, or only one table reaches here.</summary>
    public bool IsRateChanged => Before?.Rate != After?.Rate;

    /// <summary>Whether the maintenance amount differs, or only one table reaches here.</summary>
    public bool IsAmountChanged => Before?.Amount != After?.Amount;

    /// <summary>Whether the greatest leverage differs, or only one table reaches here.</summary>
    public bool IsLeverageChanged => Before?.MaxLeverage != After?.MaxLeverage;

    /// <summary>Whether the tier ends elsewhere, or only one table reaches here.</summary>
    public bool IsCapChanged => Before?.Cap != After?.Cap;

    /// <summary>Whether anything that a position here is asked for differs.</summary>
    public bool IsChanged => IsRateChanged || IsAmountChanged || IsLeverageChanged || IsCapChanged;
}

/// <summary>A position before and after a change of tiers.</summary>
/// <param name="Before">By the earlier table.</param>
/// <param name="After">By the later table.</param>
public readonly record struct TierEffect(MarginResult Before, MarginResult After)
{
    /// <summary>By how much the maintenance margin grows; negative when it falls.</summary>
    public decimal Maintenance => After.Maintenance - Before.Maintenance;

    /// <summary>By how much the liquidation price rises; null unless there is one on both sides.</summary>
    public decimal? LiquidationPrice => After.LiquidationPrice - Before.LiquidationPrice;

    /// <summary>Whether the position is liquidated by the change alone.</summary>
    public bool BecomesLiquidatable => After.IsLiquidatable && !Before.IsLiquidatable;
}
