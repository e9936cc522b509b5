using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Perpkeel.Core.Orders;

/// <summary>
/// The caller's own name for a signal, by which the same one, sent again, is recognised. Ordered by code
/// unit.
/// </summary>
[JsonConverter(typeof(SignalIdJson))]
public readonly record struct SignalId : IComparable<SignalId>
{
    /// <summary>Characters in an id at most.</summary>
    public const int MostLength = 64;

    private const string Marks = "._:/-";

    /// <summary>Takes an id as it is; <see cref="TryParse"/> says whether it makes sense.</summary>
    public SignalId(string value) => Value = value;

    /// <summary>The id.</summary>
    public string Value { get; }

    /// <summary>
    /// An id of 1 to <see cref="MostLength"/> letters, digits and <c>._:/-</c>, all of ASCII.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SignalId id)
    {
        id = new(text ?? string.Empty);
        return text is { Length: > 0 and <= MostLength }
            && text.All(each =>
                char.IsAsciiLetterOrDigit(each) || Marks.Contains(each, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public int CompareTo(SignalId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Whether the left id sorts before the right one.</summary>
    public static bool operator <(SignalId left, SignalId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left id sorts behind the right one.</summary>
    public static bool operator >(SignalId left, SignalId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left id does not sort behind the right one.</summary>
    public static bool operator <=(SignalId left, SignalId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left id does not sort before the right one.</summary>
    public static bool operator >=(SignalId left, SignalId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A signal id as a JSON string, also where it is a key.</summary>
public sealed class SignalIdJson : JsonConverter<SignalId>
{
    /// <inheritdoc/>
    public override SignalId Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A signal id is a string."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SignalId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }

    /// <inheritdoc/>
    public override SignalId ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(
        Utf8JsonWriter writer, SignalId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Value);
    }
}
