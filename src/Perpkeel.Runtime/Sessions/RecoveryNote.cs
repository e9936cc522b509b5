using System.Text.Json.Serialization;

namespace Perpkeel.Runtime.Sessions;

/// <summary>What a record of recovery says.</summary>
/// <param name="What">In words.</param>
/// <param name="ClientId">The order it is about, if any.</param>
public sealed record RecoveryNote(string What, uint? ClientId = null);

/// <summary>The generated serializer of <see cref="RecoveryNote"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecoveryNote))]
internal sealed partial class RecoveryJson : JsonSerializerContext;
