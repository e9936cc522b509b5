using System.Buffers.Text;

namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>Instants as the Indexer writes them, without a string between.</summary>
internal static class Utf8Time
{
    private const int Seconds = 19;
    private const int MostFraction = 7;

    /// <summary>
    /// Reads <c>2026-01-02T03:04:05.678Z</c>, with up to seven digits of a second or none; always in UTC.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < Seconds + 1 or > Seconds + 2 + MostFraction) return false;
        if (text[^1] != (byte)'Z') return false;
        if (text[4] != (byte)'-' || text[7] != (byte)'-' || text[10] != (byte)'T' || text[13] != (byte)':'
            || text[16] != (byte)':')
        {
            return false;
        }

        if (!TryPart(text[..4], out var year) || !TryPart(text[5..7], out var month)
            || !TryPart(text[8..10], out var day) || !TryPart(text[11..13], out var hour)
            || !TryPart(text[14..16], out var minute) || !TryPart(text[17..19], out var second)
            || year is < 1970 or > 9998 || month is < 1 or > 12 || day < 1
            || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        if (text.Length > Seconds + 1)
        {
            var fraction = text[(Seconds + 1)..^1];
            if (text[Seconds] != (byte)'.' || !TryPart(fraction, out var parts)) return false;
            for (var i = fraction.Length; i < MostFraction; i++) parts *= 10;
            ticks += parts;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryPart(ReadOnlySpan<byte> digits, out int value) =>
        Utf8Parser.TryParse(digits, out value, out var read) && read == digits.Length && value >= 0
        && digits[0] is not ((byte)'+' or (byte)'-');
}
