using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// A long and a short on one wallet, in rationals. Between the prices at which a leg changes its tier, equity
/// less maintenance is a straight line: its zeros are looked for from one such price to the next, by the
/// definition, without lines of tiers and without pairs.
/// </summary>
internal sealed class OracleHedge
{
    private readonly OracleTable _table;
    private readonly HedgePosition _position;
    private readonly Fraction _long;
    private readonly Fraction _short;
    private readonly Fraction? _lower;
    private readonly Fraction? _upper;

    public OracleHedge(OracleTable table, in HedgePosition position)
    {
        _table = table;
        _position = position;
        _long = Fraction.Of(position.LongSize);
        _short = Fraction.Of(position.ShortSize);
        var bends = Bends();
        for (var i = 0; i < bends.Count; i++)
        {
            var isLast = i == bends.Count - 1;
            var (from, to) = (bends[i], isLast ? bends[i] + Fraction.One : bends[i + 1]);
            var (left, right) = (Excess(from), Excess(to));
            HasSolvent |= left.Sign > 0 || (isLast && right > left);
            if (left.Sign == right.Sign && !isLast) continue;
            if (right == left) continue;
            var zero = from + ((to - from) * left / (left - right));
            if (zero < from || (!isLast && zero > to)) continue;
            if (right > left && zero.Sign > 0) _lower = zero;
            if (right < left) _upper = zero;
        }
    }

    /// <summary>
    /// Whether at some price above zero equity exceeds maintenance: at a bend, next to zero, or far out.
    /// </summary>
    public bool HasSolvent { get; }

    public Fraction? Lower => HasSolvent ? _lower : null;

    public Fraction? Upper => HasSolvent && _upper is { Sign: > 0 } ? _upper : null;

    /// <summary>Every figure against the exact value, rounded once.</summary>
    public void Check(in HedgeResult result)
    {
        var mark = Fraction.Of(_position.MarkPrice);
        var (bought, sold) = (_table.Maintenance(_long * mark), _table.Maintenance(_short * mark));
        Equal(bought, result.LongMaintenance);
        Equal(sold, result.ShortMaintenance);
        Equal(_long * mark, result.LongNotional);
        Equal(_short * mark, result.ShortNotional);
        Assert.Equal(_table.TierOf(_long * mark) + 1, result.LongTier);
        Assert.Equal(_table.TierOf(_short * mark) + 1, result.ShortTier);
        Equal(Pnl(mark), result.UnrealizedPnl);
        var (total, balance) = (bought + sold + Others, Equity + Pnl(mark));
        Equal(total, result.TotalMaintenance);
        Equal(balance, result.MarginBalance);
        Assert.Equal(balance.Sign > 0 ? (total / balance).Nearest() : null, result.MarginRatio);
        Assert.Equal(!HasSolvent, result.IsLostEverywhere);
        Check(Lower, result.Lower);
        Check(Upper, result.Upper);
        if (Lower is { } lower && Upper is { } upper)
        {
            var isLower = mark - lower <= upper - mark;
            Assert.Equal(isLower ? result.Lower : result.Upper, result.Nearest(_position.MarkPrice));
        }
        else
        {
            Assert.Equal(result.Lower ?? result.Upper, result.Nearest(_position.MarkPrice));
        }
    }

    /// <summary>Equity less maintenance of both legs at a price.</summary>
    public Fraction Excess(Fraction price) =>
        Equity + Pnl(price) - Others - _table.Maintenance(_long * price) - _table.Maintenance(_short * price);

    private Fraction Equity =>
        Fraction.Of(_position.Collateral.Wallet) + Fraction.Of(_position.Collateral.OtherUnrealizedPnl);

    private Fraction Others => Fraction.Of(_position.Collateral.OtherMaintenance);

    private Fraction Pnl(Fraction price) =>
        (_long * (price - Fraction.Of(_position.LongEntry)))
        - (_short * (price - Fraction.Of(_position.ShortEntry)));

    /// <summary>Zero, and the prices at which a leg comes into another tier, in their order.</summary>
    private List<Fraction> Bends()
    {
        var floors = Enumerable.Range(0, _table.Count).Select(_table.Floor).ToList();
        var bends = floors.Select(floor => floor / _long).Concat(floors.Select(floor => floor / _short))
            .Distinct().ToList();
        bends.Sort((left, right) => (left - right).Sign);
        return bends;
    }

    private void Check(Fraction? exact, HedgeBound? bound)
    {
        if (exact is not { } price || price.Nearest() is not { } rounded)
        {
            Assert.Null(bound);
            return;
        }

        Assert.NotNull(bound);
        Assert.Equal(rounded, bound.Value.Price);
        Assert.Equal(_table.TierOf(_long * price) + 1, bound.Value.LongTier);
        Assert.Equal(_table.TierOf(_short * price) + 1, bound.Value.ShortTier);
        Assert.Equal(0, Excess(price).Sign);
    }

    private static void Equal(Fraction exact, decimal value) => Assert.Equal(exact.Nearest(), value);
}
