using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

[Trait("Req", "RSK-2")]
[Trait("Req", "EXE-6")]
public sealed class ProtectionGateTests
{
    /// <summary>The stop of a long.</summary>
    private static readonly OrderIntent Stop = new()
    {
        ClientId = new ClientOrderId(1),
        Bracket = 1,
        Market = SampleMarkets.Btc.Id,
        Role = OrderRole.Stop,
        Kind = OrderKind.StopMarket,
        Side = Side.Sell,
        Size = new Size(1m),
        Limit = new Price(45_000m),
        Trigger = new Price(49_000m),
        ReduceOnly = true,
        IntendedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void Nothing_but_the_order_its_market_and_its_reference_is_asked()
    {
        // By construction: cooldown, leverage, exposure, loss and the age of prices are no parameters of this
        // gate.
        var parameters = typeof(RiskGate).GetMethod(nameof(RiskGate.ApproveProtection))!.GetParameters()
            .Select(parameter => parameter.ParameterType);

        Assert.Equal([typeof(OrderIntent), typeof(Market), typeof(Side), typeof(Price)], parameters);
    }

    [Fact]
    public void A_stop_a_target_and_a_close_pass()
    {
        Assert.Null(Refusal(Stop));
        Assert.Null(Refusal(Stop with { Role = OrderRole.Target, Kind = OrderKind.TakeProfitMarket }));
        Assert.Null(Refusal(Stop with { Role = OrderRole.Close, Kind = OrderKind.Market, Trigger = null }));
    }

    [Fact]
    public void What_would_not_shrink_the_position_is_refused()
    {
        Assert.Equal("not-protecting", Refusal(Stop with { ReduceOnly = false })?.Code);
        Assert.Equal("not-protecting", Refusal(Stop with { Side = Side.Buy })?.Code);
        Assert.Equal("not-protecting", Refusal(Stop with { Role = OrderRole.Entry })?.Code);
        Assert.Equal("not-protecting", Refusal(Stop with { Role = OrderRole.None })?.Code);
        Assert.Equal("reduce-only, against the position", Refusal(Stop with { Side = Side.Buy })?.Limit);
    }

    [Fact]
    public void What_is_off_the_grid_is_refused()
    {
        Assert.Equal("malformed", Refusal(Stop with { Limit = new Price(45_000.5m) })?.Code);
        Assert.Equal("malformed", Refusal(Stop with { Trigger = new Price(49_000.5m) })?.Code);
        Assert.Equal("malformed", Refusal(Stop with { Trigger = null })?.Code);
        Assert.Equal("malformed", Refusal(Stop with { Size = new Size(0.00001m) })?.Code);
    }

    [Fact]
    public void A_worst_price_beyond_a_quarter_from_the_reference_is_a_slip_of_the_pen()
    {
        Assert.Null(Refusal(Stop with { Limit = new Price(36_750m) }));
        Assert.Equal("price-band", Refusal(Stop with { Limit = new Price(36_749m) })?.Code);
        Assert.Equal("price-band", Refusal(Stop, default)?.Code);
        Assert.Equal("50 %", Refusal(Stop with { Limit = new Price(24_500m) })?.Actual);
    }

    private static RiskRefusal? Refusal(OrderIntent order) => Refusal(order, new Price(49_000m));

    private static RiskRefusal? Refusal(OrderIntent order, Price reference) =>
        RiskGate.ApproveProtection(order, SampleMarkets.Btc, Side.Buy, reference)
            .TryGet(out _, out var refusal)
            ? null
            : refusal;
}
