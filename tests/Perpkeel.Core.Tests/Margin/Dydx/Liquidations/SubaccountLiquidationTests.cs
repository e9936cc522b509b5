using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Liquidations;

[Trait("Req", "MAR-11")]
public sealed class SubaccountLiquidationTests
{
    private const long OneBtc = 10_000_000_000;

    private static readonly MarketId Btc = SampleMarkets.Btc.Id;
    private static readonly Ppm Whole = new(Ppm.One);

    [Theory]
    [InlineData(OneBtc)]
    [InlineData(-OneBtc - 1)]
    [InlineData(0)]
    public void A_change_that_does_not_close_has_no_price(long delta)
    {
        var markets = Markets();
        var refusal = new ChainError.InvalidPerpetualPositionSizeDelta(Btc, OneBtc, delta);

        Assert.Equal(refusal, Expect.Bad(SubaccountLiquidation.BankruptcyPrice(Long(), Btc, delta, markets)));
        Assert.Equal(
            refusal,
            Expect.Bad(SubaccountLiquidation.Fillable(Long(), Btc, delta, Whole, Whole, markets)));
        Assert.Equal(
            refusal,
            Expect.Bad(SubaccountLiquidation.InsuranceFundDelta(Long(), Btc, delta, 1, Whole, markets)));
    }

    [Fact]
    public void Without_maintenance_there_is_no_bankruptcy()
    {
        var dust = new Subaccount().With(new PerpetualPosition(Btc, 1, 0, 0));
        var markets = Markets();
        markets[Btc] = markets[Btc] with { OraclePrice = 1 };

        Assert.Equal(
            "maintenance-margin-is-zero",
            Expect.Bad(SubaccountLiquidation.BankruptcyPrice(dust, Btc, -1, markets)).Code);
        Assert.Equal(
            "maintenance-margin-is-zero",
            Expect.Bad(SubaccountLiquidation.Fillable(dust, Btc, -1, Whole, Whole, markets)).Code);
    }

    [Fact]
    public void All_of_a_sole_position_closed_at_bankruptcy_leaves_nothing()
    {
        var random = new RandomChain(71);
        var closed = 0;
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var markets = random.Perpetuals(1);
            var market = markets.Values.Single();
            var account = new Subaccount { Usdc = random.Signed(15) }
                .With(new PerpetualPosition(market.Id, random.Signed(13), market.FundingIndex, 0));
            var size = account.QuantumsIn(market.Id);
            if (market.Margin(size).Maintenance.IsZero) continue;

            closed++;
            var received = Expect.Good(
                SubaccountLiquidation.BankruptcyPrice(account, market.Id, -size, markets));
            Assert.Equal(0, account.Usdc + received);
        }

