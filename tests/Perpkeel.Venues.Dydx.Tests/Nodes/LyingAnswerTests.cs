using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

/// <summary>
/// Numbers that no chain has are an error of the node and never an exception of the client.
/// </summary>
[Trait("Req", "VEN-1")]
public sealed class LyingAnswerTests : IDisposable
{
    private const string LatestBlock = "/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock";
    private const string Limits = "/dydxprotocol.clob.Query/BlockRateLimitConfiguration";
    private const string Tiers = "/dydxprotocol.clob.Query/EquityTierLimitConfiguration";
    private const string Pairs = "/dydxprotocol.clob.Query/ClobPairAll";
    private const ulong MinusOne = ulong.MaxValue;

    private readonly LocalWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, byte[]?> Instead => _world.Nodes[0].Instead;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(1_000UL, 1_777_896_000UL, MinusOne)]
    [InlineData(1_000UL, 1_777_896_000UL, 1_000_000_000UL)]
    [InlineData(1_000UL, 253_402_300_800UL, 0UL)]
    [InlineData(1_000UL, MinusOne, 0UL)]
    [InlineData(4_294_967_295UL, 1_777_896_000UL, 0UL)]
    [InlineData(4_294_967_290UL, 1_777_896_000UL, 0UL)]
    [InlineData(0UL, 1_777_896_000UL, 0UL)]
    public async Task A_block_that_cannot_be_is_nonsense(ulong height, ulong seconds, ulong nanos)
    {
        Instead[LatestBlock] = Block(height, seconds, nanos);

        Assert.Equal("nonsense", (await _world.Client.PollAsync(Cancellation)).Error().Code);
    }

    [Fact]
    public async Task Watching_outlives_a_block_that_cannot_be()
    {
        Instead[LatestBlock] = Block(1_000, MinusOne, MinusOne);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watching = _world.Client.WatchAsync(TimeSpan.FromMilliseconds(1), stop.Token);
        Instead.Remove(LatestBlock);

        await _world.Client.Clock.WaitForAsync(_world.Chain.Height, Cancellation);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Limits_that_a_half_answer_leaves_out_are_not_taken_for_none()
    {
        Instead[Limits] = [];
        Instead[Tiers] = [];

        Assert.Equal("nonsense", (await _world.Client.Book.BlockLimitsAsync(Cancellation)).Error().Code);
        Assert.Equal("nonsense", (await _world.Client.Book.EquityTiersAsync(Cancellation)).Error().Code);
        var opened = await OrderSender.OpenAsync(
            _world.Client, _world.Owner(1), new SenderOptions(), Cancellation);
        Assert.Equal("nonsense", opened.Error().Code);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(4_294_967_295UL)]
    public async Task Limits_of_no_blocks_or_of_all_are_nonsense(ulong blocks)
    {
        Instead[Limits] = Wire.Of(1, Wire.Of(2, [.. Wire.Of(1, blocks), .. Wire.Of(2, 2UL)]));

        Assert.Equal("nonsense", (await _world.Client.Book.BlockLimitsAsync(Cancellation)).Error().Code);
    }

    [Fact]
    public async Task A_tier_beyond_every_number_is_nonsense_and_one_without_a_limit_is_not()
    {
        byte[] huge = [2, .. Enumerable.Repeat((byte)0xff, 20)];
        Instead[Tiers] = Wire.Of(1, Wire.Of(2, [.. Wire.Of(1, huge), .. Wire.Of(2, 10UL)]));
        Assert.Equal("nonsense", (await _world.Client.Book.EquityTiersAsync(Cancellation)).Error().Code);

        Instead[Tiers] = Wire.Of(1, Wire.Of(2, [.. Wire.Of(1, [2, 1]), .. Wire.Of(2, 4_294_967_295UL)]));
        var tiers = (await _world.Client.Book.EquityTiersAsync(Cancellation)).Value();

        Assert.Equal(int.MaxValue, tiers.MostAt(LocalWorld.Rich.NetCollateral));
    }

    [Theory]
    [InlineData(0UL, 100_000UL, 0UL)]
    [InlineData(1_000_000UL, 0UL, 0UL)]
    [InlineData(1_000_000UL, 100_000UL, 40UL)]
    [InlineData(1_000_000UL, 100_000UL, 4_294_967_295UL)]
    public async Task Steps_by_which_nothing_can_be_counted_are_nonsense(
        ulong step, ulong subticks, ulong exponent)
    {
        byte[] pair =
        [
            .. Wire.Of(2, Wire.Of(1, 0UL)), .. Wire.Of(4, step), .. Wire.Of(5, subticks),
            .. Wire.Of(6, exponent), .. Wire.Of(7, 1UL),
        ];
        Instead[Pairs] = Wire.Of(1, pair);

        var grid = await _world.Client.Markets.GridAsync("BTC-USD", Cancellation);

        Assert.Equal("nonsense", grid.Error().Code);
    }

    private static byte[] Block(ulong height, ulong seconds, ulong nanos)
    {
        byte[] header =
        [
            .. Wire.Of(2, "localdydxprotocol"), .. Wire.Of(3, height),
            .. Wire.Of(4, [.. Wire.Of(1, seconds), .. Wire.Of(2, nanos)]),
        ];
        return Wire.Of(2, Wire.Of(1, header));
    }
}
