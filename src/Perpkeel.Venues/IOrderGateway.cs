using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Venues;

/// <summary>The venue has taken a message. What becomes of it is told on the account feed.</summary>
/// <param name="ClientId">The order it was about.</param>
public readonly record struct Taken(ClientOrderId ClientId);

/// <summary>What a venue answers when it is asked for an order.</summary>
public enum OrderPresence
{
    /// <summary>It cannot say yet.</summary>
    Unknown = 0,

    /// <summary>It has or had the order; the account feed tells the rest.</summary>
    Known,

    /// <summary>It is proven not to have it, and nothing under way can bring it.</summary>
    Absent,

    /// <summary>It refused it, with a code and words of its own; nothing of it is there.</summary>
    Refused,
}

/// <summary>The answer to a look-up, with what it rests on.</summary>
/// <param name="Presence">Whether the venue has the order.</param>
/// <param name="Evidence">What shows it.</param>
public readonly record struct LookUp(OrderPresence Presence, string Evidence)
{
    /// <summary>The venue's own code, where it refused the order.</summary>
    public string Code { get; init; } = string.Empty;
}

/// <summary>
/// Orders out. Takes only what the risk gate approved. The same order, sent again byte for byte under its
/// id, is at the venue once.
/// </summary>
public interface IOrderGateway
{
    /// <summary>Places an order that takes new risk.</summary>
    Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation);

    /// <summary>Places an order that protects.</summary>
    Task<Result<Taken, VenueError>> ProtectAsync(ApprovedProtection order, CancellationToken cancellation);

    /// <summary>Takes an order back. Harmless for one that is over.</summary>
    /// <param name="clientId">Which.</param>
    /// <param name="intendedAt">When that was meant.</param>
    /// <param name="cancellation">Ends the wait, not the cancellation at the venue.</param>
    Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation);

    /// <summary>Asks what became of an order.</summary>
    Task<Result<LookUp, VenueError>> LookUpAsync(ClientOrderId clientId, CancellationToken cancellation);
}
