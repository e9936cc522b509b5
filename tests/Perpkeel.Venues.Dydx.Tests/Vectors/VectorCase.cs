using System.Text.Json;
using Perpkeel.Testing;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>One case: what was given to the official client and what it made of it.</summary>
/// <param name="Name">E.g. <c>keys/alice</c>.</param>
/// <param name="Category">The kind of case.</param>
/// <param name="Inputs">What was given.</param>
/// <param name="Expected">What came out; the canonical encoding where the case has one.</param>
public sealed record VectorCase(string Name, string Category, JsonElement Inputs, JsonElement Expected)
{
    /// <summary>Where the vectors of other parties lie.</summary>
    public static string Elsewhere { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_VECTORS")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "vectors"),
        "dydx-tx");

    /// <summary>Where those lie that came with these tests.</summary>
    public static string Here { get; } = Path.Combine(AppContext.BaseDirectory, "Vectors");

    /// <summary>All cases of the files of a folder; a file of another shape has none.</summary>
    public static IReadOnlyList<VectorCase> In(string folder) =>
        [.. Documents(folder).Where(document => document.TryGetProperty("cases", out _)).SelectMany(Of)];

    /// <summary>All files of a folder that hold one signed transaction.</summary>
    public static IReadOnlyList<JsonElement> SignedIn(string folder) =>
        [.. Documents(folder).Where(document => document.TryGetProperty("txRawHex", out _))];

    /// <summary>A text of the inputs.</summary>
    public string Input(string name) => Inputs.GetProperty(name).GetString()!;

    /// <summary>A text of what is expected.</summary>
    public string Expects(string name) => Expected.GetProperty(name).GetString()!;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static IEnumerable<JsonElement> Documents(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.Clone();
        });

    private static IEnumerable<VectorCase> Of(JsonElement document) =>
        document.GetProperty("cases").EnumerateArray().Select(found => new VectorCase(
            found.GetProperty("name").GetString()!,
            found.GetProperty("category").GetString()!,
            found.GetProperty("inputs"),
            found.TryGetProperty("canonical", out var canonical)
                ? canonical
                : found.GetProperty("expected")));
}
