using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>Text counted in terminal cells.</summary>
internal static class CellText
{
    /// <summary>The text without what would move the cursor or has no cell of its own.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text.All(char.IsAsciiLetterOrDigit)) return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(Printable(rune));
        return clean.ToString();
    }

    /// <summary>Cells of a cleaned character: one, or two for the wide scripts.</summary>
    public static int Width(char character) => character switch
    {
        < '\u1100' => 1,
        >= '\u2010' and <= '\u2027' => 1,
        >= '\u2190' and <= '\u21ff' => 1,
        >= '\u2500' and <= '\u259f' => 1,
        _ => Math.Max(1, new Segment(character.ToString()).CellCount()),
    };

    /// <summary>Cells of a cleaned text.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var character in text) width += Width(character);
        return width;
    }

    private static char Printable(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when !rune.IsBmp => '?',
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => '?',
        UnicodeCategory.SpacingCombiningMark or UnicodeCategory.PrivateUse => '?',
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => '?',
        _ => (char)rune.Value,
    };
}
