using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// A position in rationals. The notional at liquidation is found in three ways that know nothing of each
/// other: the one tier whose own line leads into itself, the outermost of all lines, and halving.
/// </summary>
/// <remarks>
/// Halving is slow; where thousands of tables and positions are tried, the first two must do.
/// </remarks>
internal sealed class OraclePosition
{
    private const int Halvings = 90;

    private readonly MarginPosition _position;
    private readonly OracleTable _table;
    private readonly Fraction _size;
    private readonly Fraction _cost;
    private readonly Fraction _equity;
    private readonly Fraction _others;
    private readonly bool _isLong;

    public OraclePosition(OracleTable table, in MarginPosition position)
    {
        _table = table;
        _position = position;
        _isLong = position.Size > 0m;
        _size = Fraction.Of(position.Size).Abs();
        _cost = _size * Fraction.Of(position.EntryPrice);
        _equity = Fraction.Of(position.Collateral.Wallet)
            + Fraction.Of(position.Collateral.OtherUnrealizedPnl);
        _others = Fraction.Of(position.Collateral.OtherMaintenance);
    }

    /// <summary>
    /// Every figure of a result against the exact value, rounded once to the nearest decimal.
    /// </summary>
    public void Check(in MarginResult result, bool halve = true)
    {
        var notional = _size * Fraction.Of(_position.MarkPrice);
        var tier = _table.TierOf(notional);
        var maintenance = _table.Maintenance(notional);
        var pnl = _isLong ? notional - _cost : _cost - notional;
        var balance = _equity + pnl;
        var total = maintenance + _others;
        Equal(notional, result.Notional);
        Assert.Equal(tier + 1, result.Tier);
        Assert.Equal(_table.LastCap < notional, result.IsBeyondLastCap);
        Equal(_table.Rate(tier), result.Rate);
        Equal(_table.Amount(tier), result.Amount);
        Equal(maintenance, result.Maintenance);
        Equal(notional / Fraction.Of(_position.Leverage.Value), result.Initial);
        Equal(pnl, result.UnrealizedPnl);
        Equal(balance, result.MarginBalance);
        Equal(total, result.TotalMaintenance);
        Assert.Equal(balance.Sign > 0 ? (total / balance).Nearest() : null, result.MarginRatio);
        Assert.Equal(total.Nearest() >= balance.Nearest(), result.IsLiquidatable);
        Assert.True(result.IsLiquidatable || total < balance);
        Assert.Equal(_table.Leverages[tier], result.MaxLeverage.Value);
        Assert.Equal(_table.MaxNotionalAt(_position.Leverage.Value), result.MaxNotional);
        Assert.Equal(
            ((_isLong ? _cost - _equity : _cost + _equity) / _size).Nearest(), result.BankruptcyPrice);
        CheckLiquidation(result, halve);
    }

    /// <summary>
    /// The notional at the liquidation price, agreed on by all ways; null when there is none.
    /// </summary>
    public Fraction? LiquidationNotional(bool halve = true)
    {
        var leading = Enumerable.Range(0, _table.Count)
            .Where(tier => _table.Holds(tier, Line(tier))).Select(Line).ToList();
        var outermost = Enumerable.Range(0, _table.Count).Select(Line)
            .Aggregate(_isLong ? Fraction.Max : Fraction.Min);
        if (outermost.Sign <= 0)
        {
            Assert.Empty(leading);
            Assert.True(Excess(Fraction.Zero).Sign * (_isLong ? 1 : -1) >= 0);
            return null;
        }

        Assert.Equal(outermost, Assert.Single(leading));
        Assert.Equal(0, Excess(outermost).Sign);
        if (!halve) return outermost;
        var (low, high) = Halve(outermost + outermost + Fraction.One);
        Assert.True(low <= outermost && outermost <= high);
        return outermost;
    }

    /// <summary>Equity less maintenance at a notional, other positions included.</summary>
    public Fraction Excess(Fraction notional) =>
        _equity - _others + (_isLong ? notional - _cost : _cost - notional) - _table.Maintenance(notional);

    private void CheckLiquidation(in MarginResult result, bool halve)
    {
        if (LiquidationNotional(halve) is not { } notional)
        {
            Assert.Equal(_isLong ? LiquidationKind.Never : LiquidationKind.Always, result.Liquidation);
            Assert.Null(result.LiquidationPrice);
            Assert.Equal(0, result.LiquidationTier);
            return;
        }

        var price = (notional / _size).Nearest();
        Assert.Equal(
            price is null ? LiquidationKind.BeyondRange : LiquidationKind.AtPrice, result.Liquidation);
        Assert.Equal(price, result.LiquidationPrice);
        Assert.Equal(_table.TierOf(notional) + 1, result.LiquidationTier);
    }

    /// <summary>The notional at which equity meets the line of one tier.</summary>
    private Fraction Line(int tier)
    {
        var collateral = _equity - _others;
        return _isLong
            ? (_cost - collateral - _table.Amount(tier)) / (Fraction.One - _table.Rate(tier))
            : (_cost + collateral + _table.Amount(tier)) / (Fraction.One + _table.Rate(tier));
    }

    private (Fraction Low, Fraction High) Halve(Fraction high)
    {
        var low = Fraction.Zero;
        var half = Fraction.Parse("0.5");
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) * half;
            if (Excess(middle).Sign < 0 == _isLong) low = middle;
            else high = middle;
        }

        return (low, high);
    }

    private static void Equal(Fraction exact, decimal value) => Assert.Equal(exact.Nearest(), value);
}
