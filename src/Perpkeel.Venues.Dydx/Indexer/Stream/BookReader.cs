using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>
/// Levels from the wire into a book, without a string or an object between. Snapshots write them as objects,
/// changes as pairs, old servers as pairs with an offset behind; each is taken in each place.
/// </summary>
internal static class BookReader
{
    private const string Levels = "contents";

    /// <summary>Applies all levels of one message's contents; stops at the first that is not one.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static FieldFault? Apply(
        ref Utf8JsonReader reader, in GridUnit tick, in GridUnit step, LiveBook book, long offset)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return new FieldFault(Levels, "is no object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var side = reader.Is("bids"u8) ? Side.Buy
                : reader.Is("asks"u8) ? Side.Sell
                : Side.None;
            reader.Read();
            if (side == Side.None)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray) return Fault(side, "is no list");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!TryLevel(ref reader, tick, step, out var price, out var size))
                {
                    return Fault(side, "holds a level without a price and a size on the market's grid");
                }

                if (!book.Set(side, new Ticks(price), new Steps(size), offset))
                {
                    return Fault(side, "has more levels than a book can have");
                }
            }
        }

        return null;
    }

    private static FieldFault Fault(Side side, string reason) =>
        new(side == Side.Buy ? $"{Levels}.bids" : $"{Levels}.asks", reason);

    private static bool TryLevel(
        ref Utf8JsonReader reader, in GridUnit tick, in GridUnit step, out long price, out long size)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            size = 0;
            reader.Read();
            if (!TryCount(ref reader, tick, out price)) return false;
            reader.Read();
            if (!TryCount(ref reader, step, out size)) return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
            return price > 0 && size >= 0;
        }

        (price, size) = (-1, -1);
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isPrice, isSize) = (reader.Is("price"u8), reader.Is("size"u8));
            reader.Read();
            if (isPrice && !TryCount(ref reader, tick, out price)) return false;
            if (isSize && !TryCount(ref reader, step, out size)) return false;
            if (!isPrice && !isSize) reader.Skip();
        }

        return price > 0 && size >= 0;
    }

    private static bool TryCount(ref Utf8JsonReader reader, in GridUnit unit, out long count)
    {
        count = 0;
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped
            && Utf8Number.TryCount(reader.ValueSpan, unit, out count);
    }
}
