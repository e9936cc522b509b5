using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Which boundary a case sits at, and with which notional.</summary>
internal enum Slot
{
    /// <summary>The notional at the mark price, at the lowest boundary between two tiers.</summary>
    LowestAtMark,

    /// <summary>The notional at the liquidation price, at a boundary in the middle.</summary>
    MiddleAtLiquidation,

    /// <summary>The notional at the mark price, at the highest boundary between two tiers.</summary>
    HighestAtMark,
}

/// <summary>A position beside a boundary, and other positions on its wallet.</summary>
/// <param name="Name">To find it again.</param>
/// <param name="Table">Its tiers.</param>
/// <param name="Slot">Which notional was aimed at the boundary.</param>
/// <param name="Aim">That notional.</param>
/// <param name="Position">The position.</param>
/// <param name="Others">What shares its wallet, with their tiers; empty for an isolated one.</param>
internal sealed record StratifiedCase(
    string Name, TierTable Table, Slot Slot, Fraction Aim, MarginPosition Position,
    IReadOnlyList<(TierTable Table, MarginPosition Position)> Others);

/// <summary>
/// For every table and slot a long and a short, isolated and cross, one cent under, at and over the boundary.
/// </summary>
internal sealed class StratifiedCases(IReadOnlyList<KeyValuePair<string, TierTable>> others, Draws draws)
{
    private const decimal Cent = 0.01m;

    /// <summary>Prices by which notionals divide without a rest.</summary>
    private static readonly decimal[] Prices =
        [0.00125m, 0.125m, 0.5m, 1.25m, 2m, 8m, 25m, 64m, 125m, 640m, 3_125m, 50_000m, 100_000m];

    /// <summary>How far prices lie apart.</summary>
    private static readonly decimal[] Parts = [0.015625m, 0.03125m, 0.0625m, 0.125m, 0.25m];

    /// <summary>Collateral as a part of the cost; enough for no liquidation, and none left at all.</summary>
    private static readonly decimal[] Backing =
        [0.0078125m, 0.015625m, 0.03125m, 0.0625m, 0.125m, 0.25m, 0.5m, 1m, 1.25m, -1.25m];

    public IEnumerable<StratifiedCase> Of(string name, TierTable table) =>
        from slot in Enum.GetValues<Slot>()
        from side in new[] { Side.Buy, Side.Sell }
        from mode in new[] { MarginMode.Isolated, MarginMode.Cross }
        from cents in Enumerable.Range(-1, 3)
        select Make($"{name}/{slot}/{side}/{mode}/{cents}", table, slot, side, mode, cents * Cent);

    private StratifiedCase Make(
        string name, TierTable table, Slot slot, Side side, MarginMode mode, decimal offset)
    {
        var inner = table.Tiers.Length - 1;
        var boundary = slot switch
        {
            Slot.LowestAtMark => 1,
            Slot.MiddleAtLiquidation => (inner + 1) / 2,
            _ => inner,
        };
        var aim = table.Tiers[boundary].Floor + offset;
        var price = draws.Of(Prices);
        var size = aim / price;
        var shift = price * draws.Of(Parts);
        var isAtMark = slot != Slot.MiddleAtLiquidation;
        var entry = side == Side.Buy ? price + shift : price - shift;
        var mark = isAtMark ? price : entry;
        if (isAtMark && draws.Coin()) entry = price;

        var beside = mode == MarginMode.Cross ? Others() : [];
        var maintenance = beside.Sum(other => Result(other).Maintenance);
        var pnl = beside.Sum(other => Result(other).UnrealizedPnl);
        var collateral = isAtMark
            ? size * entry * draws.Of(Backing)
            : Exactly(table, side, aim, size * entry);
        var wallet = isAtMark ? decimal.Round(collateral, 8) : collateral;
        var money = mode == MarginMode.Isolated
            ? MarginCollateral.Isolated(wallet)
            : MarginCollateral.Cross(wallet + maintenance - pnl, maintenance, pnl);
        var leverage = draws.Between(1, (int)table.Tiers[0].MaxLeverage.Value);
        var position = MarginPosition.Create(size * side.Sign(), entry, mark, leverage, money).Value();
        return new(name, table, slot, Fraction.Of(aim), position, beside);
    }

    /// <summary>The collateral with which a position of some cost is liquidated at a notional.</summary>
    private static decimal Exactly(TierTable table, Side side, decimal notional, decimal cost)
    {
        var margin = new OracleTable(table).Maintenance(Fraction.Of(notional)).Nearest()!.Value;
        return side == Side.Buy ? cost - notional + margin : notional + margin - cost;
    }

    private static MarginResult Result((TierTable Table, MarginPosition Position) other) =>
        MarginCalculator.Calculate(other.Table, other.Position);

    private List<(TierTable Table, MarginPosition Position)> Others()
    {
        var found = new List<(TierTable, MarginPosition)>();
        for (var i = draws.Below(4); i > 0; i--)
        {
            var table = draws.Of(others).Value;
            var mark = draws.Of(Prices);
            var size = table.Tiers[draws.Below(table.Tiers.Length)].Floor / mark / 4m;
            if (size == 0m) size = 1m / mark;
            var entry = mark + (mark * draws.Of(Parts) * (draws.Coin() ? 1 : -1));
            found.Add((table, MarginPosition.Create(
                draws.Coin() ? size : -size, entry, mark, 1m, MarginCollateral.Isolated(0m)).Value()));
        }

        return found;
    }
}
