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
        Assert.SkipUnless(Directory.Exists(folder), $"Vectors: needs {folder}.");
        return [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
    }

    /// <summary>The tables of the file of cases by symbol.</summary>
    public static IReadOnlyDictionary<string, TierTable> Tables() =>
        Read("vectors.json").GetProperty("tables").EnumerateArray().ToDictionary(
            table => table.Text("symbol"), Table, StringComparer.Ordinal);

    /// <summary>The table of an element with a symbol and brackets.</summary>
    public static TierTable Table(JsonElement source) =>
        TierTable.Create(source.Text("symbol"), Drafts(source)).Value();

    public static TierDraft[] Drafts(JsonElement source) =>
        [.. source.GetProperty("brackets").EnumerateArray().Select(bracket => new TierDraft
        {
            Floor = bracket.Number("notionalFloor"),
            Cap = bracket.Number("notionalCap"),
            Rate = bracket.Number("maintMarginRatio"),
            Amount = bracket.Number("cum"),
            MaxLeverage = bracket.Number("initialLeverage"),
        })];

    public static string Text(this JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    public static bool Is(this JsonElement parent, string name, string value) =>
        parent.GetProperty(name).ValueEquals(value);

    public static bool IsNull(this JsonElement parent, string name) =>
        parent.GetProperty(name).ValueKind == JsonValueKind.Null;

    /// <summary>A number, given as one or as text, exactly.</summary>
    public static Fraction Exact(this JsonElement parent, string name)
    {
        var value = parent.GetProperty(name);
        return Fraction.Parse(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
    }

    /// <summary>A number as a decimal, which must hold all its digits.</summary>
    public static decimal Number(this JsonElement parent, string name)
    {
        var exact = parent.Exact(name);
        var value = parent.GetProperty(name);
        var number = decimal.Parse(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
            NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.Equal(exact, Fraction.Of(number));
        return number;
    }

    public static int Whole(this JsonElement parent, string name) =>
        int.Parse(parent.GetProperty(name).GetRawText(), CultureInfo.InvariantCulture);
}
