using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>
/// The tiers of many symbols, as one whole that never changes. Symbols are compared ordinally: an unknown
/// one has no tiers and never another symbol's. Symbols with equal rows share one table.
/// </summary>
public sealed class TierBook
{
    private readonly FrozenDictionary<string, TierConfiguration> _bySymbol;

    /// <summary>Takes configurations.</summary>
    /// <param name="configurations">At most one for each symbol.</param>
    /// <exception cref="ArgumentException">A symbol comes twice.</exception>
    public TierBook(IEnumerable<TierConfiguration> configurations)
    {
        var tables = new Dictionary<string, TierTable>(StringComparer.Ordinal);
        var bySymbol = new Dictionary<string, TierConfiguration>(StringComparer.Ordinal);
        foreach (var configuration in configurations)
        {
            if (!tables.TryGetValue(configuration.Table.Fingerprint, out var table))
            {
                table = configuration.Table;
                tables.Add(table.Fingerprint, table);
            }

            bySymbol.Add(configuration.Symbol, configuration with { Table = table });
        }

        _bySymbol = bySymbol.ToFrozenDictionary(StringComparer.Ordinal);
        Symbols = [.. bySymbol.Keys.Order(StringComparer.Ordinal)];
        TableCount = tables.Count;
    }

    /// <summary>All symbols in ordinal order.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>How many different tables there are.</summary>
    public int TableCount { get; }

    /// <summary>The tiers of a symbol; false when the book has none for exactly this name.</summary>
    public bool TryFind(string symbol, [NotNullWhen(true)] out TierConfiguration? configuration) =>
        _bySymbol.TryGetValue(symbol, out configuration);
}
