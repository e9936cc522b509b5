using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Perpkeel.Core.Orders;

/// <summary>
/// The number by which we and the venue know an order of ours: chosen and journaled before the order is sent,
/// never used twice. Counts up from a base that is the account's first fact.
/// </summary>
[JsonConverter(typeof(ClientOrderIdJson))]
public readonly record struct ClientOrderId(uint Value) : IComparable<ClientOrderId>
{
    /// <inheritdoc/>
    public int CompareTo(ClientOrderId other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left id is older.</summary>
    public static bool operator <(ClientOrderId left, ClientOrderId right) => left.Value < right.Value;

    /// <summary>Whether the left id is younger.</summary>
    public static bool operator >(ClientOrderId left, ClientOrderId right) => left.Value > right.Value;

    /// <summary>Whether the left id is not younger.</summary>
    public static bool operator <=(ClientOrderId left, ClientOrderId right) => left.Value <= right.Value;

    /// <summary>Whether the left id is not older.</summary>
    public static bool operator >=(ClientOrderId left, ClientOrderId right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A client order id as a JSON number, also where it is a key.</summary>
public sealed class ClientOrderIdJson : JsonConverter<ClientOrderId>
{
    /// <inheritdoc/>
    public override ClientOrderId Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetUInt32());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ClientOrderId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.Value);
    }

    /// <inheritdoc/>
    public override ClientOrderId ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(uint.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void WriteAsPropertyName(
        Utf8JsonWriter writer, ClientOrderId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString());
    }
}
