using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Tests.Delivery;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Http;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

/// <summary>The same node behind a real socket, HTTP/2 in plain text on the loopback.</summary>
[Trait("Req", "VEN-1")]
public sealed class SocketTests : IDisposable
{
    private readonly LocalWorld _world = new();
    private readonly HttpClientExchange _exchange = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _exchange.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task Questions_refusals_and_transactions_pass()
    {
        await using var host = await LocalHost.StartAsync(_world.Nodes[0], Cancellation);
        var client = Client(host, TimeSpan.FromSeconds(20));
        var owner = _world.Owner(1);

        var sender = (await OrderSender.OpenAsync(client, owner, new SenderOptions(), Cancellation)).Value();
        var sent = await Task.WhenAll(Enumerable.Range(1, 50).Select(id => sender.SendShortTermAsync(
            TestOrders.ShortTerm(_world, owner, id), Cancellation)));

        Assert.All(sent, one => one.Value());
        Assert.Equal(50, _world.Chain.ShortTermTaken.Count);
        Assert.IsType<NodeError.NoAccount>(
            (await client.Accounts.AccountAsync(Orders.Samples.Bob, Cancellation)).Error());
    }

    [Theory]
    [InlineData(nameof(Manners.AnswersNothing))]
    [InlineData(nameof(Manners.TakesAndLosesTheLine))]
    [InlineData(nameof(Manners.AnswersWithoutStatus))]
    public async Task An_answer_that_does_not_come_leaves_the_outcome_open(string manners)
    {
        await using var host = await LocalHost.StartAsync(_world.Nodes[0], Cancellation);
        _world.Nodes[0].Manners = Enum.Parse<Manners>(manners);

        var error = (await Client(host, TimeSpan.FromMilliseconds(300)).Chain.NodeInfoAsync(Cancellation))
            .Error();

        Assert.IsType<NodeError.NoAnswer>(error);
        Assert.True(error.MayHaveArrived);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_sent()
    {
        NodeClient client;
        await using (var host = await LocalHost.StartAsync(_world.Nodes[0], Cancellation))
        {
            client = Client(host, TimeSpan.FromSeconds(20));
        }

        var error = (await client.Chain.NodeInfoAsync(Cancellation)).Error();

        Assert.IsType<NodeError.Unreachable>(error);
        Assert.False(error.MayHaveArrived);
    }

    [Fact]
    public async Task A_long_answer_is_not_read_to_its_end()
    {
        await using var host = await LocalHost.StartAsync(_world.Nodes[0], Cancellation);
        var settings = Settings(host, TimeSpan.FromSeconds(20)) with { MostBytes = 10 };
        var client = new NodeClient(settings, _exchange, TimeProvider.System);

        var error = (await client.Chain.NodeInfoAsync(Cancellation)).Error();

        Assert.Contains("longer than 10 bytes", error.Message, StringComparison.Ordinal);
    }

    private static NodeSettings Settings(LocalHost host, TimeSpan timeout) =>
        NodeSettings.Local.Through(host.Address).Value() with
        {
            QuestionTimeout = timeout,
            BroadcastTimeout = timeout,
            Network = DydxNetwork.Local,
        };

    private NodeClient Client(LocalHost host, TimeSpan timeout) =>
        new(Settings(host, timeout), _exchange, _world.Time);
}
