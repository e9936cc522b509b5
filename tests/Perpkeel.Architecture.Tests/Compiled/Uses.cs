using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Perpkeel.Architecture.Tests.Compiled;

/// <summary>What a type's metadata and code mention.</summary>
internal static class Uses
{
    /// <summary>All types that a type mentions: bases, fields, signatures, code and attributes.</summary>
    public static IEnumerable<TypeReference> Types(TypeDefinition type) =>
        Mentioned(type).SelectMany(Parts).Where(used => used is not GenericParameter);

    /// <summary>All members that a type's code touches.</summary>
    public static IEnumerable<MemberReference> Members(TypeDefinition type) =>
        type.Methods.Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand)
            .OfType<MemberReference>()
            .Where(member => member is not TypeReference);

    /// <summary>A type or the outermost type that it is nested in: the one that a person wrote.</summary>
    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    private static IEnumerable<TypeReference> Mentioned(TypeDefinition type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var contract in type.Interfaces) yield return contract.InterfaceType;
        foreach (var field in type.Fields) yield return field.FieldType;
        foreach (var attribute in Attributes(type)) yield return attribute;
        foreach (var used in type.Methods.SelectMany(Mentioned)) yield return used;
    }

    private static IEnumerable<TypeReference> Mentioned(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters) yield return parameter.ParameterType;
        foreach (var constraint in method.GenericParameters.SelectMany(given => given.Constraints))
        {
            yield return constraint.ConstraintType;
        }

        if (!method.HasBody) yield break;
        foreach (var local in method.Body.Variables) yield return local.VariableType;
        foreach (var handler in method.Body.ExceptionHandlers)
        {
            if (handler.CatchType is { } caught) yield return caught;
        }

        foreach (var used in method.Body.Instructions.SelectMany(Mentioned)) yield return used;
    }

    private static IEnumerable<TypeReference> Mentioned(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference called =>
        [
            called.DeclaringType, called.ReturnType,
            .. called.Parameters.Select(given => given.ParameterType),
            .. called is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Attributes(TypeDefinition type) =>
        type.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Select(argument => argument.Value)
            .OfType<TypeReference>()
            .Prepend(attribute.AttributeType));

    /// <summary>A type taken apart: element types and generic arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
