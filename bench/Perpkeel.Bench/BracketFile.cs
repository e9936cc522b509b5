using System.Text.Json;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>Tables from a file in the shape of the exchange's leverage brackets.</summary>
internal static class BracketFile
{
    public static IReadOnlyList<TierTable> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var configurations = new List<TierConfiguration>();
        foreach (var symbol in document.RootElement.EnumerateArray())
        {
            var name = symbol.GetProperty("symbol").GetString()!;
            TierDraft[] drafts = [.. symbol.GetProperty("brackets").EnumerateArray().Select(Draft)];
            configurations.Add(
                TierConfiguration.Create(name, new TierSource("file", null), drafts)
                    .TryGet(out var made, out var refusal)
                    ? made
                    : throw new InvalidDataException($"{name}: {refusal.Findings[0].What}"));
        }

        // The book lets symbols with equal rows share a table.
        var book = new TierBook(configurations);
        return [.. book.Symbols.Select(name => book.TryFind(name, out var found) ? found.Table : null!)];
    }

    private static TierDraft Draft(JsonElement bracket) => new()
    {
        Floor = bracket.GetProperty("notionalFloor").GetDecimal(),
        Cap = bracket.GetProperty("notionalCap").GetDecimal(),
        Rate = bracket.GetProperty("maintMarginRatio").GetDecimal(),
        Amount = bracket.GetProperty("cum").GetDecimal(),
        MaxLeverage = bracket.GetProperty("initialLeverage").GetDecimal(),
    };
}
