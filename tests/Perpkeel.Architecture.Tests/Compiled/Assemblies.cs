using System.Collections.Immutable;
using System.Xml.Linq;
using Mono.Cecil;

namespace Perpkeel.Architecture.Tests.Compiled;

/// <summary>A project of the product, as written and as built.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Path">Its file from the repository's root.</param>
/// <param name="Project">Its file.</param>
/// <param name="Module">What was built from it.</param>
internal sealed record Room(string Name, string Path, XDocument Project, ModuleDefinition Module)
{
    /// <summary>What the project asks for by one kind of item.</summary>
    public IEnumerable<string> Asks(string item) =>
        Project.Descendants(item).Select(found => found.Attribute("Include")?.Value ?? string.Empty);

    /// <summary>
    /// Its types, nested ones included; what measures coverage and what was made from protocol files is not
    /// ours.
    /// </summary>
    public IEnumerable<TypeDefinition> Types() =>
        Module.GetTypes().Where(type => !type.FullName.StartsWith("Coverlet.", StringComparison.Ordinal)
            && !Uses.Outermost(type).Namespace.Contains(".Protos", StringComparison.Ordinal));
}

/// <summary>The product's assemblies, which lie beside the tests.</summary>
internal static class Assemblies
{
    /// <summary>All projects of the product in order of their names.</summary>
    public static ImmutableArray<Room> Rooms { get; } = FindRooms();

    /// <summary>These tests, whose samples break rules on purpose.</summary>
    public static ModuleDefinition Own { get; } = Read(typeof(Assemblies).Assembly.Location);

    /// <summary>The room of a name.</summary>
    public static Room RoomOf(string name) => Rooms.Single(room => room.Name.Is(name));

    /// <summary>All types of the product, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> Types() => Rooms.SelectMany(room => room.Types());

    /// <summary>The types of these tests whose names begin so, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> Samples(string prefix) =>
        Own.GetTypes().Where(type => type.FullName.StartsWith(
            $"Perpkeel.Architecture.Tests.Compiled.Samples.{prefix}", StringComparison.Ordinal));

    private static ImmutableArray<Room> FindRooms() =>
    [
        .. Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file =>
            {
                var project = XDocument.Load(file);
                var name = Path.GetFileNameWithoutExtension(file);
                var built = project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? name;
                return new Room(
                    name, Path.GetRelativePath(Repository.Root, file), project,
                    Read(Path.Combine(AppContext.BaseDirectory, $"{built}.dll")));
            }),
    ];

    private static ModuleDefinition Read(string file)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver });
    }
}
