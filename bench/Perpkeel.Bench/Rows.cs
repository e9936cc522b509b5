using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>
/// Positions with tables, from a seed, in the distributions of the scripts beside which they
/// run.
/// </summary>
/// <param name="Tables">The table of each position.</param>
/// <param name="Positions">The positions.</param>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "A seeded sample.")]
internal sealed record Rows(TierTable[] Tables, MarginPosition[] Positions)
{
    /// <summary>Prices and sizes with as many digits as an exchange gives them.</summary>
    public static Rows WithFeedDigits(IReadOnlyList<TierTable> tables, int count)
    {
        var random = new Random(7);
        var rows = new Rows(new TierTable[count], new MarginPosition[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = Math.Round((decimal)Between(random, 0.01d, 60_000d), 4);
            var notional = Math.Round((decimal)Math.Pow(10d, Between(random, 2d, 7.7d)), 2);
            var size = Math.Round(notional / entry, 8);
            var mark = entry * Math.Round((decimal)Between(random, 0.9d, 1.1d), 4);
            var leverage = random.Next(1, 76);
            rows.Tables[i] = tables[random.Next(tables.Count)];
            rows.Positions[i] = Made(
                random.Next(2) == 0 ? size : -size, entry, mark, leverage,
                Math.Round(notional / leverage, 8));
        }

        return rows;
    }

    /// <summary>
    /// Prices from 0.02 to 60,000 and notionals from 100 to 50 million, even in their
    /// logarithms.
    /// </summary>
    /// <param name="tables">The tables to choose from.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="mostLeverage">Leverages are from 1 to this.</param>
    /// <param name="spread">How far marks are from entries at most, as a fraction.</param>
    public static Rows WithManyDigits(
        IReadOnlyList<TierTable> tables, int count, int mostLeverage = 75, double spread = 0.1d)
    {
        var random = new Random(7);
        var rows = new Rows(new TierTable[count], new MarginPosition[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = Math.Exp(Between(random, -4d, 11d));
            var notional = Math.Exp(Between(random, Math.Log(100d), Math.Log(5e7d)));
            var size = (decimal)(notional / entry);
            var mark = entry * Between(random, 1d - spread, 1d + spread);
            var leverage = random.Next(1, mostLeverage + 1);
            rows.Tables[i] = tables[random.Next(tables.Count)];
            rows.Positions[i] = Made(
                random.Next(2) == 0 ? size : -size, (decimal)entry, (decimal)mark, leverage,
                (decimal)(notional / leverage));
        }

        return rows;
    }

    /// <summary>Brings numbers into any order.</summary>
    public static void Shuffle(int[] numbers) => new Random(7).Shuffle(numbers);

    private static MarginPosition Made(
        decimal size, decimal entry, decimal mark, decimal leverage, decimal wallet) =>
        MarginPosition.Create(size, entry, mark, leverage, MarginCollateral.Isolated(wallet))
            .TryGet(out var position, out var error)
            ? position
            : throw new InvalidOperationException(error.Message);

    private static double Between(Random random, double low, double high) =>
        low + ((high - low) * random.NextDouble());
}
