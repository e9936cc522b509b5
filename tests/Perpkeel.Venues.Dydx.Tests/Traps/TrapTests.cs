using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Delivery;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Tests.Orders;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;
using Condition = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.ConditionType;
using Force = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.TimeInForce;
using WireSide = Perpkeel.Venues.Dydx.Protos.Clob.Order.Types.Side;

namespace Perpkeel.Venues.Dydx.Tests.Traps;

/// <summary>Traps that no other test shows to be closed.</summary>
[Trait("Req", "VEN-1")]
public sealed class TrapTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_no_block_holds_a_short_term_order_says_nothing()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        var sent = (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, owner, 1), Cancellation))
            .Value();

        for (var i = 0; i < 100; i++) await world.BlockAsync();

        Assert.Equal(Inclusion.Pending, (await sender.LookUpAsync(sent, Cancellation)).Value());
    }

    [Fact]
    public async Task What_is_simulated_is_what_is_sent_with_the_authenticators()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var other = new NetworkKey(world.Key(2), owner.ChainId);
        var sender = await world.SenderAsync(
            other, new SenderOptions { Owner = owner.Key.Address, Authenticator = 3 });

        (await sender.EstimateAsync([PermissionedKeys.Remove(owner.Key.Address, 3)], Cancellation)).Value();

        var simulated = world.Nodes[0].Asked.Single(
            ask => ask.Address.AbsolutePath.EndsWith("Simulate", StringComparison.Ordinal));
        var tx = TxDecoder.Decode(Wire.Read(simulated.Body.Span[5..]).Bytes(2)).Value();
        Assert.Equal([3UL], tx.Authenticators!.Value);
        Assert.Equal(other.Key.PublicKey, tx.Signer);
    }

    /// <summary>No default stands in for what was forgotten.</summary>
    [Theory]
    [InlineData(nameof(OrderTerms.Subaccount))]
    [InlineData(nameof(OrderTerms.ClientId))]
    [InlineData(nameof(OrderTerms.Grid))]
    public void Subaccount_and_id_must_be_given(string member) => Assert.NotNull(
        typeof(OrderTerms).GetProperty(member)!.GetCustomAttribute<RequiredMemberAttribute>());

    [Fact]
    public void Numbers_of_sides_and_kinds_are_the_chains()
    {
        Assert.Equal([1, 2], new[] { (int)WireSide.Buy, (int)WireSide.Sell });
        Assert.Equal([0, 1, 2], new[] { (int)Force.Unspecified, (int)Force.Ioc, (int)Force.PostOnly });
        Assert.Equal([1, 2], new[] { (int)Condition.StopLoss, (int)Condition.TakeProfit });
        Assert.Equal(WireSide.Buy, OrderFactory.Build(Samples.Limit(Side.Buy, 60_000m)).Value().Proto.Side);
        Assert.Equal(WireSide.Sell, OrderFactory.Build(Samples.Limit(Side.Sell, 60_000m)).Value().Proto.Side);
    }

    [Fact]
    public void The_users_culture_changes_no_byte()
    {
        var before = CultureInfo.CurrentCulture;
        var (plain, plainFee) = (Bytes(), TxFee.InUsdc(DydxNetwork.Mainnet, 1_800_001).ToString());
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = foreign;
        try
        {
            Assert.Equal(plain, Bytes());
            Assert.Equal(plainFee, TxFee.InUsdc(DydxNetwork.Mainnet, 1_800_001).ToString());
            Assert.Equal("0.0001", Decimals.Text(Samples.Btc.StepSize));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Bytes() => OrderFactory.Build(Samples.Limit(Side.Sell, 64_321.5m)).Value().Hash;
    }
}