        Assert.InRange(closed, 5_000, RandomChain.Cases);
    }

    [Fact]
    public void Part_of_a_position_closed_at_bankruptcy_never_lowers_collateral_over_maintenance()
    {
        var random = new RandomChain(72);
        var closed = 0;
        for (var i = 0; i < RandomChain.Cases / 2; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);
            var market = markets.Keys.First();
            var before = Expect.Good(account.Risk(markets));
            var delta = -account.QuantumsIn(market) * random.Between(1, 9) / 10;
            if (delta.IsZero || before.Maintenance.IsZero) continue;

            closed++;
            var received = Expect.Good(
                SubaccountLiquidation.BankruptcyPrice(account, market, delta, markets));
            var after = Expect.Good(Expect.Good(account.Apply(received, [new(market, delta)], markets))
                .Risk(markets));

            // The floor rounds in the account's favour: collateral is never less than its share.
            Assert.True(
                after.NetCollateral * before.Maintenance >= before.NetCollateral * after.Maintenance);
        }

        Assert.InRange(closed, 1_000, RandomChain.Cases);
    }

    [Theory]
    [InlineData(7, 1, true, 1, 100, 100)]
    [InlineData(1_970, 1, true, 1, 100, 200)]
    [InlineData(1_970, 1, false, 1, 100, 100)]
    [InlineData(0, 1, true, 1, 100, 100)]
    [InlineData(-5, 1, false, 0, 10, 10)]
    [InlineData(1, 3, true, -1, 1, 4)]
    [InlineData(1, 3, false, -1, 1, 3)]
    public void The_offer_is_rounded_to_the_grid_against_the_taker_and_is_one_tick_at_least(
        long numerator, long denominator, bool isLong, int exponent, long subticksPerTick, long expected) =>
        Assert.Equal(
            expected,
            new FillablePrice(numerator, denominator).ToSubticks(isLong, exponent, subticksPerTick));

    [Fact]
    public void The_offer_ends_at_the_last_tick_in_64_bits() => Assert.Equal(
        18_446_744_073_709_551_600,
        new FillablePrice(BigInteger.Pow(10, 30), 1).ToSubticks(isLong: false, 0, 100));

    [Fact]
    public void The_offer_lies_between_the_oracle_and_its_spread_of_maintenance()
    {
        var random = new RandomChain(73);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var market = random.Perpetuals(1).Values.Single();
            var size = random.Signed(13);
            var position = market.Margin(size);
            if (position.Maintenance.IsZero) continue;
            var account = new SubaccountRisk(
                random.Signed(15), 0, position.Maintenance + random.Unsigned(12));
            var spread = new Ppm(random.Below(2_000_000));

            var price = FillablePrice.Of(size, position, account, new Ppm(random.Below(3_000_000)), spread);

            // In value of the whole position: at most the oracle's, at least that less the spread.
            var most = position.NetCollateral * price.Denominator;
            var least = most - (position.Maintenance * spread.Value * price.Denominator / Ppm.One) - 1;
            Assert.True(price.Denominator.Sign > 0);
            Assert.True(price.Numerator * size <= most);
            Assert.True(price.Numerator * size >= least);
        }
    }

    [Theory]
    [InlineData(100_000_000, 99_000_000, 1_000_000)]
    [InlineData(100_000_000, 90_000_000, 1_500_000)]
    [InlineData(100_000_000, 110_000_000, -10_000_000)]
    [InlineData(-1_000_000, -1_000_001, 1)]
    public void The_fund_takes_the_gain_over_bankruptcy_up_to_its_share(
        long received, long bankruptcy, long expected) => Assert.Equal(
            expected, SubaccountLiquidation.Insurance(received, bankruptcy, new Ppm(15_000)));

    [Fact]
    public void A_sale_below_bankruptcy_is_paid_by_the_fund()
    {
        // Nothing is left at 50,000: sold at 49,990 the fund adds 10.
        var account = new Subaccount { Usdc = -50_000_000_000 }
            .With(new PerpetualPosition(Btc, OneBtc, 0, 0));

        var delta = SubaccountLiquidation.InsuranceFundDelta(
            account, Btc, -OneBtc, 49_990_000_000, new Ppm(15_000), Markets());

        Assert.Equal(-10_000_000, Expect.Good(delta));
    }

    [Theory]
    [InlineData(500, 1_000, 100_000, 500, 500)]
    [InlineData(5_000, 1_000, 100_000, 1_000, 1_000)]
    [InlineData(50_005, 1_000, 100_000, 1_000, 5_000)]
    public void A_block_takes_a_portion_but_never_less_than_the_least(
        long notional, long least, long portion, long min, long max) => Assert.Equal(
            new LiquidationLimits(min, max), LiquidationLimits.Of(notional, least, new Ppm(portion)));

    private static Subaccount Long() =>
        new Subaccount { Usdc = -49_000_000_000 }.With(new PerpetualPosition(Btc, OneBtc, 0, 0));

    private static Dictionary<MarketId, Perpetual> Markets() => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0),
    };
}
