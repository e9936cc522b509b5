using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>Where an order of ours stands, as far as we know.</summary>
public enum OrderPhase
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Meant and journaled; the venue has not answered.</summary>
    Intended,

    /// <summary>
    /// The call ended without an answer: it may or may not have happened. Looked up, never resent anew.
    /// </summary>
    OutcomeUnknown,

    /// <summary>The venue has it: it rests, or is about to match.</summary>
    Open,

    /// <summary>Its trigger was reached; it matches now.</summary>
    Triggered,

    /// <summary>It is over; <see cref="OrderState.Ending"/> says why.</summary>
    Ended,
}

/// <summary>One order of ours and what became of it so far.</summary>
public sealed record OrderState
{
    /// <summary>The order as it was meant.</summary>
    public required OrderIntent Intent { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderPhase Phase { get; init; }

    /// <summary>Sequence of the fact that meant it.</summary>
    public required long IntendedBy { get; init; }

    /// <summary>How much was filled.</summary>
    public Size Filled { get; init; }

    /// <summary>
    /// When its cancellation was asked for; null while it was not, or after that was refused.
    /// </summary>
    public DateTimeOffset? CancelAskedAt { get; init; }

    /// <summary>Sequence of the fact that asked for its cancellation.</summary>
    public long CancelAskedBy { get; init; }

    /// <summary>Whether its cancellation was asked for.</summary>
    public bool CancelAsked => CancelAskedAt.HasValue;

    /// <summary>Whether its trigger was ever reached.</summary>
    public bool Fired { get; init; }

    /// <summary>The venue's own code and words, where it refused the order; null otherwise.</summary>
    public VenueRefusal? Refusal { get; init; }

    /// <summary>Why it is over.</summary>
    public OrderEnding Ending { get; init; }

    /// <summary>Whether more of it may still fill.</summary>
    public bool IsLive => Phase != OrderPhase.Ended;

    /// <summary>Whether it stands at the venue, so that it protects what it protects.</summary>
    public bool IsWorking => Phase is OrderPhase.Open or OrderPhase.Triggered;

    /// <summary>How much of it may still fill.</summary>
    public Size Unfilled => IsLive ? Intent.Size - Filled : Size.Zero;
}

/// <summary>A venue's refusal of an order.</summary>
/// <param name="Code">The venue's own code.</param>
/// <param name="Message">The venue's own words.</param>
public sealed record VenueRefusal(string Code, string Message);
