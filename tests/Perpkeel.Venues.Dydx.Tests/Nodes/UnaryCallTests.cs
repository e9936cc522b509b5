using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Nodes;

[Trait("Req", "VEN-1")]
public sealed class UnaryCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_a_frame_over_HTTP_2_with_a_deadline()
    {
        using var world = new LocalWorld();

        (await world.Client.Chain.TxAsync("AB", Cancellation)).Error();

        Assert.Equal(2, world.Nodes[0].Asked.Count);
        Assert.Equal("GetLatestBlock", world.Nodes[0].Asked[0].Address.Segments[^1]);
        var ask = world.Nodes[0].Asked[1];
        Assert.Equal("http://node0:9090/cosmos.tx.v1beta1.Service/GetTx", ask.Address.ToString());
        Assert.True(ask.NeedsHttp2);
        Assert.Equal("POST", ask.Method);
        Assert.Contains(new("te", "trailers"), ask.Head);
        Assert.Contains(new("grpc-timeout", "5000m"), ask.Head);
        Assert.Contains(new("content-type", "application/grpc"), ask.Head);
        Assert.Equal("00000000040A024142", Convert.ToHexString(ask.Body.Span));
    }

    [Theory]
    [InlineData(nameof(Manners.IsAway), "unreachable", false)]
    [InlineData(nameof(Manners.AnswersNothing), "no-answer", true)]
    [InlineData(nameof(Manners.AnswersHalfABody), "no-answer", true)]
    [InlineData(nameof(Manners.AnswersWithoutStatus), "no-answer", true)]
    [InlineData(nameof(Manners.AnswersHalfAFrame), "no-answer", true)]
    [InlineData(nameof(Manners.TakesAndLosesTheLine), "no-answer", true)]
    [InlineData(nameof(Manners.TakesAndSaysUnavailable), "refused", true)]
    [InlineData(nameof(Manners.IsNoGrpc), "not-grpc", true)]
    [InlineData(nameof(Manners.LimitsRequests), "not-grpc", false)]
    public async Task Every_bad_answer_has_its_name(string manners, string code, bool mayHaveArrived)
    {
        using var world = new LocalWorld();
        world.Nodes[0].Manners = Enum.Parse<Manners>(manners);

        var asked = await world.Client.Chain.LatestBlockAtAsync(
            world.Settings.Endpoints[0], Cancellation);

        Assert.Equal(code, asked.Error().Code);
        Assert.Equal(mayHaveArrived, asked.Error().MayHaveArrived);
    }

    [Fact]
    public async Task The_words_of_a_node_are_unpacked()
    {
        using var world = new LocalWorld();

        var error = (await world.Client.Accounts.AccountAsync(Orders.Samples.Alice, Cancellation)).Error();

        Assert.IsType<NodeError.NoAccount>(error);
        Assert.Contains("Fund the wallet first", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no message")]
    [InlineData("0000", "breaks off")]
    [InlineData("0100000000", "packed")]
    [InlineData("0000000002AA", "announced")]
    public void A_frame_that_is_none_is_told(string hex, string words)
    {
        Assert.False(GrpcFrame.TryRead(Convert.FromHexString(hex), out _, out var fault));

        Assert.Contains(words, fault, StringComparison.Ordinal);
    }
}
