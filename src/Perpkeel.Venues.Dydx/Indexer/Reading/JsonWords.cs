using System.Text.Json;

namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>Compares words of a message.</summary>
internal static class JsonWords
{
    /// <summary>
    /// Whether the reader stands on this word. One that is written with escapes is none of the venue's, and
    /// to resolve half a letter would throw.
    /// </summary>
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> word) =>
        !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(word);
}
