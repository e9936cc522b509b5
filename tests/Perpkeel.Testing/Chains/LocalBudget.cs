namespace Perpkeel.Testing.Chains;

/// <summary>
/// Counts messages of owners in blocks, failed ones too, as the rate limiter of the chain does.
/// </summary>
internal sealed class LocalBudget((uint Blocks, int Most)[] limits)
{
    private readonly Dictionary<string, SortedDictionary<uint, int>> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts, and says whether it was too many.</summary>
    public bool IsExceeded(string owner, uint block, int weight)
    {
        if (!_counts.TryGetValue(owner, out var counts)) _counts[owner] = counts = [];
        counts[block] = counts.GetValueOrDefault(block) + weight;
        return limits.Any(limit => counts.Where(one => one.Key + limit.Blocks > block).Sum(one => one.Value)
            > limit.Most);
    }

    /// <summary>The most that an owner had in any block.</summary>
    public int MostInABlock(string owner) => _counts[owner].Values.Max();

    /// <summary>Blocks in which an owner had any.</summary>
    public int BlocksOf(string owner) => _counts[owner].Count;
}
