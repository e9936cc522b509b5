using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>Trades from the wire, without a string between.</summary>
internal static class TradeReader
{
    private const int MostHex = 32;

    /// <summary>Replaces what is in the list by the trades of one message's contents.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static FieldFault? Read(
        ref Utf8JsonReader reader, in GridUnit tick, in GridUnit step, List<StreamTrade> trades)
    {
        trades.Clear();
        if (reader.TokenType != JsonTokenType.StartObject) return new FieldFault("contents", "is no object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTrades = reader.Is("trades"u8);
            reader.Read();
            if (!isTrades)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return new FieldFault("contents.trades", "is no list");
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (One(ref reader, tick, step, out var trade) is { } field)
                {
                    return new FieldFault(
                        string.Create(
                            CultureInfo.InvariantCulture, $"contents.trades[{trades.Count}].{field}"),
                        "is missing or not as it must be");
                }

                trades.Add(trade);
            }
        }

        return null;
    }

    /// <summary>The name of the field that is not as it must be; null where all are.</summary>
    private static string? One(
        ref Utf8JsonReader reader, in GridUnit tick, in GridUnit step, out StreamTrade trade)
    {
        trade = default;
        var (hasId, hasTime, hasPrice, hasSize) = (false, false, false, false);
        if (reader.TokenType != JsonTokenType.StartObject) return "(object)";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is("id"u8))
            {
                reader.Read();
                hasId = TryId(ref reader, out var id);
                trade = trade with { Id = id };
            }
            else if (reader.Is("side"u8))
            {
                reader.Read();
                trade = trade with { Taker = SideOf(ref reader) };
            }
            else if (reader.Is("price"u8))
            {
                reader.Read();
                hasPrice = TryNumber(ref reader, tick, out var price, out var ticks) && price > 0m;
                trade = trade with { Price = price, Ticks = new Ticks(ticks) };
            }
            else if (reader.Is("size"u8))
            {
                reader.Read();
                hasSize = TryNumber(ref reader, step, out var size, out var steps) && size >= 0m;
                trade = trade with { Size = size, Steps = new Steps(steps) };
            }
            else if (reader.Is("createdAt"u8))
            {
                reader.Read();
                hasTime = TryTime(ref reader, out var at);
                trade = trade with { At = at };
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return !hasId ? "id" : !hasPrice ? "price" : !hasSize ? "size" : !hasTime ? "createdAt"
            : trade.Taker == Side.None ? "side" : null;
    }

    private static Side SideOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return Side.None;
        }

        return reader.Is("BUY"u8) ? Side.Buy
            : reader.Is("SELL"u8) ? Side.Sell
            : Side.None;
    }

    private static bool TryTime(ref Utf8JsonReader reader, out DateTimeOffset at)
    {
        at = default;
        if (reader.TokenType == JsonTokenType.String) return Utf8Time.TryRead(reader.ValueSpan, out at);
        reader.Skip();
        return false;
    }

    private static bool TryNumber(
        ref Utf8JsonReader reader, in GridUnit unit, out decimal value, out long count)
    {
        (value, count) = (0m, 0);
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueIsEscaped)
        {
            reader.Skip();
            return false;
        }

        // A price between two ticks is a price, too: then the count stays zero.
        Utf8Number.TryCount(reader.ValueSpan, unit, out count);
        return Utf8Number.TryDecimal(reader.ValueSpan, out value);
    }

    /// <summary>An event's hexadecimal digits, or those of a UUID; other texts by their hash.</summary>
    private static bool TryId(ref Utf8JsonReader reader, out UInt128 id)
    {
        id = UInt128.Zero;
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return false;
        }

        var text = reader.ValueSpan;
        var digits = 0;
        foreach (var letter in text)
        {
            if (letter == (byte)'-') continue;
            if (!char.IsAsciiHexDigit((char)letter) || ++digits > MostHex)
            {
                id = Hash(text);
                return true;
            }

            var digit = letter <= (byte)'9' ? letter - '0' : (letter | 0x20) - 'a' + 10;
            id = (id << 4) | (uint)digit;
        }

        return digits > 0;
    }

    private static UInt128 Hash(ReadOnlySpan<byte> text)
    {
        // FNV-1a in 128 bits.
        var hash = new UInt128(0x6C62_272E_07BB_0142, 0x62B8_2175_6295_C58D);
        var prime = new UInt128(0x0000_0000_0100_0000, 0x0000_0000_0000_013B);
        foreach (var letter in text) hash = unchecked((hash ^ letter) * prime);
        return hash;
    }
}
