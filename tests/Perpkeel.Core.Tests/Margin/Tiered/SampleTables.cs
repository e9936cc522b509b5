using System.Globalization;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Storage.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>The tables that the program carries, and tables from rows.</summary>
internal static class SampleTables
{
    /// <summary>The well-known table of BTC in 2021.</summary>
    public static TierTable Classic { get; } = Carried("classic").Single().Value;

    /// <summary>
    /// All tables that come with the program, by symbol. Everything that wants real tables takes them from
    /// here.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, TierTable>> Shipped() =>
        [.. ShippedTiers.Names.SelectMany(Carried)];

    /// <summary>Reads rows of floor, cap, rate, leverage and, where given, amount.</summary>
    public static TierTable Read(string symbol, string rows) =>
        TierTable.Create(symbol, Drafts(rows)).Value();

    public static TierDraft[] Drafts(string rows) =>
        [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Draft)];

    private static IEnumerable<KeyValuePair<string, TierTable>> Carried(string name)
    {
        var book = ShippedTiers.Find(name)!.Value;
        if (!book.TryGet(out var tiers, out var refusal)) Assert.Fail(refusal.ToString());
        foreach (var symbol in tiers.Symbols)
        {
            Assert.True(tiers.TryFind(symbol, out var found));
            yield return new(symbol, found.Table);
        }
    }

    private static TierDraft Draft(string row)
    {
        decimal[] numbers = [.. row.Split(' ').Select(number =>
            decimal.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture))];
        return new TierDraft
        {
            Floor = numbers[0],
            Cap = numbers[1],
            Rate = numbers[2],
            MaxLeverage = numbers[3],
            Amount = numbers.Length > 4 ? numbers[4] : null,
        };
    }
}
