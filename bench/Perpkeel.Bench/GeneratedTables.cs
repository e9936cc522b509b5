using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>Tables of usual shape for machines without a file of real ones: 200 of 5 to 12 tiers.</summary>
internal static class GeneratedTables
{
    private static readonly decimal[] Rates =
        [0.004m, 0.005m, 0.0065m, 0.01m, 0.02m, 0.025m, 0.05m, 0.1m, 0.125m, 0.15m, 0.25m, 0.5m];

    private static readonly decimal[] Steps = [2m, 2.5m, 3m, 4m, 5m];

    public static IReadOnlyList<TierTable> Make()
    {
        var tables = new List<TierTable>();
        for (var i = 0; i < 200; i++)
        {
            var rates = Rates.AsSpan()[(i % 8)..];
            var drafts = new TierDraft[rates.Length];
            var floor = 0m;
            var cap = 5_000m * (1 + (i / 8));
            for (var k = 0; k < drafts.Length; k++)
            {
                drafts[k] = new TierDraft
                {
                    Floor = floor,
                    Cap = cap,
                    Rate = rates[k],
                    MaxLeverage = 125m / (k + 1),
                };
                floor = cap;
                cap *= Steps[(i + k) % Steps.Length];
            }

            tables.Add(TierTable.Create($"G{i}", drafts).TryGet(out var table, out var refusal)
                ? table
                : throw new InvalidOperationException(refusal.Findings[0].What));
        }

        return tables;
    }
}
