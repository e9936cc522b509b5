namespace Perpkeel.Core.Numbers;

/// <summary>
/// What somebody seems to have meant by a text that is no number: one with separators, or with a decimal
/// comma. A comma is taken for a separator only where it stands behind each group of three digits; a guess
/// never moves the point.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Mend">How to write it, to follow "write": <c>it without separators: 50000</c>.</param>
public sealed record MeantNumber(decimal Value, string Mend)
{
    private const int GroupDigits = 3;

    /// <summary>
    /// The number; null where the text is one already, or where it could be more than one.
    /// </summary>
    public static MeantNumber? Of(string text)
    {
        const string withoutSeparators = "it without separators";
        var bare = string.Concat(text.Where(letter => letter is not ('_' or ' ' or '\'' or '$')));
        if (!bare.Contains(',', StringComparison.Ordinal))
        {
            return bare.Length < text.Length ? Read(bare, withoutSeparators) : null;
        }

        if (Ungrouped(bare, ',', '.') is { } ungrouped) return Read(ungrouped, withoutSeparators);
        if (!bare.Contains('.', StringComparison.Ordinal)) return Pointed(bare, "it with a point");
        return Ungrouped(bare, '.', ',') is { } european
            ? Pointed(european, "it with a point and without separators")
            : null;
    }

    private static MeantNumber? Pointed(string text, string how) =>
        text[^1] != ',' && text.Count(letter => letter == ',') == 1
            ? Read(text.Replace(',', '.'), how)
            : null;

    private static MeantNumber? Read(string text, string how) =>
        DecimalText.Read(text, out var value) == DecimalTextFault.None
            ? new MeantNumber(value, $"{how}: {Decimals.Text(value)}")
            : null;

    /// <summary>
    /// The text without the separators of its whole part; null where they do not group it by three.
    /// </summary>
    private static string? Ungrouped(string text, char separator, char point)
    {
        var end = text.IndexOfAny([point, 'e', 'E']);
        var whole = end < 0 ? text : text[..end];
        var groups = whole.TrimStart('+', '-').Split(separator);
        var isGrouped = groups is [[>= '1' and <= '9', ..] first, _, ..]
            && first.Length <= GroupDigits
            && groups.Skip(1).All(group => group.Length == GroupDigits);
        return isGrouped
            ? whole.Replace($"{separator}", string.Empty, StringComparison.Ordinal) + text[whole.Length..]
            : null;
    }
}
