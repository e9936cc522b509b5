using System.Collections.Immutable;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Live;

/// <summary>How a call to an <see cref="AutoVenue"/> is answered.</summary>
public enum CallAnswer
{
    /// <summary>It is taken.</summary>
    Taken = 0,

    /// <summary>It is refused with a code; nothing is done.</summary>
    Refused,

    /// <summary>The venue cannot take it now; nothing is done.</summary>
    Unavailable,

    /// <summary>No answer comes: the call ends as unknown.</summary>
    Lost,
}

/// <summary>What a venue does with an order. As it stands: takes it and does what a venue should.</summary>
public sealed record OrderScript
{
    /// <summary>Takes the order and fills it as far as the price allows.</summary>
    public static OrderScript Usual { get; } = new();

    /// <summary>How the call is answered.</summary>
    public CallAnswer Answer { get; init; }

    /// <summary>How many attempts are answered so; those after them are taken.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Whether the order arrives although the answer is lost.</summary>
    public bool Arrives { get; init; } = true;

    /// <summary>When the venue asks to be tried again, where it is unavailable.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the answer takes; null: the way there and back.</summary>
    public TimeSpan? AnswerAfter { get; init; }

    /// <summary>How long the order is under way; null: the usual time.</summary>
    public TimeSpan? ArrivesAfter { get; init; }

    /// <summary>Whether the venue reports a refusal when the order arrives.</summary>
    public bool IsRejected { get; init; }

    /// <summary>
    /// Shares of the size that are filled, one a block; empty: all of it at once. What is missing from 1 is
    /// dropped, or rests where the order may.
    /// </summary>
    public ImmutableArray<decimal> Parts { get; init; } = [];

    /// <summary>When the venue drops what lives of the order by itself; null for never.</summary>
    public TimeSpan? DroppedAfter { get; init; }

    /// <summary>Why it drops it.</summary>
    public OrderEnding DroppedAs { get; init; } = OrderEnding.Expired;
}

/// <summary>What a venue does with a cancellation.</summary>
public sealed record CancelScript
{
    /// <summary>Takes it and cancels.</summary>
    public static CancelScript Usual { get; } = new();

    /// <summary>How the call is answered.</summary>
    public CallAnswer Answer { get; init; }

    /// <summary>How many attempts are answered so.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Whether it arrives although the answer is lost.</summary>
    public bool Arrives { get; init; } = true;

    /// <summary>Whether all of the order is filled before the cancellation arrives.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>Whether the venue reports that it does not cancel, and leaves the order as it is.</summary>
    public bool IsRefused { get; init; }
}
