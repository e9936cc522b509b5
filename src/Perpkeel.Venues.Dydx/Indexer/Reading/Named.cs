using System.Collections.Frozen;
using System.Text;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>
/// A word of the venue's: the value that it stands for, or, where it is a new one, the text by itself.
/// </summary>
/// <typeparam name="T">The words that are known.</typeparam>
public readonly record struct Named<T>
    where T : struct, Enum
{
    private readonly string? _text;

    /// <summary>Takes a word as sent.</summary>
    public Named(string text)
    {
        _text = text;
        Known = WireWords<T>.Find(text);
    }

    /// <summary>Takes a value that is known.</summary>
    public Named(T value)
        : this(WireWords<T>.Of(value))
    {
    }

    /// <summary>The word as sent; empty for <c>default</c>.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>What it stands for; null where it is not known here.</summary>
    public T? Known { get; }

    /// <summary>Whether it is this one.</summary>
    public bool Is(T value) => Known is { } known && EqualityComparer<T>.Default.Equals(known, value);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Names of enumerations as the venue writes them: <c>BEST_EFFORT_OPENED</c>.</summary>
internal static class WireWords<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> ByWord =
        Enum.GetValues<T>().ToFrozenDictionary(Spell, StringComparer.Ordinal);

    /// <summary>The value of a word, where it is known.</summary>
    public static T? Find(string word) => ByWord.TryGetValue(word, out var value) ? value : null;

    /// <summary>The word of a value.</summary>
    public static string Of(T value) => Spell(value);

    private static string Spell(T value)
    {
        var name = value.ToString();
        if (value is CandleResolution resolution) return CandleResolutions.Word(resolution);
        var word = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i])) word.Append('_');
            word.Append(char.ToUpperInvariant(name[i]));
        }

        return word.ToString();
    }
}
