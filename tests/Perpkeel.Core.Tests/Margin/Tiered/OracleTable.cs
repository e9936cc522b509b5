using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// A table as the oracle sees it: floors, caps, rates and leverages only. Margin is each tier's rate on the
/// part of the notional that lies in it, summed; amounts follow from that.
/// </summary>
internal sealed class OracleTable
{
    private readonly Fraction[] _floors;
    private readonly Fraction[] _caps;
    private readonly Fraction[] _rates;
    private readonly Fraction[] _below;

    public OracleTable(TierTable table)
    {
        _floors = [.. table.Tiers.Select(tier => Fraction.Of(tier.Floor))];
        _caps = [.. table.Tiers.Select(tier => Fraction.Of(tier.Cap))];
        _rates = [.. table.Tiers.Select(tier => Fraction.Of(tier.Rate))];
        Leverages = [.. table.Tiers.Select(tier => tier.MaxLeverage.Value)];
        _below = new Fraction[Count];
        for (var i = 0; i < Count; i++)
        {
            _below[i] = i == 0
                ? Fraction.Zero
                : _below[i - 1] + (_rates[i - 1] * (_caps[i - 1] - _floors[i - 1]));
        }
    }

    public int Count => _rates.Length;

    public IReadOnlyList<decimal> Leverages { get; }

    public Fraction Rate(int tier) => _rates[tier];

    public Fraction Floor(int tier) => _floors[tier];

    public Fraction LastCap => _caps[^1];

    /// <summary>
    /// Position of the tier with floor below and cap not below; the first for zero, the last beyond.
    /// </summary>
    public int TierOf(Fraction notional)
    {
        for (var i = Count - 1; i > 0; i--)
        {
            if (_floors[i] < notional) return i;
        }

        return 0;
    }

    /// <summary>
    /// Whether a notional lies in a tier; the last has no end, and the first begins above zero.
    /// </summary>
    public bool Holds(int tier, Fraction notional) =>
        _floors[tier] < notional && (tier == Count - 1 || notional <= _caps[tier]);

    public Fraction Maintenance(Fraction notional)
    {
        var tier = TierOf(notional);
        return _below[tier] + (_rates[tier] * (notional - _floors[tier]));
    }

    /// <summary>What a tier's rate on the whole notional is too much.</summary>
    public Fraction Amount(int tier) => (_rates[tier] * _floors[tier]) - _below[tier];

    public decimal MaxNotionalAt(decimal leverage)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (Leverages[i] >= leverage) return _caps[i].Nearest()!.Value;
        }

        return 0m;
    }
}
