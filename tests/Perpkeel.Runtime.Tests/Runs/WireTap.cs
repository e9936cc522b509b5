using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>Writes down every order that is sent.</summary>
internal sealed class WireTap(IOrderGateway gateway, List<OrderIntent> sent) : IOrderGateway
{
    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation)
    {
        sent.Add(order.Intent);
        return gateway.PlaceAsync(order, cancellation);
    }

    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation)
    {
        sent.Add(order.Intent);
        return gateway.ProtectAsync(order, cancellation);
    }

    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation) =>
        gateway.CancelAsync(clientId, intendedAt, cancellation);

    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation) =>
        gateway.LookUpAsync(clientId, cancellation);
}
