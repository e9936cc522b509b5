using System.Collections.Frozen;
using System.Collections.Immutable;
using Mono.Cecil;

namespace Perpkeel.Architecture.Tests.Compiled;

/// <summary>
/// No static can change: users, runs and replays share a process and must not share anything that moves.
/// </summary>
internal static class StaticRules
{
    private static readonly ImmutableArray<string> Spaces =
        ["System.Collections.Immutable", "System.Collections.Frozen"];

    /// <summary>Types of others that never change, or that freeze when first used.</summary>
    private static readonly FrozenSet<string> Types = FrozenSet.Create(StringComparer.Ordinal,
        "System.Object", "System.ValueType", "System.Enum", "System.String", "System.Decimal",
        "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan",
        "System.Guid", "System.Half", "System.Int128", "System.UInt128", "System.Numerics.BigInteger",
        "System.Type", "System.Version", "System.Uri", "System.Index", "System.Range", "System.Nullable`1",
        "System.ReadOnlyMemory`1",
        "System.Buffers.SearchValues`1", "System.Text.CompositeFormat", "System.Text.Encoding",
        "System.Text.UTF8Encoding", "System.Text.RegularExpressions.Regex",
        "System.Globalization.CultureInfo",
        "System.Globalization.NumberFormatInfo", "System.Text.Json.JsonEncodedText",
        "System.Text.Json.JsonReaderOptions", "System.Text.Json.JsonWriterOptions",
        "System.Text.Json.Serialization.JsonConverter`1", "System.Collections.Generic.KeyValuePair`2",
        "System.StringComparer", "System.Text.Rune", "System.Buffers.StandardFormat", "System.IntPtr",
        "System.MulticastDelegate", "System.Lazy`1", "System.Threading.Lock",
        "System.Text.Json.JsonSerializerOptions",
        "Spectre.Console.Style", "Spectre.Console.Color", "Spectre.Console.Rendering.Segment");

    /// <summary>Statics that can be set again, or whose value can change.</summary>
    public static IEnumerable<string> Mutable(IEnumerable<TypeDefinition> types) =>
        from type in types
        where !IsGenerated(type)
        from field in type.Fields
        where field.IsStatic && !field.IsLiteral
        let fault = Fault(field, ImmutableHashSet<string>.Empty)
        where fault is not null
        select $"{type.FullName}.{field.Name}: {fault}";

    private static string? Fault(FieldDefinition field, ImmutableHashSet<string> seen) =>
        !field.IsInitOnly ? "can be set again" : Fault(field.FieldType, seen);

    /// <summary>Why a value of a type could change; null when it cannot.</summary>
    private static string? Fault(TypeReference type, ImmutableHashSet<string> seen)
    {
        if (IsDelegate(type)) return null;
        if (type is GenericInstanceType generic)
        {
            return Fault(generic.ElementType, seen)
                ?? generic.GenericArguments.Select(argument => Fault(argument, seen)).FirstOrDefault(IsFault);
        }

        if (type is GenericParameter || type.IsPrimitive || IsKnown(type)) return null;
        if (seen.Contains(type.FullName)) return null;
        if (type is ArrayType || type.Resolve() is not { } resolved) return $"a {type.FullName} can change";
        if (resolved.IsEnum) return null;
        if (!type.Scope.Name.StartsWith("perpkeel", StringComparison.OrdinalIgnoreCase)
            || resolved.IsInterface)
        {
            return $"a {type.FullName} can change";
        }

        var deeper = seen.Add(type.FullName);
        return resolved.Fields.Where(field => !field.IsStatic)
            .Select(field => Fault(field, deeper) is { } fault ? $"{field.Name} {fault}" : null)
            .FirstOrDefault(IsFault)
            ?? (resolved.BaseType is { } parent ? Fault(parent, deeper) : null);
    }

    private static bool IsKnown(TypeReference type) =>
        Types.Contains(type.FullName)
        || type.FullName.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
        || Spaces.Contains(type.Namespace, StringComparer.Ordinal);

    private static bool IsDelegate(TypeReference type) =>
        !type.IsArray && !type.IsGenericParameter
        && type.Resolve()?.BaseType?.FullName.Is("System.MulticastDelegate") == true;

    private static bool IsFault(string? fault) => fault is not null;

    private static bool IsGenerated(TypeDefinition? type)
    {
        for (; type is not null; type = type.DeclaringType)
        {
            if (type.Name.Contains('<', StringComparison.Ordinal)
                || type.CustomAttributes.Any(
                    attribute => attribute.AttributeType.Name.Is("GeneratedCodeAttribute")))
            {
                return true;
            }
        }

        return false;
    }
}
