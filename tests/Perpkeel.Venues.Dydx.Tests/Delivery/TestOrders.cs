using Google.Protobuf;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Tests.Orders;

namespace Perpkeel.Venues.Dydx.Tests.Delivery;

/// <summary>Messages of owners of a local world.</summary>
internal static class TestOrders
{
    public static IMessage ShortTerm(LocalWorld world, NetworkKey owner, int id, uint? goodTilBlock = null) =>
        OrderFactory.Build(new DydxOrder.ShortTerm(
            Terms(owner, id), new Price(60_000m), goodTilBlock ?? world.Chain.Height + 12,
            TimeInForce.GoodTil)).Value().ToMessage();

    public static PreparedOrder LongTerm(LocalWorld world, NetworkKey owner, int id) =>
        OrderFactory.Build(new DydxOrder.LongTerm(
            Terms(owner, id), new Price(60_000m), GoodTilTime.Of(world.Chain.Time.AddDays(1)),
            PostOnly: true)).Value();

    public static IMessage Cancel(PreparedOrder order) =>
        Cancels.Stateful(order.Key, order.GoodTil).Value();

    public static DydxSubaccount Subaccount(NetworkKey owner, uint number) =>
        DydxSubaccount.Of(owner.Key.Address, number).Value();

    private static OrderTerms Terms(NetworkKey owner, int id) => Samples.Terms(Side.Buy, 0.01m) with
    {
        Subaccount = Subaccount(owner, 0),
        ClientId = new ClientOrderId((uint)id),
    };
}
