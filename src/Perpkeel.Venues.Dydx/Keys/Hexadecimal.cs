using System.Buffers;
using System.Globalization;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>Hexadecimal digits with or without 0x.</summary>
internal static class Hexadecimal
{
    /// <summary>
    /// Reads exactly as many bytes as there is room for; otherwise tells what there is, without any digit.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> into, out string found)
    {
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) text = text[2..];
        if (text.Length == 2 * into.Length
            && Convert.FromHexString(text, into, out _, out _) == OperationStatus.Done)
        {
            found = string.Empty;
            return true;
        }

        found = text.Length == 2 * into.Length
            ? "characters that are no digits among them"
            : text.Length.ToString(CultureInfo.InvariantCulture) + " digits";
        into.Clear();
        return false;
    }
}
