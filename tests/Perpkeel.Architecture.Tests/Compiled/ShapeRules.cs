using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Perpkeel.Architecture.Tests.Compiled;

/// <summary>Rules about the shape of types and about who may call what.</summary>
internal static partial class ShapeRules
{
    /// <summary>Abstract records that somebody could add a case to.</summary>
    public static IEnumerable<string> OpenFamilies(IEnumerable<TypeDefinition> types)
    {
        var all = types.ToList();
        foreach (var family in all.Where(type => type.IsAbstract && IsRecord(type)))
        {
            var constructors = family.Methods.Where(
                method => method is { IsConstructor: true, IsStatic: false });
            foreach (var constructor in constructors)
            {
                if (!constructor.IsPrivate && !IsCopy(constructor, family))
                {
                    yield return $"{family.FullName}: its constructor is not private";
                }
            }

            foreach (var member in all.Where(
                type => Element(type.BaseType)?.FullName.Is(family.FullName) == true))
            {
                if (member.DeclaringType?.FullName.Is(family.FullName) != true)
                {
                    yield return $"{member.FullName}: is not nested in {family.FullName}";
                }

                if (!member.IsSealed && !member.IsAbstract) yield return $"{member.FullName}: is not sealed";
            }
        }
    }

    /// <summary>Types whose constructor is called by others than the one type that may.</summary>
    public static IEnumerable<string> MadeElsewhere(
        IEnumerable<TypeDefinition> types, string made, string maker) =>
        from type in types
        let owner = Uses.Outermost(type).FullName
        where !owner.Is(maker) && !owner.Is(made)
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Newobj
            && instruction.Operand is MethodReference called && called.DeclaringType.FullName.Is(made)
        select $"{owner}.{method.Name}: makes {made}";

    /// <summary>Subscriptions to observables outside some namespaces.</summary>
    public static IEnumerable<string> SubscribedOutside(
        IEnumerable<TypeDefinition> types, params IReadOnlyCollection<string> spaces) =>
        from type in types
        let owner = Uses.Outermost(type)
        where !spaces.Any(space => owner.Namespace.Is(space)
            || owner.Namespace.StartsWith($"{space}.", StringComparison.Ordinal))
        from member in Uses.Members(type)
        where member.Name.StartsWith("Subscribe", StringComparison.Ordinal)
            && Element(member.DeclaringType)?.FullName
                is "System.IObservable`1" or "System.ObservableExtensions"
        select $"{owner.FullName}: subscribes";

    /// <summary>Types whose names say that they stand in for something.</summary>
    public static IEnumerable<string> StandIns(IEnumerable<TypeDefinition> types) =>
        types.Where(type => StandIn().IsMatch(type.Name)).Select(type => type.FullName);

    private static bool IsRecord(TypeDefinition type) =>
        type.Methods.Any(method => method.Name.Is("<Clone>$"));

    /// <summary>The compiler's own constructor for <c>with</c>.</summary>
    private static bool IsCopy(MethodDefinition constructor, TypeDefinition type) =>
        constructor.Parameters is [var only]
        && Element(only.ParameterType)?.FullName.Is(type.FullName) == true;

    private static TypeReference? Element(TypeReference? type) =>
        type is GenericInstanceType generic ? generic.ElementType : type;

    [GeneratedRegex("(?:Fake|Mock|Stub|Dummy)(?![a-z])", RegexOptions.CultureInvariant, Rule.PatternTimeMs)]
    private static partial Regex StandIn();
}
