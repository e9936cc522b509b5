using Perpkeel.Core.MarketData;

namespace Perpkeel.Venues.Dydx.Indexer.Books;

/// <summary>Where a price is from.</summary>
public enum PriceSource
{
    /// <summary>From nowhere yet.</summary>
    None = 0,

    /// <summary>The stream's snapshot and no change since.</summary>
    Snapshot,

    /// <summary>The stream's changes.</summary>
    Stream,

    /// <summary>A question to REST.</summary>
    Rest,
}

/// <summary>How far a price can be relied on, and why. Goes with every price that leaves here.</summary>
/// <param name="Grade">The judgement in one word.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Age">Time since the stream last gave a sign of life for it.</param>
/// <param name="IsUncrossed">Whether levels had to be left out, because bids and asks overlapped.</param>
/// <param name="HasGap">Whether something may have been missed; then the grade is never good.</param>
public readonly record struct PriceQuality(
    QualityGrade Grade, PriceSource Source, TimeSpan Age, bool IsUncrossed, bool HasGap);

/// <summary>The best prices of a book, with their quality.</summary>
/// <param name="Bid">The best bid; zero size where nobody bids.</param>
/// <param name="Ask">The best ask; zero size where nobody asks.</param>
/// <param name="Quality">How far both can be relied on.</param>
public readonly record struct BookTop(BookLevel Bid, BookLevel Ask, PriceQuality Quality);
