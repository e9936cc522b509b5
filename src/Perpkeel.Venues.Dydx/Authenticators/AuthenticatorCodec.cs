using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>Rules as the bytes that the chain keeps of them, and back.</summary>
internal static class AuthenticatorCodec
{
    private const int DeepestNesting = 8;

    /// <summary>The bytes of a rule, of which its type is told beside them.</summary>
    public static byte[] Write(AuthenticatorRule rule) => rule switch
    {
        AuthenticatorRule.SignatureVerification check => check.Key.Bytes.ToArray(),
        AuthenticatorRule.MessageFilter filter => List(filter.TypeNames),
        AuthenticatorRule.SubaccountFilter filter => List(filter.Numbers.Select(Text)),
        AuthenticatorRule.ClobPairIdFilter filter => List(filter.ClobPairIds.Select(Text)),
        AuthenticatorRule.AllOf all => Parts(all.Parts),
        AuthenticatorRule.AnyOf any => Parts(any.Parts),
        _ => throw new ArgumentException("What could not be read cannot be written.", nameof(rule)),
    };

    /// <summary>The rule of a type and its bytes; what cannot be read is told as such.</summary>
    public static AuthenticatorRule Read(string type, ReadOnlySpan<byte> config) =>
        Read(type, config, DeepestNesting);

    private static AuthenticatorRule Read(string type, ReadOnlySpan<byte> config, int depth) => type switch
    {
        "SignatureVerification" => PublicKey.FromBytes(config).TryGet(out var key, out _)
            ? new AuthenticatorRule.SignatureVerification(key)
            : Unreadable(type, "its key is not 33 bytes"),
        "MessageFilter" => new AuthenticatorRule.MessageFilter(
            [.. Encoding.UTF8.GetString(config).Split(',')]),
        "SubaccountFilter" => TryNumbers(config, out var numbers)
            ? new AuthenticatorRule.SubaccountFilter(numbers)
            : Unreadable(type, "it is no list of numbers"),
        "ClobPairIdFilter" => TryNumbers(config, out var ids)
            ? new AuthenticatorRule.ClobPairIdFilter(ids)
            : Unreadable(type, "it is no list of numbers"),
        "AllOf" => TryParts(config, depth, out var parts)
            ? new AuthenticatorRule.AllOf(parts)
            : Unreadable(type, "it is no list of rules"),
        "AnyOf" => TryParts(config, depth, out var parts)
            ? new AuthenticatorRule.AnyOf(parts)
            : Unreadable(type, "it is no list of rules"),
        _ => Unreadable(type, "this type is not known"),
    };

    private static AuthenticatorRule.Unreadable Unreadable(string type, string reason) => new(type, reason);

    private static byte[] List(IEnumerable<string> items) => Encoding.UTF8.GetBytes(string.Join(',', items));

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Parts(ImmutableArray<AuthenticatorRule> parts)
    {
        var buffer = new ArrayBufferWriter<byte>();

        // The usual encoder writes the + of base64 as an escape, which makes the data longer for nothing.
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartArray();
            foreach (var part in parts)
            {
                writer.WriteStartObject();
                writer.WriteString("type", part.TypeName);
                writer.WriteString("config", Convert.ToBase64String(Write(part)));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static bool TryNumbers(ReadOnlySpan<byte> config, out ImmutableArray<uint> numbers)
    {
        var found = ImmutableArray.CreateBuilder<uint>();
        foreach (var text in Encoding.UTF8.GetString(config).Split(','))
        {
            if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers = [];
                return false;
            }

            found.Add(number);
        }

        numbers = found.ToImmutable();
        return true;
    }

    private static bool TryParts(
        ReadOnlySpan<byte> config, int depth, out ImmutableArray<AuthenticatorRule> parts)
    {
        parts = [];
        if (depth == 0) return false;
        try
        {
            using var document = JsonDocument.Parse(config.ToArray());
            if (document.RootElement.ValueKind != JsonValueKind.Array) return false;
            var found = ImmutableArray.CreateBuilder<AuthenticatorRule>();
            foreach (var part in document.RootElement.EnumerateArray())
            {
                if (!TryPart(part, out var type, out var inner)) return false;
                found.Add(Read(type, inner, depth - 1));
            }

            parts = found.ToImmutable();
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Half of a pair of surrogates is JSON, and no text.
            return false;
        }
    }

    /// <summary>
    /// The config is base64; the official Python client writes an array of numbers instead. A part with more
    /// than these two names is not read: the chain may take another one of two that look alike.
    /// </summary>
    private static bool TryPart(JsonElement part, out string type, out byte[] config)
    {
        type = string.Empty;
        config = [];
        if (part.ValueKind != JsonValueKind.Object || part.EnumerateObject().Count() != 2
            || !part.TryGetProperty("type", out var name) || name.ValueKind != JsonValueKind.String
            || !part.TryGetProperty("config", out var value))
        {
            return false;
        }

        type = name.GetString()!;
        if (value.ValueKind == JsonValueKind.String) return value.TryGetBytesFromBase64(out config!);
        if (value.ValueKind != JsonValueKind.Array) return false;
        var bytes = new List<byte>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetByte(out var one)) return false;
            bytes.Add(one);
        }

        config = [.. bytes];
        return true;
    }
}
