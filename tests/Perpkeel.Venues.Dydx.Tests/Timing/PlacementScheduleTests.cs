using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;
using EquityTier = Perpkeel.Venues.Dydx.Timing.EquityTier;

namespace Perpkeel.Venues.Dydx.Tests.Timing;

[Trait("Req", "VEN-1")]
public sealed class PlacementScheduleTests
{
    private const uint Height = 1_000;

    private static readonly StatefulRoom Rich = new(0, new Usd(1_000_000m));

    [Fact]
    public void The_first_goes_in_the_next_block() =>
        Assert.Equal(new PlacementSlot(Height + 1, 2), Schedule().Book(Height, 2, Rich).Value());

    [Fact]
    public void Two_go_in_a_block_and_the_next_ones_later()
    {
        var schedule = Schedule(guard: 0);

        var blocks = Enumerable.Range(0, 6).Select(_ => schedule.Book(Height, 1, Rich).Value().Block);

        Assert.Equal([1_001U, 1_001U, 1_002U, 1_002U, 1_003U, 1_003U], blocks);
    }

    /// <summary>
    /// A node may count a block later than we do: with a guard of one, blocks next to each other share.
    /// </summary>
    [Fact]
    public void With_a_guard_every_other_block_stays_free()
    {
        var schedule = Schedule(guard: 1);

        var blocks = Enumerable.Range(0, 6).Select(_ => schedule.Book(Height, 1, Rich).Value().Block);

        Assert.Equal([1_001U, 1_001U, 1_003U, 1_003U, 1_005U, 1_005U], blocks);
    }

    [Fact]
    public void The_twenty_first_waits_until_the_first_has_left_the_long_window()
    {
        var schedule = Schedule(guard: 0);
        for (var i = 0; i < 20; i++) schedule.Book(Height, 1, Rich).Value();

        Assert.Equal(Height + 101, schedule.Book(Height, 1, Rich).Value().Block);
        Assert.Equal(Height + 101, schedule.Book(Height + 50, 1, Rich).Value().Block);
        Assert.Equal(Height + 102, schedule.Book(Height + 100, 1, Rich).Value().Block);
    }

    [Fact]
    public void What_is_given_back_can_be_booked_again()
    {
        var schedule = Schedule();
        var slot = schedule.Book(Height, 2, Rich).Value();
        schedule.Release(new PlacementSlot(slot.Block, 1));

        Assert.Equal(slot.Block, schedule.Book(Height, 1, Rich).Value().Block);
        schedule.Release(slot);
        Assert.Equal(slot.Block, schedule.Book(Height, 2, Rich).Value().Block);
        schedule.Release(new PlacementSlot(5, 1));
    }

    [Fact]
    public void Entry_stop_and_target_do_not_fit_one_transaction()
    {
        var error = Schedule().Book(Height, 3, Rich).Error();

        Assert.Equal(("too-many-at-once", ChainCodes.BlockRateLimit), (error.Code, error.OnChain));
        Assert.Equal("no-placement", Schedule().Book(Height, 0, Rich).Error().Code);
    }

    [Theory]
    [InlineData(19.99, 0, false)]
    [InlineData(20, 9, true)]
    [InlineData(20, 10, false)]
    [InlineData(999.99, 19, true)]
    [InlineData(999.99, 20, false)]
    [InlineData(1_000_000, 200, false)]
    public void The_equity_allows_so_many_open_orders(double equity, int open, bool isTaken)
    {
        var booked = Schedule().Book(Height, 1, new StatefulRoom(open, new Usd((decimal)equity)));

        if (isTaken) booked.Value();
        else Assert.Equal(ChainCodes.EquityTier, booked.Error().OnChain);
    }

    [Fact]
    public void The_next_tier_is_named()
    {
        var error = EquityTiers.Documented.Check(10, 1, new Usd(50m));

        Assert.Contains("reach 100 USDC", error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "reach", EquityTiers.Documented.Check(200, 1, new Usd(1e9m))!.Message, StringComparison.Ordinal);
        Assert.Equal(0, EquityTiers.Documented.MostAt(new Usd(-5m)));
    }

    [Fact]
    public void Limits_and_tiers_are_those_of_the_chain()
    {
        var limits = BlockLimit.Of([new MaxPerNBlocksRateLimit { NumBlocks = 5, Limit = 7 }]);
        var tiers = EquityTiers.Of(
        [
            new EquityTierLimit { UsdTncRequired = Bytes(20_000_000), Limit = 3 },
            new EquityTierLimit { UsdTncRequired = ByteString.Empty, Limit = 1 },
        ]);

        Assert.Equal([new BlockLimit(5, 7)], limits);
        Assert.Equal("7 in 5 blocks", limits[0].ToString());
        Assert.Equal((1, 3), (tiers.MostAt(new Usd(19.999999m)), tiers.MostAt(new Usd(20m))));
        Assert.Throws<FormatException>(() => EquityTiers.Of(
            [new EquityTierLimit { UsdTncRequired = ByteString.CopyFrom(9) }]));

        static ByteString Bytes(int value) => ByteString.CopyFrom(BigIntegerBytes.Write(value));
    }

    [Fact]
    public void A_limit_that_never_lets_anything_in_is_told()
    {
        var schedule = new PlacementSchedule([new(10_000, 1)], EquityTiers.Documented);
        schedule.Book(Height, 1, Rich).Value();

        Assert.Equal("booked-out", schedule.Book(Height, 1, Rich).Error().Code);
    }

    [Fact]
    public void Without_limits_everything_goes_in_the_next_block()
    {
        var schedule = new PlacementSchedule([], new EquityTiers([new EquityTier(Usd.Zero, 1_000)]));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(Height + 1, schedule.Book(Height, 1, Rich).Value().Block);
        }
    }

    /// <summary>
    /// Whatever is asked when: no window of any length holds more than its limit, also where every node
    /// counts a block late.
    /// </summary>
    [Fact]
    public void No_window_ever_holds_more_than_its_limit()
    {
        var asks = Gen.Choose(0, 8).Zip(Gen.Choose(1, 2), (later, count) => (Later: (uint)later, count))
            .ListOf(60);

        Prop.ForAll(asks.ToArbitrary(), list =>
        {
            var schedule = Schedule();
            var booked = new Dictionary<uint, int>();
            var height = Height;
            foreach (var (later, count) in list)
            {
                height += later;
                var slot = schedule.Book(height, count, Rich).Value();
                Assert.True(slot.Block > height);
                booked[slot.Block] = booked.GetValueOrDefault(slot.Block) + count;
            }

            foreach (var limit in BlockLimit.UsualStateful)
            {
                foreach (var first in booked.Keys)
                {
                    var inside = booked.Where(one => one.Key >= first && one.Key <= first + limit.Blocks);
                    Assert.True(inside.Sum(one => one.Value) <= limit.Most);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    private static PlacementSchedule Schedule(uint guard = 1) =>
        new(BlockLimit.UsualStateful, EquityTiers.Documented, guard);
}
