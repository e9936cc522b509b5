using System.Text.Json;
using System.Text.Json.Serialization;

namespace Perpkeel.Cli.Control;

/// <summary>One line to a run.</summary>
/// <param name="Version">Version of the protocol.</param>
/// <param name="Kind">What is asked, a stable name.</param>
/// <param name="Arguments">With what; left out where nothing is needed.</param>
/// <param name="Id">The client's own mark; it comes back with the answer.</param>
internal sealed record ControlRequest(
    [property: JsonPropertyName("v")] int Version,
    string Kind,
    JsonElement? Arguments = null,
    string? Id = null);

/// <summary>One line from a run: a result or an error.</summary>
/// <param name="Version">Version of the protocol.</param>
/// <param name="Id">The mark of the request; null where it could not be read.</param>
/// <param name="Result">What was asked for.</param>
/// <param name="Error">Why there is none.</param>
internal sealed record ControlAnswer(
    [property: JsonPropertyName("v")] int Version,
    string? Id = null,
    JsonElement? Result = null,
    ControlError? Error = null)
{
    /// <summary>A result.</summary>
    /// <exception cref="ArgumentException">It is nothing at all.</exception>
    public static ControlAnswer Of(JsonElement result) => result.ValueKind == JsonValueKind.Undefined
        ? throw new ArgumentException("There is no result.", nameof(result))
        : new(ControlLimits.Version, Result: result);

    /// <summary>An error.</summary>
    public static ControlAnswer Of(ControlError error) => new(ControlLimits.Version, Error: error);
}

/// <summary>The generated serializers of the protocol.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext;
