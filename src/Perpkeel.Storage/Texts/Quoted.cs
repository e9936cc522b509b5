using System.Globalization;
using System.Text;

namespace Perpkeel.Storage.Texts;

/// <summary>
/// Text of others in a message: short, and without anything that could move a terminal's cursor, turn the
/// direction of writing or hide itself.
/// </summary>
public static class Quoted
{
    private const int MostLetters = 40;
    private static readonly Rune Dot = new('·');

    /// <summary>The text in quotes, short and harmless.</summary>
    public static string Of(string text) => $"'{Clean(text)}'";

    /// <summary>The text, short and harmless.</summary>
    public static string Clean(string text)
    {
        if (text.Length <= MostLetters) return WithoutControls(text);
        var end = char.IsHighSurrogate(text[MostLetters - 1]) ? MostLetters - 1 : MostLetters;
        return WithoutControls(text[..end]) + "…";
    }

    /// <summary>The text, harmless.</summary>
    public static string WithoutControls(string text)
    {
        var harmless = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
        {
            harmless.Append((IsHarmless(letter) ? letter : Dot).ToString());
        }

        return harmless.ToString();
    }

    /// <summary>Whether a text is a name that can be typed and shown: nothing invisible, no spaces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mostLetters">How long it may be.</param>
    public static bool IsName(string text, int mostLetters) =>
        text.Length > 0 && text.Length <= mostLetters
        && text.EnumerateRunes().All(letter => IsHarmless(letter) && !Rune.IsWhiteSpace(letter));

    private static bool IsHarmless(Rune letter) => Rune.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
