using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>What holds for every table and every position.</summary>
public sealed class MarginProperties
{
    private const int Cases = 10_000;
    private static readonly Fraction Half = Fraction.Parse("0.5");

    [Fact]
    [Trait("Req", "MAR-1")]
    public void Margin_has_no_step() => ForAll(1, random =>
    {
        var (table, _) = random.Table();
        var next = table.Tiers[random.Draws.Between(1, table.Tiers.Length - 1)];
        var before = table.Tiers[next.Number - 2];
        var reach = random.Draws.Digits(3, 6);

        var at = Margin(table, next.Floor);

        Assert.Equal(at, Line(before, next.Floor));
        Assert.Equal(at, Line(next, next.Floor));
        Assert.Equal(Fraction.Of(reach) * Fraction.Of(next.Rate), Margin(table, next.Floor + reach) - at);
        Assert.Equal(Fraction.Of(reach) * Fraction.Of(before.Rate), at - Margin(table, next.Floor - reach));
    });

    [Fact]
    [Trait("Req", "MAR-1")]
    public void Margin_bends_upwards_only_and_stays_below_the_notional() => ForAll(2, random =>
    {
        var (table, _) = random.Table();
        var (one, other) = (random.Notional(table), random.Notional(table));
        var middle = (one + other) / 2m;

        var mean = (Margin(table, one) + Margin(table, other)) * Half;

        Assert.True(Margin(table, middle) <= mean);
        Assert.True(one == 0m ? Margin(table, one).Sign == 0 : Margin(table, one) < Fraction.Of(one));
        if (one < other) Assert.True(Margin(table, one) < Margin(table, other));
    });

    [Fact]
    [Trait("Req", "MAR-1")]
    public void The_line_of_the_notionals_tier_is_the_largest_of_all_lines() => ForAll(3, random =>
    {
        var (table, oracle) = random.Table();
        var notional = random.Notional(table);

        var largest = table.Tiers.Select(tier => Line(tier, notional)).Aggregate(Fraction.Max);

        Assert.Equal(largest, Margin(table, notional));
        Assert.Equal(largest, Line(table.TierFor(notional).Tier, notional));
        Assert.Equal(largest, oracle.Maintenance(Fraction.Of(notional)));
    });

    [Fact]
    [Trait("Req", "MAR-3")]
    public void Equity_equals_maintenance_at_the_liquidation_price_and_not_beside_it() => ForAll(4, random =>
    {
        var (table, oracle) = random.Table();
        var position = random.Ordinary();
        var result = MarginCalculator.Calculate(table, position);
        if (result.LiquidationPrice is not { } price || price > MarginPosition.MostPrice / 2m) return false;
        var exact = new OraclePosition(oracle, position);
        var size = Fraction.Of(position.Size).Abs();
        var last = Fraction.Of(new decimal(1, 0, 0, isNegative: false, price.Scale));
        var tick = price / 1_000_000_000_000m;

        // The zero lies within the last digit of the price, and a tick decides.
        var under = exact.Excess(size * (Fraction.Of(price) - last));
        var over = exact.Excess(size * (Fraction.Of(price) + last));
        Assert.Equal(-1, under.Sign * over.Sign);
        Assert.Equal(position.Size > 0m, IsLiquidatable(table, position, price - tick));
        Assert.Equal(position.Size < 0m, IsLiquidatable(table, position, price + tick));
        return true;
    });

    [Fact]
    [Trait("Req", "MAR-3")]
    public void More_collateral_moves_the_liquidation_price_away() => ForAll(5, random =>
    {
        var (table, _) = random.Table();
        var position = random.Ordinary();
        var more = position.Collateral with
        {
            Wallet = position.Collateral.Wallet + (random.Draws.Digits(3, 4) * Math.Abs(position.Size)),
        };

        var before = MarginCalculator.Calculate(table, position);
        var after = MarginCalculator.Calculate(table, position.With(more).Value());

        Assert.NotEqual(LiquidationKind.BeyondRange, after.Liquidation);
        if (position.Size > 0m)
        {
            Assert.True((after.LiquidationPrice ?? 0m) < (before.LiquidationPrice ?? 1m));
            return before.LiquidationPrice is not null;
        }

        Assert.True((after.LiquidationPrice ?? 0m) > (before.LiquidationPrice ?? -1m)
            || after.Liquidation == LiquidationKind.Always);
        return after.LiquidationPrice is not null;
    });

    [Fact]
    [Trait("Req", "MAR-2")]
    public void Ordinary_positions_are_exact_and_the_wide_path_agrees() => ForAll(6, random =>
    {
        var (table, oracle) = random.Table();
        var position = random.Ordinary();

        var result = MarginCalculator.Calculate(table, position);

        new OraclePosition(oracle, position).Check(result, halve: false);
        Assert.Equal(result, WideMargin.Calculate(table, position));
    });

    [Fact]
    [Trait("Req", "MAR-2")]
    public void Positions_with_more_digits_than_decimals_hold_are_rounded_once()
    {
        var wrong = 0;

        ForAll(7, random =>
        {
            var (table, oracle) = random.Table();
            var position = random.Long();
            var result = MarginCalculator.Calculate(table, position);
            new OraclePosition(oracle, position).Check(result, halve: false);
            if (Unguarded(table, position) != (result.Maintenance, result.UnrealizedPnl)) wrong++;
        });

        // Otherwise the guard would never have been needed.
        Assert.True(wrong > Cases / 20, $"plain decimals would have been wrong {wrong} times");
    }

    /// <summary>The same in plain decimals, which round without a word.</summary>
    private static (decimal Maintenance, decimal Pnl) Unguarded(TierTable table, in MarginPosition position)
    {
        var notional = Math.Abs(position.Size) * position.MarkPrice;
        var tier = table.TierFor(notional).Tier;
        return (
            (notional * tier.Rate) - tier.Amount,
            position.Size * (position.MarkPrice - position.EntryPrice));
    }

    private static bool IsLiquidatable(TierTable table, in MarginPosition position, decimal price) =>
        MarginCalculator.Calculate(table, position.At(price)).IsLiquidatable;

    private static Fraction Margin(TierTable table, decimal notional) =>
        Fraction.Of(MarginCalculator.Maintenance(table, notional));

    private static Fraction Line(MarginTier tier, decimal notional) =>
        (Fraction.Of(notional) * Fraction.Of(tier.Rate)) - Fraction.Of(tier.Amount);

    private static void ForAll(ulong seed, Action<RandomPositions> property) => ForAll(seed, random =>
    {
        property(random);
        return true;
    });

    /// <summary>Tries a property; it tells whether the case said anything, and most must.</summary>
    private static void ForAll(ulong seed, Func<RandomPositions, bool> property)
    {
        var random = new RandomPositions(seed);
        var telling = 0;
        for (var i = 0; i < Cases; i++)
        {
            try
            {
                if (property(random)) telling++;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Case {i} of seed {seed}: {error.Message}", error);
            }
        }

        Assert.True(telling > Cases / 3, $"only {telling} of {Cases} cases said anything");
    }
}
