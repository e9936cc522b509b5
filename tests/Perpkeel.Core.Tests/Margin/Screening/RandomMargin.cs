using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Tests.Margin.Screening;

/// <summary>Tables and positions from a seed.</summary>
[SuppressMessage(
    "Security", "CA5394:Do not use insecure randomness", Justification = "Test data from a seed.")]
internal sealed class RandomMargin(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A classic table of ten tiers, from 0.4 % at 125x to 50 % at 1x.</summary>
    public static TierTable Classic { get; } = Table(
        [0.004m, 0.005m, 0.01m, 0.025m, 0.05m, 0.1m, 0.125m, 0.15m, 0.25m, 0.5m],
        [50_000m, 250_000m, 1e6m, 1e7m, 2e7m, 5e7m, 1e8m, 2e8m, 3e8m, 5e8m]);

    /// <summary>A table of rates and caps; leverages fall from the number of tiers.</summary>
    public static TierTable Table(IReadOnlyList<decimal> rates, IReadOnlyList<decimal> caps)
    {
        var drafts = new TierDraft[rates.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i] = new TierDraft
            {
                Floor = i == 0 ? 0m : caps[i - 1],
                Cap = caps[i],
                Rate = rates[i],
                MaxLeverage = drafts.Length - i,
            };
        }

        return TierTable.Create("SAMPLE", drafts).TryGet(out var table, out var refusal)
            ? table
            : throw new InvalidOperationException(string.Join(' ', refusal.Findings.Select(it => it.What)));
    }

    /// <summary>A table of 1 to 14 tiers, now and then with rates or caps very near to each other.</summary>
    public TierTable Table()
    {
        var count = _random.Next(1, 15);
        var rates = new decimal[count];
        var caps = new decimal[count];
        var rate = 0.0001m * _random.Next(1, 400);
        var cap = 100m * _random.Next(1, 2_000);
        for (var i = 0; i < count; i++)
        {
            rates[i] = rate;
            caps[i] = cap;
            rate += _random.Next(4) == 0
                ? 0.00001m
                : 0.001m * _random.Next(1, (int)(900m * (0.99m - rate)) + 2);
            rate = Math.Min(rate, 0.99m + (0.0001m * i));
            cap += _random.Next(5) == 0
                ? 0.01m
                : Math.Round(cap * (decimal)(_random.NextDouble() * 4d), 2) + 1m;
        }

        return Table(rates, caps);
    }

    /// <summary>
    /// A position as traders have them: from 100 to 50 million in quote units, 1x to 75x, the mark within 10
    /// % of the entry; some share their wallet with others.
    /// </summary>
    public MarginPosition Position()
    {
        var entry = Digits(Math.Exp(Between(-4d, 11d)), 7);
        var notional = Math.Exp(Between(Math.Log(100d), Math.Log(5e7d)));
        var size = Digits(notional / (double)entry, 8);
        var mark = Digits((double)entry * Between(0.9d, 1.1d), 7);
        var leverage = _random.Next(1, 76);
        var wallet = Digits(notional / leverage, 10);
        var collateral = _random.Next(3) == 0
            ? MarginCollateral.Cross(
                Digits((double)wallet * Between(0d, 3d), 10), Digits((double)wallet * Between(0d, 0.3d), 10),
                Digits((double)wallet * Between(-0.5d, 0.5d), 10))
            : MarginCollateral.Isolated(wallet);
        return Made(_random.Next(2) == 0 ? size : -size, entry, mark, leverage, collateral);
    }

    /// <summary>
    /// A position whose numbers have any size and up to 28 digits, with a collateral that is often near to
    /// what decides: nothing left, just liquidated, covered down to zero.
    /// </summary>
    public MarginPosition StrangePosition()
    {
        var entry = Digits(Math.Exp(Between(-30d, 27d)), _random.Next(1, 15));
        var size = Digits(Math.Exp(Between(-18d, 34d)), _random.Next(1, 15));
        var mark = _random.Next(3) == 0
            ? Digits(Math.Exp(Between(-30d, 27d)), _random.Next(1, 15))
            : Digits(Math.Min((double)entry * Between(0.5d, 2d), 9.9e11d), _random.Next(1, 15));
        if (_random.Next(8) == 0) mark = entry;
        var cost = Math.Min((double)size * (double)entry, 4e19d);
        var wallet = _random.Next(4) switch
        {
            0 => Digits(cost, _random.Next(10, 16)),
            1 => Digits(cost * Between(0d, 0.02d), 12),
            2 => -Digits(cost * Between(0d, 2d), 12),
            _ => Digits(Math.Exp(Between(-20d, 45d)), _random.Next(1, 15)),
        };
        var collateral = _random.Next(2) == 0
            ? MarginCollateral.Isolated(wallet)
            : MarginCollateral.Cross(
                wallet, Digits(Math.Exp(Between(-20d, 45d)), 12), Digits(cost * Between(-2d, 2d), 12));
        return Made(
            _random.Next(2) == 0 ? size : -size, entry, mark, 1m + (0.25m * _random.Next(600)), collateral);
    }

    /// <summary>A decimal of any sign, size and number of digits, not zero.</summary>
    public decimal AnyDecimal()
    {
        var low = _random.Next() | 1;
        var middle = _random.Next(2) == 0 ? 0 : _random.Next();
        var high = _random.Next(2) == 0 ? 0 : _random.Next();
        return new decimal(low, middle, high, _random.Next(2) == 0, (byte)_random.Next(29));
    }

    /// <summary>A whole number below a limit.</summary>
    public int Below(int limit) => _random.Next(limit);

    /// <summary>The whole numbers below a count in any order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        _random.Shuffle(order);
        return order;
    }

    private static MarginPosition Made(
        decimal size, decimal entry, decimal mark, decimal leverage, MarginCollateral collateral) =>
        MarginPosition.Create(size, entry, mark, leverage, collateral).TryGet(out var position, out var error)
            ? position
            : throw new InvalidOperationException(error.Message);

    /// <summary>
    /// A value cut to some significant digits, and to 28 places; at least the smallest
    /// decimal.
    /// </summary>
    private static decimal Digits(double value, int digits)
    {
        if (value == 0d) return 0m;
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var mantissa = (decimal)Math.Round(value / Math.Pow(10d, exponent - digits + 1));
        var places = digits - 1 - exponent;
        for (; places < 0; places++) mantissa *= 10m;
        for (; places > 0; places--) mantissa /= 10m;
        return mantissa == 0m ? 1e-28m : mantissa;
    }

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());
}
