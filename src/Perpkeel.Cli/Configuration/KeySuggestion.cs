namespace Perpkeel.Cli.Configuration;

/// <summary>Which key the user may have meant.</summary>
internal static class KeySuggestion
{
    /// <summary>What to do about an unknown key, as a sentence.</summary>
    public static string For(string path)
    {
        var nearest = Nearest(path);
        if (nearest is not null) return $"Did you mean '{nearest}'?";

        var parent = KeyPath.ParentOf(path);
        var siblings = ConfigTable.IsSection(parent)
            ? ConfigTable.Keys.Select(key => key.Path)
                .Where(key => string.Equals(KeyPath.ParentOf(key), parent, StringComparison.Ordinal))
            : ConfigTable.Sections.Select(section => section.Key)
                .Where(section => KeyPath.ParentOf(section).Length == 0);
        return $"Known are {string.Join(", ", siblings)}.";
    }

    /// <summary>The known key or section that looks most alike; null when none does.</summary>
    public static string? Nearest(string path)
    {
        var candidates = ConfigTable.Keys.Select(key => key.Path)
            .Concat(ConfigTable.Sections.Select(section => section.Key)).ToList();
        var moved = candidates.Find(candidate => string.Equals(
            KeyPath.NameOf(candidate), KeyPath.NameOf(path), StringComparison.OrdinalIgnoreCase));
        if (moved is not null) return moved;

        var (nearest, distance) = candidates
            .Select(candidate => (candidate, Distance: Distance(path, candidate)))
            .MinBy(pair => pair.Distance);
        return distance <= Math.Max(2, KeyPath.NameOf(nearest).Length / 3) ? nearest : null;
    }

    /// <summary>
    /// How many letters must be put in, taken out or changed; case does not count (Levenshtein).
    /// </summary>
    public static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var changed = previous[j - 1] + (isSame ? 0 : 1);
                current[j] = Math.Min(changed, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
