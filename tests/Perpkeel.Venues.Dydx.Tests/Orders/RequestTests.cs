using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Orders;

/// <summary>Cancels, replacements, transfers and leverage.</summary>
[Trait("Req", "VEN-1")]
public sealed class RequestTests
{
    private static readonly DydxSubaccount Cross = DydxSubaccount.Of(Samples.Alice, 0).Value();
    private static readonly DydxSubaccount Child = DydxSubaccount.Of(Samples.Alice, 128).Value();
    private static readonly OrderKey Short = new(Cross, 7, DydxOrderKind.ShortTerm, 0);
    private static readonly OrderKey Stored = new(Child, 8, DydxOrderKind.Conditional, 1);

    [Fact]
    public void A_short_term_cancel_outlives_its_order()
    {
        var message = Cancels.ShortTerm(Short, 100, 105).Value();

        Assert.Equal((0U, 105U), (message.OrderId.OrderFlags, message.GoodTilBlock));
        Assert.Equal("cancel", Cancels.ShortTerm(Short, 100, 99).Error().Code);
        Assert.Equal("no-good-til-block", Cancels.ShortTerm(Short, 0, 0).Error().Code);
        Assert.Equal(ChainCodes.NoGoodTilBlock, Cancels.ShortTerm(Stored, 1, 1).Error().OnChain);
    }

    [Fact]
    public void A_stateful_cancel_carries_the_orders_own_end()
    {
        var message = Cancels.Stateful(Stored, Samples.End).Value();

        Assert.Equal((32U, Samples.End.Seconds), (message.OrderId.OrderFlags, message.GoodTilBlockTime));
        Assert.Equal((128U, 1U), (message.OrderId.SubaccountId.Number, message.OrderId.ClobPairId));
        var earlier = new GoodTilTime(Samples.End.Seconds - 1);
        Assert.Equal(
            ChainCodes.CancelEndsTooEarly, Cancels.Stateful(Stored, Samples.End, earlier).Error().OnChain);
        Assert.Equal("no-good-til-time", Cancels.Stateful(Stored, default).Error().Code);
        Assert.Equal(ChainCodes.NoGoodTilBlockTime, Cancels.Stateful(Short, Samples.End).Error().OnChain);
    }

    [Fact]
    public void A_batch_names_up_to_a_hundred_orders_once_each()
    {
        uint[] hundred = [.. Enumerable.Range(1, 100).Select(id => (uint)id)];

        Assert.Equal(
            100, Batch(new CancelBatch(0, hundred)).Value().ShortTermCancels.Single().ClientIds.Count);
        Assert.Equal(2, Batch(new(0, [1]), new(1, [1])).Value().ShortTermCancels.Count);
        foreach (var refused in new[]
        {
            Batch(), Batch(new CancelBatch(0, [])), Batch(new(0, [1]), new(0, [2])),
            Batch(new CancelBatch(0, [1, 1])), Batch(new(0, hundred), new(1, [1])),
        })
        {
            Assert.Equal(ChainCodes.InvalidBatchCancel, refused.Error().OnChain);
        }

        Assert.Equal("no-good-til-block", Cancels.Batch(Cross, [new(0, [1])], 0).Error().Code);

        static Result<Protos.Clob.MsgBatchCancel, OrderError> Batch(params CancelBatch[] batches) =>
            Cancels.Batch(Cross, batches, 100);
    }

    [Fact]
    public void A_replacement_changes_price_and_size_and_ends_later()
    {
        var old = Built(Samples.Limit(Side.Buy, 50_000m, goodTilBlock: 100));
        var next = Samples.Limit(Side.Buy, 51_000m, goodTilBlock: 101);

        Assert.Equal(5_100_000_000UL, Replacements.Of(old, Built(next)).Value().Order.Subticks);
        Refused(next with { GoodTilBlock = 100 });
        Refused(next with { TimeInForce = TimeInForce.PostOnly });
        Refused(next with { Terms = next.Terms with { Side = Side.Sell } });
        Refused(next with { Terms = next.Terms with { ClientId = new(8) } });
        var stored = Built(new DydxOrder.LongTerm(next.Terms, next.Price, Samples.End, PostOnly: false));
        Assert.Equal("replacement", Replacements.Of(stored, stored).Error().Code);

        void Refused(DydxOrder order) => Assert.Equal(
            ChainCodes.InvalidReplacement, Replacements.Of(old, Built(order)).Error().OnChain);
    }

    [Fact]
    public void Spec_7_9_an_order_that_ended_or_never_rests_is_not_replaced()
    {
        var old = Built(Samples.Limit(Side.Buy, 50_000m, goodTilBlock: 100));
        var next = Built(Samples.Limit(Side.Buy, 51_000m, goodTilBlock: 110));
        var taking = Built(Samples.Limit(Side.Buy, 50_000m, TimeInForce.ImmediateOrCancel));

        Replacements.Of(old, next, height: 100).Value();
        Assert.Contains(
            "ended at block 100", Replacements.Of(old, next, height: 101).Error().Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "does not rest", Replacements.Of(taking, taking, height: 1).Error().Message,
            StringComparison.Ordinal);
    }

