using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// Recorded cases of tiered margin. Numbers are read from their text, never through binary.
/// </summary>
internal static class TieredVectors
{
    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_VECTORS")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "vectors"),
        "margin");

    /// <summary>A file of the folder; the test is skipped where there is none.</summary>
    public static JsonElement Read(string name)
    {
        var path = Path.Combine(Folder, name);
        Assert.SkipUnless(File.Exists(path), $"Vectors: needs {path}.");
        using var text = JsonDocument.Parse(File.ReadAllBytes(path));
        return text.RootElement.Clone();
    }

    /// <summary>All files of exchange answers; the test is skipped where there are none.</summary>
    public static IReadOnlyList<string> BracketFiles()
    {
        var folder = Path.Combine(Folder, "brackets");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        Assert.SkipWhen(files.Length == 0, $"Vectors: needs {folder}.");
        return [.. files.Order(StringComparer.Ordinal)];
    }

    /// <summary>The tables of a file by symbol: its own, or those of the file of cases.</summary>
    public static IReadOnlyDictionary<string, VectorTable> Tables(JsonElement file) =>
        (file.Has("tables") ? file : Read("vectors.json")).Each("tables").ToDictionary(
            table => table.Text("symbol"), table => new VectorTable(table), StringComparer.Ordinal);

    /// <summary>The table of an element with a symbol and brackets.</summary>
    public static TierTable Table(JsonElement source) =>
        TierTable.Create(source.Text("symbol"), Drafts(source)).Value();

    public static TierDraft[] Drafts(JsonElement source) =>
        [.. source.Each("brackets").Select(bracket => new TierDraft
        {
            Floor = bracket.Number("notionalFloor"),
            Cap = bracket.Number("notionalCap"),
            Rate = bracket.Number("maintMarginRatio"),
            Amount = bracket.Has("cum") ? bracket.Number("cum") : null,
            MaxLeverage = bracket.Number("initialLeverage"),
        })];

    public static string Text(this JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    public static bool Is(this JsonElement parent, string name, string value) =>
        parent.GetProperty(name).ValueEquals(value);

    /// <summary>Whether a member is there and not null.</summary>
    public static bool Has(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The elements of an array; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement parent, string name) =>
        parent.Has(name) ? parent.GetProperty(name).EnumerateArray() : [];

    /// <summary>A number, given as one or as text, exactly.</summary>
    public static Fraction Exact(this JsonElement parent, string name) =>
        Fraction.Parse(Written(parent, name));

    /// <summary>A number as a decimal, which must hold all its digits.</summary>
    public static decimal Number(this JsonElement parent, string name)
    {
        var number = decimal.Parse(
            Written(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.Equal(parent.Exact(name), Fraction.Of(number));
        return number;
    }

    /// <summary>A number as above; zero where it is not there.</summary>
    public static decimal NumberOrZero(this JsonElement parent, string name) =>
        parent.Has(name) ? parent.Number(name) : 0m;

    public static int Whole(this JsonElement parent, string name)
    {
        var number = parent.Number(name);
        Assert.True(decimal.IsInteger(number), $"{name} is {number}");
        return (int)number;
    }

    /// <summary>The quantity of a side, above zero for a long.</summary>
    public static decimal Signed(this JsonElement source)
    {
        var isLong = source.Is("side", "LONG");
        Assert.True(isLong || source.Is("side", "SHORT"), $"side is {source.Text("side")}");
        return isLong ? source.Number("quantity") : -source.Number("quantity");
    }

    private static string Written(JsonElement parent, string name)
    {
        Assert.True(parent.TryGetProperty(name, out var value), $"{name} is missing");
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }
}
