using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Preview;

[Trait("Req", "MAR-8")]
public sealed class MaxOrderTests
{
    [Fact]
    public void What_is_available_over_the_cost_of_one_unit_is_the_largest_size()
    {
        var account = Previews.BtcAccount(20_000m, 4m);

        var max = Max(account, Buy(50_100m, 0.001m) with { FeeRate = 0.0005m });

        // 10,000 / (50,100 / 20 + 100 + 50,100 x 0.0005)
        Assert.Equal(decimal.Floor(10_000m / (2_505m + 100m + 25.05m) * 1_000m) / 1_000m, max.Size);
        Assert.IsType<ChangeRefusal.NotEnoughAvailable>(max.Refusal);
    }

    [Fact]
    public void The_tier_binds_where_there_is_more_money_than_room()
    {
        var account = Previews.BtcAccount(1_000_000m, 4m, leverage: 50m);

        var max = Max(account, Buy(50_000m, 0.001m));
        var lower = Max(account, Buy(50_000m, 0.001m) with { Leverage = new Leverage(20m) });

        Assert.Equal(16m, max.Size);
        Assert.IsType<ChangeRefusal.NotionalAboveLeverage>(max.Refusal);
        Assert.Equal(196m, lower.Size);
    }

    [Fact]
    public void Turning_round_counts_what_closing_releases()
    {
        var max = Max(Previews.BtcAccount(5_000m, 2m), Buy(50_000m, 0.01m) with { Side = Side.Sell });

        Assert.Equal(4m, max.Size);
    }

    [Fact]
    public void What_only_closes_ends_with_the_position()
    {
        var account = Previews.BtcAccount(20_000m, 1.2345m);
        var leg = PositionKey.LongOf(Previews.Btc);
        var hedged = Previews.Account(
            20_000m, [Previews.Setting(Previews.Btc, 50_000m, 20m)], new HeldPosition(leg, 1.2345m, 50_000m));

        var reduce = new MaxOrderQuery(Previews.BtcNet, Side.Sell, 50_000m, 0.01m) { IsReduceOnly = true };
        var closing = new MaxOrderQuery(leg, Side.Sell, 50_000m, 0.01m);
        Assert.Equal(new MaxOrder(1.23m, TooMuch(Previews.BtcNet, 1.24m)), Max(account, reduce));
        Assert.Equal(new MaxOrder(1.23m, TooMuch(leg, 1.24m)), Max(hedged, closing));
        Assert.Equal(
            new MaxOrder(1.2345m, TooMuch(leg, 1.2346m)), Max(hedged, closing with { Step = 0.0001m }));
        Assert.IsType<ChangeRefusal.NothingToReduce>(Max(account, reduce with { Side = Side.Buy }).Refusal);

        static ChangeRefusal.MoreThanHeld TooMuch(PositionKey key, decimal size) => new(key, size, 1.2345m);
    }

    [Fact]
    public void Where_less_than_a_step_is_held_nothing_that_only_closes_is_allowed_and_it_says_why()
    {
        var leg = PositionKey.LongOf(Previews.Btc);
        var hedged = Previews.Account(
            20_000m, [Previews.Setting(Previews.Btc, 50_000m, 20m)], new HeldPosition(leg, 1.5m, 50_000m));
        var reduce = new MaxOrderQuery(Previews.BtcNet, Side.Sell, 50_000m, 10m) { IsReduceOnly = true };

        Assert.Equal(
            new MaxOrder(0m, new ChangeRefusal.MoreThanHeld(Previews.BtcNet, 10m, 1.5m)),
            Max(Previews.BtcAccount(20_000m, 1.5m), reduce));
        Assert.Equal(
            new MaxOrder(0m, new ChangeRefusal.MoreThanHeld(leg, 10m, 1.5m)),
            Max(hedged, new(leg, Side.Sell, 50_000m, 10m)));
    }

    [Fact]
    public void Beside_a_liquidatable_position_nothing_is_told_though_much_more_would_save_it()
    {
        var account = Previews.Account(
            1_000_000m, [Previews.Setting(Previews.Btc, 40_000m, 20m, MarginMode.Isolated)],
            new HeldPosition(Previews.BtcNet, 1m, 60_000m, 3_000m));

        var max = Max(account, Buy(40_000m, 1m));

        Assert.Equal(0m, max.Size);
        Assert.IsType<ChangeRefusal.LiquidatedAfter>(max.Refusal);
        Assert.True(Previews.Of(account, Previews.Buy(20m, 40_000m)).IsAllowed);
    }

    [Fact]
    public void A_fee_of_more_digits_than_a_decimal_holds_is_rounded_up()
    {
        // 1.000000000000001 x 0.100000000000001 = 0.1000000000000011 and a last digit at 10^-30.
        const decimal Price = 1.000_000_000_000_001m;
        var query = Buy(Price, 1m) with { FeeRate = 0.100_000_000_000_001m };
        ContractSetting[] settings = [Previews.Setting(Previews.Btc, Price, 1m)];
        var without = Price + 0.100_000_000_000_001_1m;

        Assert.Equal(0m, Max(Previews.Account(without, settings), query).Size);
        Assert.Equal(1m, Max(Previews.Account(without + 1e-28m, settings), query).Size);
    }

