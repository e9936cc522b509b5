using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Guards;

/// <summary>
/// A venue's gateway behind its breakers: an entry is not even tried while calls fail in a row; everything
/// that protects goes out and tells how the venue does.
/// </summary>
public sealed class GuardedGateway(IOrderGateway inner, VenueHealth health) : IOrderGateway
{
    /// <inheritdoc/>
    public async Task<Result<Taken, VenueError>> PlaceAsync(
        ApprovedOrder order, CancellationToken cancellation)
    {
        var breaker = health.Of(CallClass.Entries);
        return breaker.TryPass()
            ? await WatchAsync(CallClass.Entries, inner.PlaceAsync(order, cancellation))
            : new VenueError.Unavailable($"calls to {health.Venue} fail in a row", null);
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation) =>
        PassAsync(CallClass.Protection, inner.ProtectAsync(order, cancellation));

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation) =>
        PassAsync(CallClass.Cancels, inner.CancelAsync(clientId, intendedAt, cancellation));

    /// <inheritdoc/>
    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation) =>
        PassAsync(CallClass.LookUps, inner.LookUpAsync(clientId, cancellation));

    /// <summary>
    /// Passes whatever the breaker says; a breaker whose time is over takes it for its trial.
    /// </summary>
    private Task<Result<T, VenueError>> PassAsync<T>(CallClass kind, Task<Result<T, VenueError>> call)
        where T : notnull
    {
        health.Of(kind).TryPass();
        return WatchAsync(kind, call);
    }

    private async Task<Result<T, VenueError>> WatchAsync<T>(CallClass kind, Task<Result<T, VenueError>> call)
        where T : notnull
    {
        var result = await call;
        health.Take(kind, result);
        return result;
    }
}
