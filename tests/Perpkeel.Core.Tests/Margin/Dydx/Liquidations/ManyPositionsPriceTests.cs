using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Liquidations;

[Trait("Req", "MAR-11")]
public sealed class ManyPositionsPriceTests
{
    private static readonly MarketId Btc = SampleMarkets.Btc.Id;

    [Fact]
    public void Of_any_account_it_is_the_last_price_before_the_chain_may_liquidate()
    {
        var random = new RandomChain(61);
        var (found, none) = (0, 0);
        for (var i = 0; i < RandomChain.Cases / 2; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 4));
            var account = random.Account(markets);
            var market = markets.Keys.First();
            var size = account.QuantumsIn(market);

            var end = Expect.Good(LiquidationPrice.Find(account, market, markets));

            Assert.Equal(IsBad(account, markets, market, markets[market].OraclePrice), end.IsNow);
            if (end.Price is not { } price)
            {
                // Where nothing needs maintenance nothing is ever liquidated.
                if (Expect.Good(account.Risk(markets)).Maintenance.IsZero) continue;
                none++;
                Assert.True(IsTheSameEverywhere(account, markets, market, end.IsNow));
                continue;
            }

            found++;
            var toward = size.Sign > 0 ? 1 : -1;
            Assert.True(IsBad(account, markets, market, price));
            for (var step = 1; step <= 3; step++)
            {
                var neighbour = price + (step * toward);
                Assert.True(neighbour.Sign <= 0 || !IsBad(account, markets, market, neighbour));
            }
        }

        Assert.InRange(found, 500, RandomChain.Cases);
        Assert.InRange(none, 100, RandomChain.Cases);
    }

    [Fact]
    public void The_fast_search_in_128_bits_finds_the_same()
    {
        var random = new RandomChain(62);
        var found = 0;
        for (var i = 0; i < RandomChain.Cases / 4; i++)
        {
            var size = (long)random.Signed(random.Coin() ? 12 : 18);
            var rest = new AccountRisk(
                new((Int128)random.Signed(16)), default, new((Int128)random.Unsigned(14)));

            var fast = LiquidationPrice.Find(SampleMarkets.Btc, new BaseQuantums(size), rest);
            var exact = LiquidationPrice.Find(
                Perpetual.Of(SampleMarkets.Btc, 1, 0), size, rest.ToUnbounded());

            Assert.Equal(exact is { } price && price <= long.MaxValue ? (long)price : null, fast);
            if (fast is not null) found++;
        }

        Assert.InRange(found, 500, RandomChain.Cases);
    }

    [Fact]
    public void A_price_beyond_the_products_of_128_bits_is_found_all_the_same()
    {
        // 100,000 BTC short and 25 billions of USDC: above 240,000, where 128 bits end.
        var rest = new AccountRisk(new((Int128)25_000_000_000 * QuoteQuantums.PerUsd), default, default);
        var position = new BaseQuantums(-1_000_000_000_000_000);

        var price = LiquidationPrice.Find(SampleMarkets.Btc, position, rest);

        Assert.Equal(24_271_844_661, price);
    }

    [Fact]
    public void Unsettled_funding_and_a_quote_balance_move_it()
    {
        var markets = Markets(fundingIndex: 0);
        var account = new Subaccount { Usdc = -40_000_000_000 }
            .With(new PerpetualPosition(Btc, 10_000_000_000, 0, 0));
        var owing = Markets(fundingIndex: 100_000);
        var rich = account.With(new PerpetualPosition(Btc, 10_000_000_000, 0, 1_000_000_000));

        Assert.Equal(4_123_711_340, Expect.Good(LiquidationPrice.Find(account, Btc, markets)).Price);
        Assert.Equal(4_226_804_123, Expect.Good(LiquidationPrice.Find(account, Btc, owing)).Price);
        Assert.Equal(4_020_618_556, Expect.Good(LiquidationPrice.Find(rich, Btc, markets)).Price);
    }

    [Fact]
    public void Without_a_position_or_a_market_there_is_none()
    {
        Assert.Equal(
            new Liquidatable(null, IsNow: false),
            Expect.Good(LiquidationPrice.Find(new Subaccount(), Btc, Markets(0))));
        Assert.Equal(
            new ChainError.PerpetualDoesNotExist(new("X")),
            Expect.Bad(LiquidationPrice.Find(new Subaccount(), new("X"), Markets(0))));
    }

    private static bool IsTheSameEverywhere(
        Subaccount account, Dictionary<MarketId, Perpetual> markets, MarketId market, bool isBad)
    {
        for (BigInteger price = 1; price <= ulong.MaxValue; price += 1 + (price * 3))
        {
            var risk = RiskAt(account, markets, market, price);
            if (!risk.Maintenance.IsZero && risk.IsLiquidatable != isBad) return false;
        }

        return true;
    }

    private static bool IsBad(
        Subaccount account, Dictionary<MarketId, Perpetual> markets, MarketId market, BigInteger price) =>
        RiskAt(account, markets, market, price).IsLiquidatable;

    private static SubaccountRisk RiskAt(
        Subaccount account, Dictionary<MarketId, Perpetual> markets, MarketId market, BigInteger price)
    {
        var moved = new Dictionary<MarketId, Perpetual>(markets)
        {
            [market] = markets[market] with { OraclePrice = price },
        };
        return Expect.Good(account.Risk(moved));
    }

    private static Dictionary<MarketId, Perpetual> Markets(long fundingIndex) => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0) with { FundingIndex = fundingIndex },
    };
}
