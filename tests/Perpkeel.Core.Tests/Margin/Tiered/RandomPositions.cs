using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// Tables and positions from chance: ordinary ones, and ones with more digits than decimals hold.
/// </summary>
internal sealed class RandomPositions
{
    private const int GeneratedTablesKept = 48;

    private readonly Draws _draws;
    private readonly List<(TierTable Table, OracleTable Oracle)> _tables = [];

    public RandomPositions(ulong seed)
    {
        _draws = new Draws(seed);
        foreach (var (_, table) in SampleTables.Shipped()) _tables.Add((table, new OracleTable(table)));
        for (var i = 0; i < GeneratedTablesKept; i++)
        {
            var table = GeneratedTables.Next(_draws);
            _tables.Add((table, new OracleTable(table)));
        }
    }

    public Draws Draws => _draws;

    public (TierTable Table, OracleTable Oracle) Table() => _draws.Of(_tables);

    /// <summary>A notional from nothing to a billion and more, often beside a floor.</summary>
    public decimal Notional(TierTable table)
    {
        if (!_draws.Coin()) return _draws.Digits(_draws.Between(1, 12), _draws.Between(0, 4));
        var floor = _draws.Of(table.Tiers).Floor;
        return Math.Max(0m, floor + (_draws.Between(-3, 3) * 0.01m));
    }

    /// <summary>A position as people hold them: no figure but a quotient needs rounding.</summary>
    public MarginPosition Ordinary()
    {
        var size = _draws.Digits(_draws.Between(1, 8), _draws.Between(0, 4));
        var mark = _draws.Digits(_draws.Between(2, 7), _draws.Between(0, 4));
        return Position(size, Beside(mark, 4), mark, 8);
    }

    /// <summary>A position whose products have more digits than decimals hold.</summary>
    public MarginPosition Long()
    {
        var size = _draws.Digits(_draws.Between(12, 28), 0);
        var mark = _draws.Digits(_draws.Between(12, 28), 0);
        size = Scaled(size, _draws.Between(-6, 14));
        mark = Scaled(mark, _draws.Between(-6, 11));
        return Position(size, Beside(mark, 20), mark, 18);
    }

    private MarginPosition Position(decimal size, decimal entry, decimal mark, int places)
    {
        var part = _draws.Of([-1.5m, 0.004m, 0.01m, 0.02m, 0.05m, 0.1m, 0.25m, 0.5m, 1m, 1.5m]);
        var most = MarginPosition.MostMoney / 4m;
        var wallet = Rounded(Math.Clamp(size * mark * part, -most, most), places);
        var collateral = MarginCollateral.Isolated(wallet);
        if (_draws.Coin())
        {
            var others = Rounded(Math.Abs(wallet) * _draws.Of([0m, 0.125m, 0.5m, 0.9m]), places);
            var pnl = Rounded(wallet * _draws.Of([-0.5m, 0m, 0.25m]), places);
            collateral = MarginCollateral.Cross(wallet + others, others, pnl);
        }

        var leverage = _draws.Of([1m, 2m, 3m, 7m, 10m, 20m, 50m, 125m, 150m]);
        return MarginPosition.Create(_draws.Coin() ? size : -size, entry, mark, leverage, collateral).Value();
    }

    /// <summary>A price beside another one.</summary>
    private decimal Beside(decimal price, int places)
    {
        var beside = Rounded(price * (1m + (_draws.Between(-300, 300) / 1_000m)), places);
        return beside is > 0m and <= MarginPosition.MostPrice ? beside : price;
    }

    /// <summary>The same digits with their first one at another power of ten.</summary>
    private static decimal Scaled(decimal digits, int power)
    {
        var length = Decimals.Text(digits).Length;
        while (length - 1 > power && digits.Scale < 28)
        {
            digits *= 0.1m;
            power++;
        }

        return digits;
    }

    private static decimal Rounded(decimal value, int places) => decimal.Round(value, places);
}
