using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>What an order must be in itself.</summary>
[Trait("Req", "PAP-1")]
public sealed class StatelessRuleTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;

    public StatelessRuleTests() => _ann = _scene.Account("ann");

    private ChainOrder Short => _scene.Order(_ann, Side.Buy, 1, 40_000);

    private ChainOrder Long => _scene.LongTerm(_ann, Side.Buy, 1, 40_000);

    private ChainOrder Stop =>
        _scene.Conditional(_ann, Side.Sell, 1, 40_000, ConditionType.StopLoss, 45_000);

    [Theory]
    [InlineData(Side.None)]
    [InlineData((Side)3)]
    public void Tx_7_2_an_order_has_a_side(Side side) => Clob(3, Short with { Side = side });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Tx_7_2_an_order_has_a_size(long quantums) => Clob(4, Short with { Quantums = quantums });

    [Theory]
    [InlineData(0)]
    [InlineData(-100_000)]
    public void Tx_7_2_an_order_has_a_price(long subticks) => Clob(6, Short with { Subticks = subticks });

    [Fact]
    public void Tx_7_2_a_time_in_force_is_known() => Clob(44, Short with { TimeInForce = (TimeInForce)4 });

    [Fact]
    public void Tx_7_2_fill_or_kill_is_always_refused()
    {
        Clob(48, Short with { TimeInForce = TimeInForce.FillOrKill });
        Clob(48, Stop with { TimeInForce = TimeInForce.FillOrKill });
    }

    [Fact]
    public void Tx_7_2_a_short_term_order_has_a_good_til_block() =>
        Clob(5, Short with { GoodTilBlock = 0, GoodTilBlockTime = _scene.Seconds(TimeSpan.FromDays(1)) });

    [Fact]
    public void Tx_7_2_a_stateful_order_has_a_good_til_time() =>
        Clob(3001, Long with { GoodTilBlockTime = 0, GoodTilBlock = _scene.Next });

    [Fact]
    public void Tx_7_2_a_long_term_order_is_not_immediate_and_a_conditional_one_may_be()
    {
        Clob(3002, Long with { TimeInForce = TimeInForce.ImmediateOrCancel });
        Accepted(_scene.Place(Stop with { TimeInForce = TimeInForce.ImmediateOrCancel }));
    }

    [Fact]
    public void Tx_7_2_reduce_only_needs_immediate_or_cancel()
    {
        Clob(9003, Short with { ReduceOnly = true });
        Clob(9003, Short with { ReduceOnly = true, TimeInForce = TimeInForce.PostOnly });
        Clob(9003, Long with { ReduceOnly = true });
        Accepted(_scene.Place(Stop with
        {
            ReduceOnly = true,
            TimeInForce = TimeInForce.ImmediateOrCancel,
        }));
    }

    [Fact]
    public void Tx_7_2_a_condition_and_its_trigger_are_there_exactly_where_an_order_is_conditional()
    {
        Clob(6000, Stop with { Condition = ConditionType.Unspecified });
        Clob(6000, Stop with { Condition = (ConditionType)3 });
        Clob(6000, Short with { Condition = ConditionType.StopLoss });
        Clob(6000, Long with { Condition = (ConditionType)7 });
        Clob(6001, Stop with { TriggerSubticks = 0 });
        Clob(6001, Long with { TriggerSubticks = 100_000 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(96)]
    [InlineData((int)OrderFlags.TwapSuborder)]
    public void Tx_7_1_senders_have_four_kinds_of_orders(int flags)
    {
        var order = Long;

        Clob(3000, order with { Id = order.Id with { Flags = (OrderFlags)flags } });
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(10_001u)]
    public void Tx_7_2_a_builder_takes_one_millionth_to_one_percent(uint ppm) =>
        Clob(50, Short with { Builder = new BuilderCode(_ann.Owner, ppm) });

    [Fact]
    public void Tx_7_2_a_builder_is_known()
    {
        Clob(50, Short with { Builder = new BuilderCode(999, 1) });
        Accepted(_scene.Place(Short with { Builder = new BuilderCode(_ann.Owner, 10_000) }));
    }

    [Fact]
    public void Tx_1_a_subaccount_is_numbered_to_128000()
    {
        var high = _ann with { Number = LedgerAccounts.MostNumber + 1 };

        Refused("subaccounts", 200, _scene.Place(_scene.Order(high, Side.Buy, 1, 40_000)));
        Accepted(_scene.Place(_scene.Order(
            _ann with { Number = LedgerAccounts.MostNumber }, Side.Buy, 1, 40_000)));
    }

    [Fact]
    public void Tx_11_an_owner_is_known() => Refused(
        "subaccounts", 201, _scene.Venue.Submit(new ChainTx(
            999, 0, [new ChainMessage.Place(_scene.Order(new(999, 0), Side.Buy, 1, 40_000))], null)));

    [Theory]
    [InlineData(270u, 30u, 0u)]
    [InlineData(86_460u, 60u, 0u)]
    [InlineData(300u, 20u, 0u)]
    [InlineData(7_200u, 7_200u, 0u)]
    [InlineData(300u, 40u, 0u)]
    [InlineData(300u, 30u, 1_000_000u)]
    public void Tx_14_a_twap_keeps_its_bounds(uint seconds, uint interval, uint tolerance) =>
        Clob(12, _scene.Twap(_ann, Side.Buy, 1, 0, seconds, interval, tolerance));

    [Fact]
    public void Tx_14_twap_parameters_are_there_exactly_where_an_order_is_a_twap()
    {
        Clob(12, _scene.Twap(_ann, Side.Buy, 1, 0) with { Twap = null });
        Clob(12, Long with { Twap = new TwapParameters(300, 30, 0) });
        Clob(6, _scene.Twap(_ann, Side.Buy, 1, 0) with { Subticks = -100_000 });
    }

    [Fact]
    public void Tx_14_each_leg_of_a_twap_is_at_least_one_step()
    {
        Clob(12, _scene.Twap(_ann, Side.Buy, 0.0009m, 0));
        Accepted(_scene.Place(_scene.Twap(_ann, Side.Buy, 0.001m, 0)));
    }

    [Fact]
    public void Tx_7_8_a_cancel_has_an_end()
    {
        Refused("clob", 5, _scene.Send(new ChainMessage.Cancel(Short.Id, 0, 0)));
        Refused("clob", 3001, _scene.Send(new ChainMessage.Cancel(Long.Id, 10, 0)));
    }

    private void Clob(int code, ChainOrder order) => Refused("clob", code, _scene.Place(order));
}
