using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Perpkeel.Core.Numbers;

/// <summary>
/// Numbers as JSON: a decimal is a string in its shortest plain form, so that no reader takes it for a
/// binary fraction; an integer type is a number.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
public abstract class DecimalJson<T> : JsonConverter<T>
    where T : struct
{
    /// <summary>Makes the number from its decimal.</summary>
    protected abstract T From(decimal value);

    /// <summary>The decimal of a number.</summary>
    protected abstract decimal ValueOf(T number);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        decimal.TryParse(reader.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? From(value)
            : throw new JsonException("A decimal in quotation marks was expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Decimals.Text(ValueOf(value)));
    }
}

/// <summary>A plain decimal as a JSON string.</summary>
public sealed class PlainDecimalJson : DecimalJson<decimal>
{
    /// <inheritdoc/>
    protected override decimal From(decimal value) => value;

    /// <inheritdoc/>
    protected override decimal ValueOf(decimal number) => number;
}

/// <summary>A <see cref="Price"/> as a JSON string.</summary>
public sealed class PriceJson : DecimalJson<Price>
{
    /// <inheritdoc/>
    protected override Price From(decimal value) => new(value);

    /// <inheritdoc/>
    protected override decimal ValueOf(Price number) => number.Value;
}

/// <summary>A <see cref="Size"/> as a JSON string.</summary>
public sealed class SizeJson : DecimalJson<Size>
{
    /// <inheritdoc/>
    protected override Size From(decimal value) => new(value);

    /// <inheritdoc/>
    protected override decimal ValueOf(Size number) => number.Value;
}

/// <summary>An amount in <see cref="Usd"/> as a JSON string.</summary>
public sealed class UsdJson : DecimalJson<Usd>
{
    /// <inheritdoc/>
    protected override Usd From(decimal value) => new(value);

    /// <inheritdoc/>
    protected override decimal ValueOf(Usd number) => number.Value;
}
