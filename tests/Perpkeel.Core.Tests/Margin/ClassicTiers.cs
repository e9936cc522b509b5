using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Tests.Margin.Tiered;

namespace Perpkeel.Core.Tests.Margin;

/// <summary>
/// Configurations to reckon with: the well-known table of BTC, small ones in its manner, one of a coin that
/// is quoted in BTC, and tables made at random.
/// </summary>
internal static class ClassicTiers
{
    public static TierConfiguration Btc { get; } = new()
    {
        Symbol = "BTCUSDT",
        Source = new TierSource("made", null),
        Table = SampleTables.Classic,
    };

    public static TierConfiguration Eth { get; } = Made(
        "ETHUSDT",
        (10_000m, 0.005m, 100m), (100_000m, 0.0065m, 75m), (500_000m, 0.01m, 50m), (1_000_000m, 0.02m, 25m),
        (2_000_000m, 0.05m, 10m), (5_000_000m, 0.1m, 5m), (10_000_000m, 0.125m, 4m),
        (20_000_000m, 0.15m, 3m));

    public static TierConfiguration Alt { get; } = Made(
        "币安人生USDT", (5_000m, 0.03333m, 20m), (25_000m, 0.05m, 10m), (100_000m, 0.125m, 4m));

    public static TierConfiguration EthBtc { get; } = Made(
        "ETHBTC", (5m, 0.01m, 50m), (25m, 0.025m, 20m), (100m, 0.05m, 10m));

    /// <summary>The third tier ends where it begins; the exchange has sent such a table.</summary>
    public static TierConfiguration WithEmptyTier { get; } = Made(
        "DEXEUSDT", (250_000m, 0.1m, 5m), (500_000m, 0.125m, 4m), (500_000m, 0.1667m, 3m),
        (7_500_000m, 0.25m, 2m));

    public static TierConfiguration Made(
        string symbol, params IReadOnlyList<(decimal Cap, decimal Rate, decimal Leverage)> rows)
    {
        var drafts = rows.Select((row, i) => new TierDraft
        {
            Floor = i == 0 ? 0m : rows[i - 1].Cap,
            Cap = row.Cap,
            Rate = row.Rate,
            MaxLeverage = row.Leverage,
        });
        var source = new TierSource("made", null);
        return TierConfiguration.Create(symbol, source, [.. drafts]).TryGet(out var made, out var refusal)
            ? made
            : throw new InvalidOperationException(string.Join(' ', refusal.Findings.Select(f => f.What)));
    }

    /// <summary>One to twelve tiers with odd caps and rates of up to five places.</summary>
    public static TierConfiguration Random(string symbol, Draws chance)
    {
        var count = (int)chance.Within(1, 13);
        var rows = new List<(decimal Cap, decimal Rate, decimal Leverage)>();
        var cap = 0m;
        var rate = 0m;
        for (var i = 0; i < count; i++)
        {
            cap += chance.Within(1, 5_000_000) / (chance.OneIn(4) ? 100m : 1m);
            rate += chance.Within(1, 8_000) / 100_000m;
            rows.Add((cap, rate, 125m - (i * 11m)));
        }

        return Made(symbol, rows);
    }

    public static MarginPosition Position(
        decimal size, decimal entry, decimal mark, decimal leverage, in MarginCollateral collateral) =>
        MarginPosition.Create(size, entry, mark, leverage, collateral).TryGet(out var position, out var error)
            ? position
            : throw new InvalidOperationException(error.Message);
}