    /// <summary>All of it would bring in more money than is reckoned with, some of it does not.</summary>
    [Fact]
    public void What_only_closes_is_never_more_than_the_preview_reckons_with()
    {
        var settings = new[] { Previews.Setting(Previews.Btc, 1m, 1m) };
        var held = new HeldPosition(Previews.BtcNet, 10_000_000_000m, 1m);
        var account = Previews.Account(10_000_000_000m, settings, held);
        var query = new MaxOrderQuery(Previews.BtcNet, Side.Sell, 1_000_000_000_000m, 1m)
        {
            IsReduceOnly = true,
        };

        var max = Max(account, query);

        Assert.Null(max.Refusal);
        Assert.InRange(max.Size, 1m, held.Size - 1m);
        Assert.True(Previews.Of(account, Closing(max.Size)).IsAllowed);
        Previews.Fault(account, Closing(max.Size + 1m));

        AccountChange.OrderFill Closing(decimal size) => At(query, size) with { IsReduceOnly = true };
    }

    [Fact]
    public void Less_than_a_step_is_nothing()
    {
        var max = Max(Previews.BtcAccount(100m, 0m), Buy(50_000m, 0.1m));

        Assert.Equal(0m, max.Size);
        Assert.IsType<ChangeRefusal.NotEnoughAvailable>(max.Refusal);
    }

    [Fact]
    public void A_leverage_that_is_refused_allows_nothing()
    {
        var max = Max(
            Previews.BtcAccount(1_000_000m, 4m), Buy(50_000m, 0.1m) with { Leverage = new Leverage(125m) });

        Assert.Equal(0m, max.Size);
        Assert.IsType<ChangeRefusal.LeverageAboveTier>(max.Refusal);
    }

    [Fact]
    public void Queries_that_make_no_sense_are_faults()
    {
        var query = Buy(50_000m, 0.1m);

        Assert.Equal(
            [
                "not-positive", "not-positive", "beyond-range", "beyond-range", "beyond-range", "negative",
                "beyond-range",
            ],
            new[]
            {
                query with { Step = 0m }, query with { Price = 0m }, query with { Price = 1e13m },
                query with { Step = 1e-13m }, query with { Step = 1e16m }, query with { FeeRate = -1m },
                query with { FeeRate = 2m },
            }.Select(bad => Fault(bad).Code), StringComparer.Ordinal);
        Assert.Equal(
            "too-many-digits", Fault(query with { Step = 0.000_000_123_456_789_012_345_678_9m }).Code);
        Assert.Equal("no-setting", Fault(query with { Key = PositionKey.NetOf("X") }).Code);
    }

    [Fact]
    public void The_largest_order_divides_those_that_are_allowed_from_those_that_are_not()
    {
        var chance = new Draws(99);
        var random = new RandomAccounts(chance);
        var (found, tried) = (0, 0);
        for (var i = 0; i < 300; i++)
        {
            var account = random.Account();
            var fill = random.Fill(account);
            if (!account.Positions.IsEmpty && account.IsHedged == (fill.Key.Leg == PositionLeg.Net)) continue;
            var query = new MaxOrderQuery(fill.Key, fill.Side, fill.Price, chance.AnyOf(1m, 0.001m, 0.3m));

            var max = Max(account, query);

            Assert.Equal(0m, max.Size % query.Step);
            if (max.Size > 0m) Assert.True(Previews.Of(account, At(query, max.Size)).IsAllowed, $"case {i}");
            var more = Previews.Of(account, At(query, max.Size + query.Step));
            Assert.False(more.IsAllowed, $"case {i}");
            Assert.Contains(more.Refusals, one => one.Refusal == max.Refusal);
            if (max.Size > 0m) found++;
            if (more.Before.Health == MarginHealth.Liquidatable) continue;
            tried++;
            for (var n = 0; n < 20; n++)
            {
                var above = max.Size + (query.Step * chance.UpToDigits((int)chance.Within(1, 10), 0));
                Assert.False(Previews.Of(account, At(query, above)).IsAllowed, $"case {i}: {above}");
                var below = query.Step * chance.Within(0, (long)(max.Size / query.Step) + 1);
                if (below == 0m) continue;
                Assert.True(Previews.Of(account, At(query, below)).IsAllowed, $"case {i}: {below}");
            }
        }

        Assert.True(found > 100 && tried > 50, $"only {found} sizes, {tried} tried on");
    }

    private static AccountChange.OrderFill At(MaxOrderQuery query, decimal size) =>
        new(query.Key, query.Side, size, query.Price);

    private static MaxOrderQuery Buy(decimal price, decimal step) =>
        new(Previews.BtcNet, Side.Buy, price, step);

    private static MaxOrder Max(TieredAccount account, MaxOrderQuery query)
    {
        Assert.True(
            MaxOrder.Of(account, Previews.Book, query).TryGet(out var max, out var fault), fault?.Message);
        return max;
    }

    private static AccountFault Fault(MaxOrderQuery query)
    {
        Assert.False(
            MaxOrder.Of(Previews.BtcAccount(1m, 0m), Previews.Book, query).TryGet(out _, out var fault));
        return fault;
    }
}
