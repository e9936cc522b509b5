using System.Collections.Frozen;
using System.Collections.Immutable;
using Mono.Cecil;

namespace Perpkeel.Architecture.Tests.Compiled;

/// <summary>Who may know whom.</summary>
internal static class ReferenceRules
{
    /// <summary>
    /// The rooms that each room may use. A room that is not here has no place in the house yet.
    /// </summary>
    public static FrozenDictionary<string, ImmutableArray<string>> MayUse { get; } =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["Perpkeel.Core"] = [],
            ["Perpkeel.Venues"] = ["Perpkeel.Core"],
            ["Perpkeel.Venues.Dydx"] = ["Perpkeel.Core", "Perpkeel.Venues"],
            ["Perpkeel.Simulation"] = ["Perpkeel.Core", "Perpkeel.Venues"],
            ["Perpkeel.Runtime"] = ["Perpkeel.Core", "Perpkeel.Venues"],
            ["Perpkeel.Storage"] = ["Perpkeel.Core", "Perpkeel.Venues", "Perpkeel.Runtime"],
            ["Perpkeel.Dashboard"] = ["Perpkeel.Core", "Perpkeel.Venues", "Perpkeel.Runtime"],
            ["Perpkeel.Rehearsal"] =
            [
                "Perpkeel.Core", "Perpkeel.Venues", "Perpkeel.Simulation", "Perpkeel.Runtime",
                "Perpkeel.Storage",
            ],
            ["Perpkeel.Cli"] =
            [
                "Perpkeel.Core", "Perpkeel.Venues", "Perpkeel.Venues.Dydx", "Perpkeel.Simulation",
                "Perpkeel.Runtime", "Perpkeel.Storage", "Perpkeel.Rehearsal", "Perpkeel.Dashboard",
            ],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Rooms that know nothing of Rx: the port gives channels.</summary>
    public static ImmutableArray<string> WithoutRx { get; } =
    [
        "Perpkeel.Core", "Perpkeel.Venues", "Perpkeel.Venues.Dydx", "Perpkeel.Simulation", "Perpkeel.Storage",
    ];

    /// <summary>The folders of the core, each of which uses only itself and those before it.</summary>
    public static ImmutableArray<string> CoreOrder { get; } =
    [
        "Numbers", "Instruments", "MarketData", "Signals", "Accounts", "Margin", "Orders", "Strategies",
        "Risk", "Execution", "Reconciliation", "Engine",
    ];

    private static readonly ImmutableArray<string> TestPackages =
    [
        "xunit", "Microsoft.NET.Test", "Microsoft.TestPlatform", "coverlet", "FsCheck", "FSharp.Core",
        "NSubstitute", "Moq", "FakeItEasy", "Mono.Cecil", "nunit", "MSTest",
        "Microsoft.AspNetCore.Mvc.Testing", "Perpkeel.Testing",
    ];

    /// <summary>References of a room, as written or as built, to rooms that it may not use.</summary>
    public static IEnumerable<string> Forbidden(Room room)
    {
        if (!MayUse.TryGetValue(room.Name, out var allowed))
        {
            return [$"{room.Path}: has no place in the table of references"];
        }

        var written = room.Asks("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));
        var built = room.Module.AssemblyReferences.Select(reference => reference.Name)
            .Where(name => name.StartsWith("Perpkeel", StringComparison.OrdinalIgnoreCase));
        return written.Concat(built)
            .Where(name => !allowed.Contains(name, StringComparer.Ordinal))
            .Select(name => $"{room.Path}: uses {name}");
    }

    /// <summary>Packages and assemblies of a room whose names begin in one of these ways.</summary>
    public static IEnumerable<string> Packages(Room room, IEnumerable<string> beginnings) =>
        room.Asks("PackageReference")
            .Concat(room.Module.AssemblyReferences.Select(reference => reference.Name))
            .Where(name => beginnings.Any(
                beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
            .Select(name => $"{room.Path}: uses {name}");

    /// <summary>What only tests use.</summary>
    public static IEnumerable<string> ForTests(Room room) => Packages(room, TestPackages);

    /// <summary>Types that use a folder after their own, or that stand in no folder of the order.</summary>
    public static IEnumerable<string> OutOfOrder(
        IEnumerable<TypeDefinition> types, string root, ImmutableArray<string> order)
    {
        foreach (var type in types.Where(type => IsUnder(type, root)))
        {
            var own = order.IndexOf(FolderOf(type, root));
            if (own < 0) yield return $"{type.FullName}: stands in no folder of the order";
            foreach (var used in Uses.Types(type).Where(used => IsUnder(used, root)))
            {
                if (order.IndexOf(FolderOf(used, root)) > own)
                {
                    yield return $"{Uses.Outermost(type).FullName}: uses {Uses.Outermost(used).FullName}";
                }
            }
        }
    }

    private static bool IsUnder(TypeReference type, string root) =>
        Uses.Outermost(type).Namespace is { } space
        && (space.Is(root) || space.StartsWith($"{root}.", StringComparison.Ordinal));

    private static string FolderOf(TypeReference type, string root)
    {
        var space = Uses.Outermost(type).Namespace;
        return space.Is(root) ? string.Empty : space[(root.Length + 1)..].Split('.')[0];
    }
}