    /// <summary>Never more leverage than was asked for: the fraction is rounded up.</summary>
    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(3, 333_334)]
    [InlineData(10, 100_000)]
    [InlineData(1_000_000, 1)]
    public void A_leverage_is_a_fraction_rounded_up(int leverage, long ppm) => Assert.Equal(
        new MarketLeverage(5, new Ppm(ppm)), MarketLeverage.AtMost(5, leverage).Value());

    [Fact]
    public void A_leverage_below_one_or_beyond_all_is_refused()
    {
        Assert.Equal("leverage", MarketLeverage.AtMost(0, 0.99m).Error().Code);
        Assert.Equal("leverage", MarketLeverage.AtMost(0, -2m).Error().Code);
        Assert.Equal("leverage", MarketLeverage.AtMost(0, 1_000_001m).Error().Code);
    }

    [Fact]
    public void Amounts_are_exact_to_the_millionth()
    {
        Assert.Equal(1UL, Transfers.Between(Cross, Child, new Usd(0.000001m)).Value().Transfer.Amount);
        Assert.Equal(25_500_000UL, Transfers.Deposit(Samples.Alice, Cross, new Usd(25.50m)).Value().Quantums);
        Assert.Equal(
            ulong.MaxValue,
            Transfers.Withdraw(Cross, Samples.Bob, new Usd(18_446_744_073_709.551615m)).Value().Quantums);

        Assert.Equal("amount", Transfers.Between(Cross, Child, new Usd(0.0000001m)).Error().Code);
        Assert.Equal("amount", Transfers.Deposit(Samples.Alice, Cross, Usd.Zero).Error().Code);
        Assert.Equal("amount", Transfers.Withdraw(Cross, Samples.Bob, new Usd(-1m)).Error().Code);
        Assert.Equal(
            "amount-too-large",
            Transfers.Withdraw(Cross, Samples.Bob, new Usd(18_446_744_073_709.551616m)).Error().Code);
    }

    [Fact]
    public void Nothing_is_sent_to_itself()
    {
        Assert.Equal(ChainCodes.TransferToSelf, Transfers.Between(Cross, Cross, new Usd(1m)).Error().OnChain);
        Assert.Equal(
            "to-itself", Transfers.Send(Samples.Alice, Samples.Alice, new("adydx", 1)).Error().Code);
        Assert.Equal(
            "amount", Transfers.Send(Samples.Alice, Samples.Bob, new("adydx", BigInteger.Zero)).Error().Code);
    }

    [Fact]
    public void Leverage_is_set_once_for_each_market()
    {
        var set = LeverageUpdates.Of(Cross, [new(0, new Ppm(1)), new(1, new Ppm(Ppm.One))]).Value();

        Assert.Equal([1U, 1_000_000U], set.ClobPairLeverage.Select(entry => entry.CustomImfPpm));
        foreach (var markets in new MarketLeverage[][]
        {
            [], [new(0, new Ppm(0))], [new(0, new Ppm(Ppm.One + 1))],
            [new(0, new Ppm(5)), new(0, new Ppm(6))],
        })
        {
            Assert.Equal(ChainCodes.InvalidLeverage, LeverageUpdates.Of(Cross, markets).Error().OnChain);
        }
    }

    [Fact]
    public void Positions_have_ids_too()
    {
        var subaccount = IndexerIds.Subaccount(Cross);

        Assert.Equal(
            IndexerIds.Uuid($"{subaccount}-03f9ca550000000200000002"),
            IndexerIds.PerpetualPosition(subaccount, IndexerIds.Event(66_701_909, 0, 2)));
        Assert.Equal(IndexerIds.Uuid($"{subaccount}-0"), IndexerIds.AssetPosition(subaccount, 0));
        Assert.Equal("000000010000000000000003", IndexerIds.Event(1, -2, 3));
        Assert.NotEqual(IndexerIds.Fill("00", isTaker: true), IndexerIds.Fill("00", isTaker: false));
    }

    /// <summary>The legs of a TWAP are told under their parent's id.</summary>
    [Fact]
    public void A_leg_of_a_TWAP_has_its_parents_id()
    {
        var subaccount = IndexerIds.Subaccount(Cross);

        Assert.Equal(
            IndexerIds.Order(subaccount, 5, 0, (uint)DydxOrderKind.Twap),
            IndexerIds.Order(subaccount, 5, 0, 256));
    }

    [Fact]
    public void Each_message_type_has_its_own_name()
    {
        var names = typeof(TypeUrls).GetFields().Select(field => (string)field.GetValue(null)!).ToList();

        Assert.All(names, name => Assert.NotNull(TypeUrls.Unwrap(new() { TypeUrl = name })));
        Assert.All(
            names, name => Assert.Equal(name, TypeUrls.Of(TypeUrls.Unwrap(new() { TypeUrl = name })!)));
        Assert.Null(TypeUrls.Unwrap(new() { TypeUrl = $"type.googleapis.com{TypeUrls.PlaceOrder}" }));
    }

    private static PreparedOrder Built(DydxOrder order) => OrderFactory.Build(order).Value();
}
