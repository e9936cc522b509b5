using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Display;

/// <summary>Two books of tiers side by side. Symbols are in ordinal order.</summary>
public sealed record TierBookComparison
{
    private TierBookComparison()
    {
    }

    /// <summary>Symbols that only the later book has.</summary>
    public required ImmutableArray<string> Added { get; init; }

    /// <summary>Symbols that only the earlier book has.</summary>
    public required ImmutableArray<string> Removed { get; init; }

    /// <summary>Symbols whose tables differ.</summary>
    public required ImmutableArray<TierComparison> Changed { get; init; }

    /// <summary>
    /// Symbols whose tables ask the same of every position, whatever their source.
    /// </summary>
    public required ImmutableArray<string> Unchanged { get; init; }

    /// <summary>Whether the books give every symbol the same tiers.</summary>
    public bool IsSame => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty;

    /// <summary>Puts two books side by side.</summary>
    public static TierBookComparison Of(TierBook before, TierBook after)
    {
        var added = ImmutableArray.CreateBuilder<string>();
        var changed = ImmutableArray.CreateBuilder<TierComparison>();
        var unchanged = ImmutableArray.CreateBuilder<string>();
        foreach (var symbol in after.Symbols)
        {
            _ = after.TryFind(symbol, out var later);
            if (!before.TryFind(symbol, out var earlier)) added.Add(symbol);
            else if (TierComparison.Of(earlier, later!) is { IsChanged: true } both) changed.Add(both);
            else unchanged.Add(symbol);
        }

        return new TierBookComparison
        {
            Added = added.ToImmutable(),
            Removed = [.. before.Symbols.Where(symbol => !after.TryFind(symbol, out _))],
            Changed = changed.ToImmutable(),
            Unchanged = unchanged.ToImmutable(),
        };
    }
}
