using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Live;

/// <summary>A process's way to the venue: once it is dead, nothing of it gets there any more.</summary>
internal sealed class ProcessGate(IOrderGateway venue) : IOrderGateway
{
    public bool IsDead { get; set; }

    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation) =>
        IsDead ? Never<Taken>() : AliveAsync(venue.PlaceAsync(order, cancellation));

    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation) =>
        IsDead ? Never<Taken>() : AliveAsync(venue.ProtectAsync(order, cancellation));

    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation) =>
        IsDead ? Never<Taken>() : AliveAsync(venue.CancelAsync(clientId, intendedAt, cancellation));

    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation) =>
        IsDead ? Never<LookUp>() : AliveAsync(venue.LookUpAsync(clientId, cancellation));

    /// <summary>An answer that comes after the death is heard by nobody.</summary>
    private async Task<Result<T, VenueError>> AliveAsync<T>(Task<Result<T, VenueError>> call)
        where T : notnull
    {
        var result = await call;
        return IsDead ? await Never<T>() : result;
    }

    private static Task<Result<T, VenueError>> Never<T>()
        where T : notnull => new TaskCompletionSource<Result<T, VenueError>>().Task;
}
