using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Liquidations;

[Trait("Req", "MAR-11")]
public sealed class DeleveragingTests
{
    private const long OneBtc = 10_000_000_000;

    private static readonly MarketId Btc = SampleMarkets.Btc.Id;

    [Fact]
    public void Quote_and_positions_are_conserved()
    {
        var random = new RandomChain(81);
        var done = 0;
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 2));
            var market = markets.Keys.First();
            var (one, other) = (random.Account(markets), random.Account(markets));
            var most = BigInteger.Min(
                BigInteger.Abs(one.QuantumsIn(market)), BigInteger.Abs(other.QuantumsIn(market)));
            var delta = -one.QuantumsIn(market).Sign * (most * random.Between(1, 10) / 10);
            var price = random.Coin() ? DeleveragingPrice.Bankruptcy : DeleveragingPrice.Oracle;

            var result = Deleveraging.Process(one, other, market, delta, price, markets);
            if (!result.TryGet(out var after, out _)) continue;

            done++;
            Assert.Equal(one.Usdc + other.Usdc, after.Liquidated.Usdc + after.Offsetting.Usdc);
            Assert.Equal(one.Usdc + after.QuoteDelta, after.Liquidated.Usdc);
            Assert.Equal(one.QuantumsIn(market) + delta, after.Liquidated.QuantumsIn(market));
            Assert.Equal(other.QuantumsIn(market) - delta, after.Offsetting.QuantumsIn(market));
            Assert.DoesNotContain(after.Liquidated.Positions.Values, held => held.IsEmpty);
        }

        Assert.InRange(done, 300, RandomChain.Cases);
    }

    [Fact]
    public void The_bankrupt_account_ends_with_nothing_and_the_other_bears_what_it_lacked()
    {
        // 1,000 short of what the position is worth: the other is closed 1,000 below the oracle.
        var bankrupt = Holder(-51_000, OneBtc);
        var other = Holder(60_000, -OneBtc);

        var after = Expect.Good(Deleveraging.Process(
            bankrupt, other, Btc, -OneBtc, DeleveragingPrice.Bankruptcy, Markets()));

        Assert.Equal(0, after.Liquidated.Usdc);
        Assert.Equal(9_000_000_000, after.Offsetting.Usdc);
        Assert.Empty(after.Liquidated.Positions);
        Assert.Empty(after.Offsetting.Positions);
        Assert.Equal(51_000_000_000, after.QuoteDelta);
    }

    [Fact]
    public void Final_settlement_is_at_the_oracle_price()
    {
        var after = Expect.Good(Deleveraging.Process(
            Holder(-40_000, OneBtc), Holder(60_000, -OneBtc), Btc, -OneBtc,
            DeleveragingPrice.Oracle, Markets()));

        Assert.Equal(10_000_000_000, after.Liquidated.Usdc);
        Assert.Equal(10_000_000_000, after.Offsetting.Usdc);
    }

    [Fact]
    public void An_account_on_the_same_side_or_too_small_is_no_counterpart()
    {
        var bankrupt = Holder(-51_000, OneBtc);

        Assert.Equal("invalid-perpetual-position-size-delta", Refusal(bankrupt, Holder(0, OneBtc)));
        Assert.Equal("invalid-perpetual-position-size-delta", Refusal(bankrupt, Holder(0, 1 - OneBtc)));
        Assert.Equal("invalid-perpetual-position-size-delta", Refusal(Holder(0, 1), Holder(0, -OneBtc)));
    }

    [Fact]
    public void An_account_that_would_be_worse_off_below_its_margin_is_no_counterpart()
    {
        var error = Expect.Bad(Deleveraging.Process(
            Holder(-50_001, OneBtc), Holder(49_999, -OneBtc), Btc, -OneBtc / 10,
            DeleveragingPrice.Bankruptcy, Markets()));

        var failed = Assert.IsType<ChainError.FailedToUpdateSubaccounts>(error);
        Assert.Equal(
            [UpdateResult.Success, UpdateResult.StillUndercollateralized], failed.Results);
        Assert.Contains("StillUndercollateralized", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_price_that_was_not_set_is_a_mistake() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Deleveraging.Process(
            Holder(0, OneBtc), Holder(0, -OneBtc), Btc, -OneBtc, DeleveragingPrice.None, Markets()));

    private static string Refusal(Subaccount liquidated, Subaccount offsetting) => Expect.Bad(
        Deleveraging.Process(
            liquidated, offsetting, Btc, -OneBtc, DeleveragingPrice.Bankruptcy, Markets())).Code;

    private static Subaccount Holder(long usdc, long quantums) =>
        new Subaccount { Usdc = (BigInteger)usdc * 1_000_000 }
            .With(new PerpetualPosition(Btc, quantums, 0, 0));

    private static Dictionary<MarketId, Perpetual> Markets() => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, OneBtc),
    };
}
