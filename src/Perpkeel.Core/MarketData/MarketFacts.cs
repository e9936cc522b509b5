using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>How far a price can be relied on.</summary>
public enum QualityGrade
{
    /// <summary>Nothing is known yet.</summary>
    Missing = 0,

    /// <summary>Fresh and consistent.</summary>
    Good,

    /// <summary>Older than the limit for deciding on it.</summary>
    Stale,

    /// <summary>Bid at or above ask.</summary>
    Crossed,
}

/// <summary>
/// What a request rests on: the market as it was seen when the request was made. It goes into the facts, so
/// that every decision can be explained later without asking the market again.
/// </summary>
public sealed record MarketFacts
{
    /// <summary>Which market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Best bid.</summary>
    public required Price Bid { get; init; }

    /// <summary>Best ask.</summary>
    public required Price Ask { get; init; }

    /// <summary>Oracle price, the mark of every position.</summary>
    public required Price Oracle { get; init; }

    /// <summary>Time since the oldest of these was seen, in milliseconds.</summary>
    public required long AgeMs { get; init; }

    /// <summary>Sequence of the last market event that they rest on.</summary>
    public required long StreamSequence { get; init; }

    /// <summary>How far they can be relied on.</summary>
    public required QualityGrade Quality { get; init; }
}
