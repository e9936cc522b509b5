using System.Globalization;
using System.Reflection;

namespace Perpkeel.Storage.Migrations;

/// <summary>One step of the schema, applied once and never changed afterwards.</summary>
/// <param name="Number">Its place, from 1, without holes.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>The migrations of this program, in order: resources named <c>0001_name.sql</c>.</summary>
    public static IReadOnlyList<Migration> OfThisProgram()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => Read(assembly, resource)),];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = Path.GetFileNameWithoutExtension(resource[Prefix.Length..]);
        var split = name.IndexOf('_', StringComparison.Ordinal);
        return new Migration(
            int.Parse(name[..split], CultureInfo.InvariantCulture), name[(split + 1)..], reader.ReadToEnd());
    }
}
