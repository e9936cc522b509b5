using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
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
        Assert.Equal(new MaxOrder(1.23m, null), Max(account, reduce));
        Assert.Equal(new MaxOrder(1.23m, null), Max(hedged, new(leg, Side.Sell, 50_000m, 0.01m)));
        Assert.Equal(0m, Max(account, reduce with { Step = 10m }).Size);
        Assert.IsType<ChangeRefusal.NothingToReduce>(Max(account, reduce with { Side = Side.Buy }).Refusal);
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
        Assert.Equal("no-setting", Fault(query with { Key = PositionKey.NetOf("X") }).Code);
    }

    [Fact]
    public void The_largest_order_is_allowed_and_a_step_more_is_not()
    {
        var chance = new Chance(99);
        var random = new RandomAccounts(chance);
        var found = 0;
        for (var i = 0; i < 300; i++)
        {
            var account = random.Account();
            var fill = random.Fill(account);
            if (!account.Positions.IsEmpty && account.IsHedged == (fill.Key.Leg == PositionLeg.Net)) continue;
            var query = new MaxOrderQuery(fill.Key, fill.Side, fill.Price, chance.Of(1m, 0.001m, 0.3m));

            var max = Max(account, query);

            Assert.Equal(0m, max.Size % query.Step);
            if (max.Size > 0m) Assert.True(Previews.Of(account, At(query, max.Size)).IsAllowed, $"case {i}");
            var more = Previews.Of(account, At(query, max.Size + query.Step));
            Assert.False(more.IsAllowed, $"case {i}");
            if (max.Size == 0m) continue;
            found++;
            if (max.Refusal is { } refusal) Assert.Contains(more.Refusals, one => one.Refusal == refusal);
        }

        Assert.True(found > 100, $"only {found} sizes");
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
