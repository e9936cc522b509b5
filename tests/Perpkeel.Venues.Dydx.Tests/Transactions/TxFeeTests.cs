using System.Numerics;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Transactions;

[Trait("Req", "VEN-1")]
public sealed class TxFeeTests
{
    [Fact]
    public void Orders_pay_nothing()
    {
        Assert.Empty(TxFee.Free.Amounts);
        Assert.Equal(1_000_000UL, TxFee.Free.GasLimit);
    }

    [Theory]
    [InlineData(150_000, 3_750)]
    [InlineData(150_001, 3_751)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void A_fee_in_USDC_is_rounded_up(ulong gas, int amount) =>
        Assert.Equal(
            new CoinAmount(DydxNetwork.Mainnet.UsdcDenom, amount),
            Assert.Single(TxFee.InUsdc(DydxNetwork.Mainnet, gas).Amounts));

    [Fact]
    public void A_fee_in_the_gas_coin_takes_the_networks_own() =>
        Assert.Equal(
            new CoinAmount("adv4tnt", BigInteger.Parse("5000000000000000", null)),
            Assert.Single(TxFee.InNative(DydxNetwork.Testnet, 200_000).Amounts));

    [Fact]
    public void The_gas_limit_is_the_simulated_gas_times_the_margin_rounded_down()
    {
        Assert.Equal(180_001UL, TxFee.GasLimitFor(100_001, TxFee.UsualMargin));
        Assert.Equal(300_003UL, TxFee.GasLimitFor(100_001, TxFee.RemovalMargin));
        Assert.Throws<ArgumentOutOfRangeException>(() => TxFee.GasLimitFor(1, new Ppm(0)));
    }
}
