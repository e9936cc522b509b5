using System.Text.Json.Serialization;

namespace Perpkeel.Cli.Accounts.Sizing;

/// <summary>The generated serializers of what <c>perpkeel size</c> asks and tells.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SizeQuestion))]
[JsonSerializable(typeof(SizeAnswer))]
internal sealed partial class SizeJson : JsonSerializerContext;
