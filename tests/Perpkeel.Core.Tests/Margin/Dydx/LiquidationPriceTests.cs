using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

public sealed class LiquidationPriceTests
{
    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_short_of_3_on_a_deposit_of_1000_is_liquidated_at_3174_60()
    {
        // 1000 deposited and 3 sold at 3000: 10,000 of USDC.
        var rest = new AccountRisk(Usd(10_000m), default, default);

        var price = LiquidationPrice.Find(FivePercent, Quantums(-3m), rest);

        Assert.Equal(3174.60m, Rounded(price));
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void Beside_a_long_in_another_market_it_is_at_3380_95()
    {
        // 1000 deposited, 1.5 sold at 3000, 1000 of the other bought at 1.75 with 10 % maintenance: 175.
        var rest = new AccountRisk(Usd(1_000m + 4_500m - 1_750m + 1_750m), Usd(350m), Usd(175m));

        var price = LiquidationPrice.Find(FivePercent, Quantums(-1.5m), rest);

        Assert.Equal(3380.95m, Rounded(price));
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_flat_position_has_no_liquidation_price() =>
        Assert.Null(LiquidationPrice.Find(SampleMarkets.Btc, default, default));

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_long_without_debt_has_none() => Assert.Null(LiquidationPrice.Find(
        SampleMarkets.Btc, new BaseQuantums(10_000_000_000), new AccountRisk(Usd(1m), default, default)));

    /// <summary>
    /// Worth nothing it needs nothing, and the chain liquidates no account that needs nothing.
    /// </summary>
    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_long_in_debt_may_be_liquidated_only_from_the_first_price_at_which_it_is_worth_something()
    {
        const long FirstWorth = 10_000_000;
        var quantums = new BaseQuantums(100);
        var rest = new AccountRisk(new QuoteQuantums(-1_000), default, default);

        var price = LiquidationPrice.Find(SampleMarkets.Btc, quantums, rest);

        Assert.Equal(10_319_999_999, price);
        Assert.False(IsBad(FirstWorth - 1));
        Assert.True(IsBad(FirstWorth));
        Assert.True(IsBad(10_319_999_999));
        Assert.False(IsBad(10_320_000_000));

        bool IsBad(long at) => rest.With(PositionMargin.Of(SampleMarkets.Btc, quantums, at)).IsLiquidatable;
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_long_whose_maintenance_is_all_of_its_worth_has_none_that_ends() =>
        Assert.Null(LiquidationPrice.Find(
        SampleMarkets.Btc with { InitialMarginPpm = new(1_000_000), MaintenanceFractionPpm = new(1_000_000) },
        new BaseQuantums(10_000_000_000), new AccountRisk(Usd(-1m), default, default)));

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_short_with_more_than_any_price_can_cost_has_none() => Assert.Null(LiquidationPrice.Find(
        SampleMarkets.Btc, new BaseQuantums(-1),
        new AccountRisk(new(Int128.MaxValue / 4), default, default)));

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_short_that_is_bad_at_any_price_is_liquidated_at_the_lowest()
    {
        var rest = new AccountRisk(Usd(-1m), Usd(2m), Usd(1m));

        Assert.Equal(1, LiquidationPrice.Find(SampleMarkets.Btc, new BaseQuantums(-10_000_000_000), rest));
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void A_long_too_small_to_be_worth_anything_at_the_lowest_price_is_found_too()
    {
        // 0.0001 BTC is worth less than a quote quantum at the lowest integer price.
        var rest = new AccountRisk(Usd(-5m), default, default);

        var price = LiquidationPrice.Find(SampleMarkets.Btc, new BaseQuantums(1_000_000), rest);

        Assert.Equal(5_154_639_999, price);
    }

    [Fact]
    [Trait("Req", "MAR-11")]
    public void It_is_the_first_integer_price_at_which_the_chain_may_liquidate() =>
        Prop.ForAll(Accounts.ToArbitrary(), account =>
        {
            var found = LiquidationPrice.Find(account.Market, account.Position, account.Rest);
            return found is { } price ? IsTheEdge(account, price) : IsNeverBad(account);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4_000));

    private static Market FivePercent => SampleMarkets.Eth with
    {
        InitialMarginPpm = new Ppm(100_000),
        MaintenanceFractionPpm = new Ppm(500_000),
    };

    private static Gen<Account> Accounts { get; } =
        from market in Gen.Elements(SampleMarkets.Btc, SampleMarkets.Eth, SampleMarkets.Sol, FivePercent)
        from power in Gen.Choose(0, 12)
        from digits in Gen.Choose(1, 999)
        from sign in Gen.Elements(-1, 1)
        from factor in Gen.Choose(-2_000, 2_000)
        from others in Gen.Choose(0, 500)
        select Make(market, sign * digits * (long)Decimals.PowerOfTen(power), factor, others);

    /// <summary>
    /// An account with so many thousandths of the position's worth at 100 units as collateral.
    /// </summary>
    private static Account Make(Market market, long quantums, int factor, int others)
    {
        var fair = (long)(100m / Decimals.PowerOfTen(market.OracleExponent));
        var worth = PositionMargin.Worth(market, Math.Abs(quantums), fair);
        var maintenance = worth * others / 5_000;
        var rest = new AccountRisk(
            new(worth * factor / 1_000), new(maintenance * 2), new(maintenance));
        return new Account(market, new BaseQuantums(quantums), rest);
    }

    /// <summary>Bad there, and good at every neighbour on the safe side.</summary>
    private static bool IsTheEdge(Account account, long price)
    {
        var towardSafety = account.Position.Value > 0 ? 1 : -1;
        return IsBad(account, price) && Enumerable.Range(1, 60)
            .Select(step => price + (step * towardSafety))
            .Where(neighbour => neighbour > 0)
            .All(neighbour => !IsBad(account, neighbour));
    }

    private static bool IsNeverBad(Account account)
    {
        for (long price = 1; price < long.MaxValue / 1_000_000_000; price += 1 + (price / 7))
        {
            if (IsBad(account, price)) return false;
        }

        return true;
    }

    private static bool IsBad(Account account, long price) =>
        account.Rest.With(PositionMargin.Of(account.Market, account.Position, price)).IsLiquidatable;

    private static QuoteQuantums Usd(decimal amount) => QuoteQuantums.FromUsdRoundingDown(new Usd(amount));

    private static BaseQuantums Quantums(decimal size) =>
        SampleMarkets.Eth.QuantumsOf(SampleMarkets.Eth.StepsOf(new Size(size)));

    private static decimal Rounded(long? price) =>
        decimal.Round(price.GetValueOrDefault() * Decimals.PowerOfTen(SampleMarkets.Eth.OracleExponent), 2);

    private sealed record Account(Market Market, BaseQuantums Position, AccountRisk Rest);
}
