using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Storage.Tiers;

/// <summary>A tier as a file has it.</summary>
/// <param name="Draft">Its numbers.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record TierRow(TierDraft Draft, TierFilePlace Place);

/// <summary>The tiers of one symbol as a file has them.</summary>
internal sealed record TierRows
{
    /// <summary>The symbol as it is written.</summary>
    public required string Symbol { get; init; }

    /// <summary>Where it stands.</summary>
    public required TierFilePlace Place { get; init; }

    /// <summary>What amounts are counted in; null where the file's own applies.</summary>
    public string? QuoteAsset { get; init; }

    /// <summary>By what the notionals are multiplied for this account: 1 where nothing is said.</summary>
    public decimal Coefficient { get; init; } = 1m;

    /// <summary>The rows that could be read.</summary>
    public required IReadOnlyList<TierRow> Rows { get; init; }

    /// <summary>Whether all rows could be read; only then does checking them together make sense.</summary>
    public required bool IsWhole { get; init; }
}
