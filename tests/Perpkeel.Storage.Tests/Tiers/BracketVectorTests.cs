using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Tiers;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Storage.Tests.Tiers.TierFileData;

namespace Perpkeel.Storage.Tests.Tiers;

/// <summary>Whole answers of an exchange, as they were on some days.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-4")]
public sealed class BracketVectorTests
{
    private static readonly string[] Members =
        ["notionalFloor", "notionalCap", "maintMarginRatio", "cum", "initialLeverage"];

    private static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_VECTORS")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "vectors"),
        "margin", "brackets");

    [Fact]
    public void Every_row_of_every_answer_is_taken_to_the_last_digit()
    {
        foreach (var file in Answers())
        {
            var book = Good(TierFile.Read(file));
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var item in json.RootElement.EnumerateArray())
            {
                var symbol = item.GetProperty("symbol").GetString()!;
                Assert.True(book.TryFind(symbol, out var configuration), symbol);
                Assert.Equal(
                    item.GetProperty("brackets").EnumerateArray().Select(Row).Order(StringComparer.Ordinal),
                    Rows(configuration).Order(StringComparer.Ordinal));
            }

            Assert.Equal(json.RootElement.GetArrayLength(), book.Symbols.Count);
        }
    }

    /// <summary>
    /// What the program carries was taken from such an answer; where the one of that day is at hand, the
    /// tables are the same.
    /// </summary>
    [Fact]
    public void The_shipped_tables_are_those_of_the_answer_of_their_day()
    {
        var shipped = Good(ShippedTiers.Find("binance")!.Value);
        var compared = 0;
        foreach (var book in Answers().Select(file => Good(TierFile.Read(file))))
        {
            foreach (var symbol in shipped.Symbols)
            {
                Assert.True(shipped.TryFind(symbol, out var ours));
                if (!book.TryFind(symbol, out var theirs) || theirs.Source != ours.Source) continue;
                Assert.Equal(theirs.Table.Fingerprint, ours.Table.Fingerprint);
                compared++;
            }
        }

        Assert.SkipWhen(compared == 0, "Vectors: needs the answer of the shipped tables' day");
    }

    private static string[] Answers()
    {
        var files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json") : [];
        Assert.SkipWhen(files.Length == 0, $"Vectors: needs {Folder}");
        return files;
    }

    private static string Row(JsonElement bracket) => string.Join(
        '|', Members.Select(name => Decimals.Text(Number(bracket.GetProperty(name)))));

    /// <summary>Answers have numbers, and copies of them often texts.</summary>
    private static decimal Number(JsonElement value) => decimal.Parse(
        value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
