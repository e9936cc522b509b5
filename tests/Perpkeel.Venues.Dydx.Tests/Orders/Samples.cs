using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Venues.Dydx.Tests.Orders;

/// <summary>Markets and terms as the main network has them.</summary>
internal static class Samples
{
    public static DydxAddress Alice { get; } =
        DydxAddress.Parse("dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4").Value();

    public static DydxAddress Bob { get; } =
        DydxAddress.Parse("dydx10fx7sy6ywd5senxae9dwytf8jxek3t2gcen2vs").Value();

    public static GoodTilTime End { get; } = new(1_800_000_000);

    public static OrderGrid Btc { get; } = Grid(0, -10, 100_000);

    public static OrderGrid Eth { get; } = Grid(1, -9, 100_000);

    public static OrderGrid Sol { get; } = Grid(5, -7, 1_000_000);

    public static OrderGrid Doge { get; } = Grid(10, -4, 1_000_000);

    public static OrderGrid Pepe { get; } = Grid(28, 1, 1_000_000);

    public static OrderGrid Shib { get; } = Grid(30, 0, 1_000_000);

    public static OrderTerms Terms(Side side, decimal size) => new()
    {
        Subaccount = DydxSubaccount.Of(Alice, 0).Value(),
        ClientId = new ClientOrderId(7),
        Grid = Btc,
        Side = side,
        Size = new Size(size),
    };

    public static DydxOrder.ShortTerm Limit(
        Side side, decimal price, TimeInForce force = TimeInForce.GoodTil, uint goodTilBlock = 100) =>
        new(Terms(side, 0.01m), new Price(price), goodTilBlock, force);

    private static OrderGrid Grid(uint clobPairId, int resolution, uint subticks) => new()
    {
        ClobPairId = clobPairId,
        AtomicResolution = resolution,
        QuantumConversionExponent = -9,
        StepBaseQuantums = 1_000_000,
        SubticksPerTick = subticks,
    };
}
