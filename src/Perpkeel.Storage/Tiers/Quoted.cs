using System.Globalization;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// Text of a file in a message: short, and without anything that could move a terminal's cursor or turn the
/// direction of writing.
/// </summary>
internal static class Quoted
{
    private const int MostLetters = 40;

    /// <summary>The text in quotes.</summary>
    public static string Of(string text) => $"'{Clean(text)}'";

    /// <summary>The text, short and harmless.</summary>
    public static string Clean(string text) =>
        WithoutControls(text.Length <= MostLetters ? text : text[..MostLetters] + "…");

    /// <summary>The text, harmless.</summary>
    public static string WithoutControls(string text) =>
        text.All(IsHarmless) ? text : string.Concat(text.Select(letter => IsHarmless(letter) ? letter : '·'));

    /// <summary>Whether a text is a name that can be typed and shown: nothing invisible, no spaces.</summary>
    public static bool IsName(string text, int mostLetters) =>
        text.Length > 0 && text.Length <= mostLetters
        && text.All(letter => IsHarmless(letter) && !char.IsWhiteSpace(letter));

    private static bool IsHarmless(char letter) => char.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
