using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A range of notionals by two tables; a tier is null where its table has ended.</summary>
internal sealed record CompareRowAnswer(
    string From, string To, bool IsChanged, TierAnswer? Before, TierAnswer? After);

/// <summary>Two tables of a symbol for programs.</summary>
internal sealed record CompareAnswer(
    string Symbol, string Before, string After, bool IsChanged, IReadOnlyList<CompareRowAnswer> Rows,
    CompareEffectAnswer? Position)
{
    /// <summary>The answer for a comparison.</summary>
    public static CompareAnswer Of(TierComparison comparison, PositionRequest? position) => new(
        comparison.Symbol, comparison.Before.Version, comparison.After.Version, comparison.IsChanged,
        [.. comparison.Rows.Select(row => new CompareRowAnswer(
            Decimals.Text(row.From), Decimals.Text(row.To), row.IsChanged,
            row.Before is null ? null : TierAnswer.Of(row.Before),
            row.After is null ? null : TierAnswer.Of(row.After)))],
        position is null ? null : CompareEffectAnswer.Of(comparison, position));
}

/// <summary>A position by two tables, for programs.</summary>
internal sealed record CompareEffectAnswer(
    MarginAnswer Before, MarginAnswer After, string MaintenanceChange, string? LiquidationPriceChange,
    bool BecomesLiquidatable)
{
    /// <summary>The answer for a position.</summary>
    public static CompareEffectAnswer Of(TierComparison comparison, PositionRequest request)
    {
        var effect = comparison.EffectOn(request.Position);
        return new CompareEffectAnswer(
            MarginAnswer.Of(comparison.Before, request, effect.Before),
            MarginAnswer.Of(comparison.After, request, effect.After),
            Decimals.Text(effect.Maintenance),
            effect.LiquidationPrice is { } moved ? Decimals.Text(moved) : null, effect.BecomesLiquidatable);
    }
}

/// <summary>Two books for programs.</summary>
internal sealed record CompareBooksAnswer(
    string Before, string After, bool IsSame, IReadOnlyList<string> Changed, IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed, IReadOnlyList<string> Unchanged)
{
    /// <summary>The answer for two books.</summary>
    public static CompareBooksAnswer Of(TierBook before, TierBook after, TierBookComparison books) => new(
        TierChoice.SourceOf(before), TierChoice.SourceOf(after), books.IsSame,
        [.. books.Changed.Select(changed => changed.Symbol)], books.Added, books.Removed, books.Unchanged);
}
