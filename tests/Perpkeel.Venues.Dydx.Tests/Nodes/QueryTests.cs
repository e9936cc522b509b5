using System.Numerics;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Tests.Orders;
using Perpkeel.Venues.Dydx.Timing;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

/// <summary>Every answer is bytes that were put together by hand.</summary>
[Trait("Req", "VEN-1")]
public sealed class QueryTests : IDisposable
{
    private static readonly DydxSubaccount Zero = DydxSubaccount.Of(Samples.Alice, 0).Value();

    private readonly LocalWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NodeClient Client => _world.Client;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Blocks_and_nodes()
    {
        var block = (await Client.Chain.LatestBlockAsync(Cancellation)).Value();
        Assert.Equal(new BlockFacts("localdydxprotocol", 1_000, _world.Chain.Time), block);
        Assert.Equal(
            new NodeFacts("dydxprotocold", "9.6.0", "v0.50.6"),
            (await Client.Chain.NodeInfoAsync(Cancellation)).Value());
        Assert.False((await Client.Chain.IsSyncingAsync(Cancellation)).Value());
        Assert.StartsWith(
            "0.025ibc/", (await Client.Chain.MinimumGasPriceAsync(Cancellation)).Value(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_and_wallets()
    {
        var key = _world.Owner(1).Key;
        Assert.Equal(
            new AccountFacts(key.Address, 7, 0),
            (await Client.Accounts.AccountAsync(key.Address, Cancellation)).Value());
        var nonces = (await Client.Accounts.NoncesAsync(key.Address, Cancellation)).Value();
        Assert.Equal((1UL << 40) + 5, Assert.Single(nonces.Kept));
        Assert.Equal(3UL, nonces.HighestEjected);
        Assert.Equal(
            1_500_000,
            (await Client.Accounts.BalanceAsync(key.Address, LocalChain.Usdc, Cancellation)).Value().Amount);
        Assert.Equal(
            LocalChain.Usdc,
            Assert.Single((await Client.Accounts.BalancesAsync(key.Address, Cancellation)).Value()).Denom);
        Assert.True((await Client.Accounts.TakesPermissionedKeysAsync(Cancellation)).Value());
        Assert.Empty((await Client.Accounts.AuthenticatorsAsync(key.Address, Cancellation)).Value());
    }

    [Fact]
    public async Task Subaccounts()
    {
        var found = (await Client.Accounts.SubaccountAsync(Zero, Cancellation)).Value();
        Assert.Equal(100_000_000, found.UsdcQuantums);
        Assert.Equal(new PositionFacts(0, -45, BigInteger.Zero, 7), Assert.Single(found.Positions));
        Assert.False(found.IsEmpty);
        Assert.Equal(
            new MarketLeverage(5, new Ppm(100_000)),
            Assert.Single((await Client.Accounts.LeverageAsync(Zero, Cancellation)).Value()));
        var gate = (await Client.Accounts.WithdrawalGateAsync(0, Cancellation)).Value();
        Assert.Equal(new WithdrawalGate(900, 0, 950), gate);
        Assert.Equal((true, false), (gate.IsClosedAt(949), gate.IsClosedAt(950)));
    }

    [Fact]
    public async Task Limits_of_the_book()
    {
        var limits = (await Client.Book.BlockLimitsAsync(Cancellation)).Value();
        Assert.Equal([new BlockLimit(1, 2), new BlockLimit(100, 20)], limits.StatefulPlacements);
        Assert.Equal([new BlockLimit(5, 4_000)], limits.ShortTerm);
        Assert.Equal([new BlockLimit(100, 10)], limits.LeverageUpdates);
        var tiers = (await Client.Book.EquityTiersAsync(Cancellation)).Value();
        Assert.Equal(0, tiers.MostAt(new Usd(19.99m)));
        Assert.Equal(10, tiers.MostAt(new Usd(20m)));
        Assert.Equal(200, tiers.MostAt(new Usd(100m)));
    }

    [Fact]
    public async Task Fees_and_routers()
    {
        var all = (await Client.Book.FeeTiersAsync(Cancellation)).Value();
        Assert.Equal([new Ppm(100), new Ppm(-110)], all.Select(tier => tier.Maker));
        Assert.Equal(new Usd(200_000_000m), all[1].VolumeFrom);
        Assert.Equal(
            new Ppm(500), (await Client.Book.UserFeeTierAsync(Samples.Alice, Cancellation)).Value().Taker);
        Assert.Equal(
            new Ppm(500_000),
            (await Client.Book.RouterShareAsync(Samples.Alice, Cancellation)).Value());
    }

    [Fact]
    public async Task Stored_orders()
    {
        var key = new OrderKey(Zero, 9, DydxOrderKind.LongTerm, 0);
        Assert.IsType<NodeError.Refused>((await Client.Book.StatefulOrderAsync(key, Cancellation)).Error());
        _world.Chain.Store(key.ToProto().ToByteArray(), Samples.Alice.Text, 64, 1_800_000_000);

        var order = (await Client.Book.StatefulOrderAsync(key, Cancellation)).Value();

        Assert.Equal(
            new StatefulOrderFacts(
                key, 3_000_000, 1_000_000, 6_500_000_000, new GoodTilTime(1_800_000_000), true, 990),
            order);
    }

    [Fact]
    public async Task Markets_come_page_by_page()
    {
        var pairs = (await Client.Book.ClobPairsAsync(Cancellation)).Value();
        Assert.Equal([0U, 40U], pairs.Select(pair => pair.Id));
        Assert.Equal([0U, 41U], pairs.Select(pair => pair.PerpetualId!.Value));
        Assert.Equal(MarketStatus.FinalSettlement, pairs[1].Status);
        var pair = (await Client.Book.ClobPairAsync(0, Cancellation)).Value();
        Assert.Equal(-9, pair.QuantumConversionExponent);
        var perpetuals = (await Client.Markets.PerpetualsAsync(Cancellation)).Value();
        Assert.Equal(
            new PerpetualFacts(0, "BTC-USD", 0, -10, 0, false, -5, 256), perpetuals[0]);
        Assert.True(perpetuals[1].IsIsolated);
        var tier = Assert.Single((await Client.Markets.MarginTiersAsync(Cancellation)).Value());
        Assert.Equal(
            new MarginTierFacts(
                0, "Large-Cap", new Ppm(20_000), new Ppm(600_000), Usd.Zero, new Usd(5_000_000m)),
            tier);
        var price = new OraclePrice(0, new Price(65_000.12345m));
        Assert.Equal(price, Assert.Single((await Client.Markets.PricesAsync(Cancellation)).Value()));
        Assert.Equal(price, (await Client.Markets.PriceAsync(0, Cancellation)).Value());
    }

    [Fact]
    public async Task The_steps_of_a_market_are_read_by_its_name_and_not_by_equal_numbers()
    {
        Assert.Equal(Samples.Btc, (await Client.Markets.GridAsync("btc-usd", Cancellation)).Value());
        var other = (await Client.Markets.GridAsync("NEW-USD", Cancellation)).Value();
        Assert.Equal((40U, 1, MarketStatus.FinalSettlement),
            (other.ClobPairId, other.AtomicResolution, other.Status));
        Assert.Equal("no-market", (await Client.Markets.GridAsync("BTCUSD", Cancellation)).Error().Code);
    }
}
