using System.Text.Json;
using System.Text.Json.Serialization;

namespace Perpkeel.Core.Instruments;

/// <summary>A market's name as a JSON string, also where it is a key.</summary>
public sealed class MarketIdJson : JsonConverter<MarketId>
{
    /// <inheritdoc/>
    public override MarketId Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A market's name was expected."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MarketId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }

    /// <inheritdoc/>
    public override MarketId ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(
        Utf8JsonWriter writer, MarketId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Value);
    }
}
