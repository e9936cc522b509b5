using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Tests.Local;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

/// <summary>Bytes that were kept when nobody knew what became of them.</summary>
[Trait("Req", "VEN-1")]
public sealed class SentTransactionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_that_were_kept_are_looked_up_and_sent_again_without_a_key()
    {
        using var world = new LocalWorld();
        var lost = await LostAsync(world);
        var kept = lost.Tx.Bytes.ToArray();

        var sent = new SentTransactions(world.Client);
        var read = (await sent.ReadAsync(kept, Cancellation)).Value();

        Assert.Equal((lost.Tx.Hash, lost.Nonce), (read.Tx.Hash, read.Nonce));
        Assert.Equal("sdk/19", (await sent.SendAgainAsync(read, Cancellation)).Error().Code);
        await world.BlockAsync();
        Assert.Equal(Inclusion.Done, (await sent.LookUpAsync(read, Cancellation)).Value());
        Assert.Equal(1, world.Chain.StoredOrders);
    }

    [Fact]
    public async Task A_short_term_order_has_no_nonce()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var sent = (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, owner, 1), Cancellation))
            .Value();

        var read = await new SentTransactions(world.Client).ReadAsync(sent.Tx.Bytes, Cancellation);

        Assert.Null(read.Value().Nonce);
    }

    /// <summary>
    /// Another network knows nothing of them, and would say so: that would look as if nothing had happened.
    /// </summary>
    [Fact]
    public async Task Bytes_of_another_network_are_not_sent_and_not_looked_up()
    {
        using var world = new LocalWorld();
        var lost = await LostAsync(world);
        using var other = new LocalWorld(chainId: "dydx-testnet-4");
        other.Owner(1);
        var client = new NodeClient(
            other.Settings with { Network = DydxNetwork.Testnet }, other.Exchange, other.Time);

        var error = (await new SentTransactions(client).ReadAsync(lost.Tx.Bytes, Cancellation)).Error();

        Assert.Equal("not-signed-for-this-chain", error.Code);
        Assert.Equal(ChainOutcome.Unknown, error.Outcome);
        Assert.Equal(0, other.Nodes[0].Broadcasts);
    }

    [Fact]
    public async Task A_changed_byte_is_found()
    {
        using var world = new LocalWorld();
        var bytes = (await LostAsync(world)).Tx.Bytes.ToArray();
        bytes[^1] ^= 1;

        var error = (await new SentTransactions(world.Client).ReadAsync(bytes, Cancellation)).Error();

        Assert.Equal("not-signed-for-this-chain", error.Code);
    }

    [Theory]
    [InlineData("", "unreadable-body")]
    [InlineData("ff", "unreadable-envelope")]
    public async Task What_is_no_transaction_is_refused(string hex, string code)
    {
        using var world = new LocalWorld();

        var error = (await new SentTransactions(world.Client).ReadAsync(
            Convert.FromHexString(hex), Cancellation)).Error();

        Assert.Equal(code, error.Code);
        Assert.Equal(0, world.Nodes[0].Calls);
    }

    /// <summary>Nobody could be asked: that is no word about what the bytes did before.</summary>
    [Fact]
    public async Task Bytes_that_cannot_be_taken_back_stay_unknown()
    {
        using var world = new LocalWorld();
        var lost = await LostAsync(world);
        var sent = new SentTransactions(world.Client);
        world.Nodes[0].Manners = Manners.IsAway;

        var away = (await sent.ReadAsync(lost.Tx.Bytes, Cancellation)).Error();
        var half = (await sent.ReadAsync(lost.Tx.Bytes[..9], Cancellation)).Error();

        Assert.Equal(("unreachable", ChainOutcome.Unknown), (away.Code, away.Outcome));
        Assert.Contains("nothing else may be sent", away.Message, StringComparison.Ordinal);
        Assert.Equal(ChainOutcome.Unknown, half.Outcome);
    }

    /// <summary>A node that began with a snapshot knows nothing of what was before it.</summary>
    [Fact]
    public async Task Only_while_a_node_must_remember_does_its_silence_mean_that_no_block_took_it()
    {
        using var world = new LocalWorld();
        var lost = await LostAsync(world);
        world.Nodes[0].Instead["/cosmos.tx.v1beta1.Service/GetTx"] = null;
        var sent = new SentTransactions(world.Client);

        var early = (await sent.LookUpAsync(lost.Sent, Cancellation)).Value();
        await LaterAsync(world, TimeSpan.FromSeconds(62));
        var over = (await sent.LookUpAsync(lost.Sent, Cancellation)).Value();
        await LaterAsync(world, TimeSpan.FromMinutes(10));
        var late = (await sent.LookUpAsync(lost.Sent, Cancellation)).Value();

        Assert.Equal((Inclusion.Pending, Inclusion.Over, Inclusion.NoHistory), (early, over, late));
    }

    [Fact]
    public async Task What_a_node_says_of_another_transaction_is_no_answer()
    {
        using var world = new LocalWorld();
        var lost = await LostAsync(world);
        world.Nodes[0].Instead["/cosmos.tx.v1beta1.Service/GetTx"] =
            Wire.Of(2, [.. Wire.Of(1, 1_001UL), .. Wire.Of(2, new string('A', 64))]);

        var looked = await new SentTransactions(world.Client).LookUpAsync(lost.Sent, Cancellation);

        Assert.Equal("nonsense", looked.Error().Code);
    }

    private static async Task LaterAsync(LocalWorld world, TimeSpan span)
    {
        world.Time.Advance(span);
        world.Chain.Commit(span);
        (await world.Client.PollAsync(Cancellation)).Value();
    }

    private static async Task<SendError.Broadcast> LostAsync(LocalWorld world)
    {
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        world.Nodes[0].Manners = Manners.TakesAndLosesTheLine;
        var sent = await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 1).ToMessage()], LocalWorld.Rich, Cancellation);
        world.Nodes[0].Manners = Manners.Good;
        return Assert.IsType<SendError.Broadcast>(sent.Error());
    }
}
