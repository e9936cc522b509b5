using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// The exact margin of many positions, of any mix of symbols. Each row is what
/// <see cref="MarginCalculator.Calculate"/> gives for it alone, to the last bit; rows know nothing of each
/// other. Makes no garbage in rows whose numbers have as few digits as a venue gives.
/// </summary>
public static class MarginBatch
{
    /// <summary>Margin of positions whose symbols are looked up in a book.</summary>
    /// <param name="book">The tiers.</param>
    /// <param name="symbols">The symbol of each position.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="results">
    /// Receives margin or error of each row: <see cref="MarginRowError.UnknownSymbol"/> where the book has no
    /// tiers for exactly this name, <see cref="MarginRowError.NoPosition"/> where the position is
    /// <c>default</c>.
    /// </param>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public static void Calculate(
        TierBook book,
        ReadOnlySpan<string> symbols,
        ReadOnlySpan<MarginPosition> positions,
        Span<Result<MarginResult, MarginRowError>> results)
    {
        CheckLength(symbols.Length, positions.Length, nameof(symbols));
        CheckLength(results.Length, positions.Length, nameof(results));
        for (var i = 0; i < positions.Length; i++)
        {
            results[i] = Row(
                book.TryFind(symbols[i], out var found) ? found.Table : null, in positions[i]);
        }
    }

    /// <summary>Margin of positions whose tables are at hand.</summary>
    /// <param name="tables">The table of each position; null where its symbol has none.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="results">
    /// Receives margin or error of each row: <see cref="MarginRowError.UnknownSymbol"/> where the table is
    /// null, <see cref="MarginRowError.NoPosition"/> where the position is <c>default</c>.
    /// </param>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public static void Calculate(
        ReadOnlySpan<TierTable?> tables,
        ReadOnlySpan<MarginPosition> positions,
        Span<Result<MarginResult, MarginRowError>> results)
    {
        CheckLength(tables.Length, positions.Length, nameof(tables));
        CheckLength(results.Length, positions.Length, nameof(results));
        for (var i = 0; i < positions.Length; i++) results[i] = Row(tables[i], in positions[i]);
    }

    private static Result<MarginResult, MarginRowError> Row(TierTable? table, in MarginPosition position)
    {
        if (table is null) return MarginRowError.UnknownSymbol.Only;
        if (position.Size == 0m) return MarginRowError.NoPosition.Only;
        return MarginCalculator.Calculate(table, in position);
    }

    private static void CheckLength(int length, int positions, string name)
    {
        if (length != positions)
        {
            throw new ArgumentException($"There are {positions} positions, but {length} rows here.", name);
        }
    }
}
