using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>The 2048 English words of BIP-39, in their order.</summary>
/// <remarks>Source: BIP-39, english.txt, with the SHA-256 that its test names.</remarks>
internal static class WordList
{
    /// <summary>Words in the list.</summary>
    public const int Count = 2048;

    /// <summary>Letters of the longest word.</summary>
    public const int LongestWord = 8;

    private const int MostChanges = 2;
    private const int TellingLetters = 4;

    private static readonly Lazy<ImmutableArray<string>> Words = new(Read);

    private static readonly Lazy<FrozenDictionary<string, int>> Places = new(() =>
        Words.Value.Select((word, index) => KeyValuePair.Create(word, index))
            .ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>The words.</summary>
    public static ImmutableArray<string> All => Words.Value;

    /// <summary>The place of a word in small letters; false where there is none.</summary>
    public static bool TryFind(ReadOnlySpan<char> word, out int index) =>
        Places.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out index);

    /// <summary>
    /// The nearest word: the one with the same first four letters, which no two words share, else the one
    /// that the fewest changed, missing, added or swapped letters lead to, if two are enough.
    /// </summary>
    public static string? Nearest(string word)
    {
        if (word.Length >= TellingLetters)
        {
            var start = word[..TellingLetters];
            var same = All.FirstOrDefault(known => known.StartsWith(start, StringComparison.Ordinal));
            if (same is not null) return same;
        }

        var (nearest, changes) = All.Select(known => (known, Changes(known, word))).MinBy(pair => pair.Item2);
        return changes <= MostChanges && changes < word.Length ? nearest : null;
    }

    /// <summary>Letters to change, add, take out or swap with their neighbour between two words.</summary>
    private static int Changes(string left, string right)
    {
        // Three rows of the usual table: the one before the last is for swaps.
        var before = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, changed);
                var isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (isSwap) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[right.Length];
    }

    private static ImmutableArray<string> Read()
    {
        using var file = typeof(WordList).Assembly.GetManifestResourceStream("bip39/english.txt")
            ?? throw new InvalidOperationException("The list of words was not built in.");
        using var reader = new StreamReader(file, Encoding.ASCII);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
