using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

[Trait("Req", "VEN-1")]
public sealed class OrderSenderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_beyond_the_window_signs_nothing_and_says_what_to_do()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        world.Time.Advance(TimeSpan.FromSeconds(12));
        var sender = await world.SenderAsync(owner);

        var sent = await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 1).ToMessage()], LocalWorld.Rich, Cancellation);

        Assert.Equal("clock-skew", sent.Error().Code);
        Assert.Contains("Set the clock (NTP)", sent.Error().Message, StringComparison.Ordinal);
        Assert.Empty(world.Chain.Answers);
    }

    [Fact]
    public async Task Nothing_goes_on_a_height_that_is_old()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var order = TestOrders.ShortTerm(world, owner, 1);
        world.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("no-new-block", (await sender.SendShortTermAsync(order, Cancellation)).Error().Code);
        Assert.Empty(world.Chain.Answers);
    }

    [Fact]
    public async Task An_order_whose_block_is_past_is_not_sent()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);

        var sent = await sender.SendShortTermAsync(
            TestOrders.ShortTerm(world, owner, 1, world.Chain.Height), Cancellation);

        Assert.Equal("good-til-block-past", sent.Error().Code);
        Assert.Empty(world.Chain.Answers);
    }

    [Fact]
    public async Task Each_message_goes_its_own_way()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var stored = TestOrders.LongTerm(world, owner, 1).ToMessage();
        var quick = TestOrders.ShortTerm(world, owner, 2);
        var deposit = Transfers.Deposit(
            owner.Key.Address, TestOrders.Subaccount(owner, 0), new Usd(5m)).Value();

        Assert.Equal("wrong-way", (await sender.SendShortTermAsync(stored, Cancellation)).Error().Code);
        Assert.Equal(
            "wrong-way",
            (await sender.SendStatefulAsync([quick], LocalWorld.Rich, Cancellation)).Error().Code);
        Assert.Equal(
            "wrong-way",
            (await sender.SendStatefulAsync([deposit], LocalWorld.Rich, Cancellation)).Error().Code);
        Assert.Equal("wrong-way", (await sender.SendPaidAsync([stored], Cancellation)).Error().Code);
    }

    [Fact]
    public async Task Too_many_orders_for_the_equity_are_not_sent()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);

        var sent = await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 1).ToMessage()], new StatefulRoom(0, new Usd(19m)),
            Cancellation);

        Assert.Equal("equity-tier", sent.Error().Code);
        Assert.Empty(world.Chain.Answers);
    }

    [Fact]
    public async Task A_deposit_pays_what_a_simulation_with_a_margin_says()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var deposit = Transfers.Deposit(
            owner.Key.Address, TestOrders.Subaccount(owner, 0), new Usd(5m)).Value();

        var sent = (await sender.SendPaidAsync([deposit], Cancellation)).Value();

        var tx = TxDecoder.Decode(sent.Tx.Bytes.Span).Value();
        Assert.Equal(180_000UL, tx.Fee.GasLimit);
        Assert.Equal(new CoinAmount(LocalChain.Usdc, 4_500), Assert.Single(tx.Fee.Amounts));
        Assert.Equal(sent.Nonce, tx.Sequence);
    }

    [Theory]
    [InlineData(5_000_000UL, "")]
    [InlineData(5_000_001UL, "too-much-gas")]
    [InlineData(ulong.MaxValue, "too-much-gas")]
    public async Task A_node_that_asks_for_more_gas_than_is_paid_for_is_not_believed(ulong said, string code)
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        world.Chain.GasSaid = said;
        var deposit = Transfers.Deposit(
            owner.Key.Address, TestOrders.Subaccount(owner, 0), new Usd(5m)).Value();

        var result = await sender.SendPaidAsync([deposit], Cancellation);

        Assert.Equal(code, result.TryGet(out _, out var error) ? string.Empty : error.Code);
        Assert.Equal(code.Length > 0 ? 0 : 1, world.Nodes[0].Broadcasts);
    }

    [Theory]
    [InlineData(300_000UL, "", 2)]
    [InlineData(400_000UL, "sdk/11", 2)]
    public async Task Out_of_gas_is_tried_once_more_with_twice_the_limit(ulong needed, string code, int sent)
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        world.Chain.GasNeeded = needed;
        var deposit = Transfers.Deposit(
            owner.Key.Address, TestOrders.Subaccount(owner, 0), new Usd(5m)).Value();

        var result = await sender.SendPaidAsync([deposit], Cancellation);

        Assert.Equal(code, result.TryGet(out _, out var error) ? string.Empty : error.Code);
        Assert.Equal(sent, world.Nodes[0].Broadcasts);
    }

    [Fact]
    public async Task Taking_a_permission_back_has_three_times_the_gas()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);

        var fee = (await sender.EstimateAsync(
            [PermissionedKeys.Remove(owner.Key.Address, 0)], Cancellation)).Value();

        Assert.Equal(300_000UL, fee.GasLimit);
    }

    [Fact]
    public async Task What_became_of_a_transaction_is_known_in_the_end()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var order = TestOrders.LongTerm(world, owner, 1);
        var sent = (await sender.SendStatefulAsync(
            [order.ToMessage()], LocalWorld.Rich, Cancellation)).Value();

        Assert.Equal(Inclusion.Pending, (await sender.LookUpAsync(sent, Cancellation)).Value());
        await world.BlockAsync();
        Assert.Equal(Inclusion.Done, (await sender.LookUpAsync(sent, Cancellation)).Value());
    }

    [Fact]
    public async Task A_transaction_that_no_block_took_is_over_when_its_nonce_is()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        world.Nodes[0].Manners = Manners.AnswersNothing;
        var lost = Assert.IsType<SendError.Broadcast>((await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 1).ToMessage()], LocalWorld.Rich, Cancellation)).Error());
        world.Nodes[0].Manners = Manners.Good;
        var sent = lost.Sent;
        Assert.Equal(TxDecoder.Decode(lost.Tx.Bytes.Span).Value().Sequence, lost.Nonce);

        // Thirty seconds until the chain takes it no longer, and thirty in which a node may not know it yet.
        for (var i = 0; i < 120; i++) await world.BlockAsync();
        Assert.Equal(Inclusion.Pending, (await sender.LookUpAsync(sent, Cancellation)).Value());
        await world.BlockAsync();
        Assert.Equal(Inclusion.Over, (await sender.LookUpAsync(sent, Cancellation)).Value());
    }

    /// <summary>
    /// From the rule to the order: authorised by the owner, used by the other key, taken back.
    /// </summary>
    [Fact]
    [Trait("Req", "USR-4")]
    public async Task A_permissioned_key_trades_and_cannot_withdraw()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var other = new NetworkKey(world.Key(2), owner.ChainId);
        var master = await world.SenderAsync(owner);
        var rule = PermissionedKeys.TradingRule(other.Key.PublicKey, [0], [0]);
        (await master.SendPaidAsync(
            [PermissionedKeys.Add(owner.Key.Address, rule).Value()], Cancellation)).Value();
        await world.BlockAsync();

        var found = PermissionedKeys.Of(
            other.Key.PublicKey,
            (await world.Client.Accounts.AuthenticatorsAsync(owner.Key.Address, Cancellation)).Value());
        var id = Assert.Single(found).Id;
        var sender = await world.SenderAsync(
            other, new SenderOptions { Owner = owner.Key.Address, Authenticator = id });
        (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, owner, 1), Cancellation)).Value();
        (await sender.SendStatefulAsync(
            [TestOrders.LongTerm(world, owner, 2).ToMessage()], LocalWorld.Rich, Cancellation)).Value();
        var withdrawal = Transfers.Withdraw(
            TestOrders.Subaccount(owner, 0), other.Key.Address, new Usd(1m)).Value();

        var taken = (await sender.SendPaidAsync([withdrawal], Cancellation)).Error();

        Assert.Equal("dydxaccountplus/101", taken.Code);
        (await master.SendPaidAsync(
            [PermissionedKeys.Remove(owner.Key.Address, id)], Cancellation)).Value();
        await world.BlockAsync();
        var after = await sender.SendShortTermAsync(TestOrders.ShortTerm(world, owner, 3), Cancellation);
        Assert.Equal("dydxaccountplus/1", after.Error().Code);
    }
}
