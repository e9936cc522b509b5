using Perpkeel.Core.Orders;

namespace Perpkeel.Venues;

/// <summary>Why a venue call did not end well. A closed family.</summary>
public abstract record VenueError
{
    private VenueError()
    {
    }

    /// <summary>Nothing was done; asking again is safe.</summary>
    /// <param name="Reason">What is the matter.</param>
    /// <param name="RetryAfter">When to ask again, if the venue said so.</param>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter) : VenueError;

    /// <summary>The venue understood and said no.</summary>
    /// <param name="Code">The venue's own code.</param>
    /// <param name="Message">The venue's own words.</param>
    public sealed record Rejected(string Code, string Message) : VenueError;

    /// <summary>It may or may not have happened. Never retried: looked up.</summary>
    /// <param name="ClientId">The order.</param>
    public sealed record OutcomeUnknown(ClientOrderId ClientId) : VenueError;
}
