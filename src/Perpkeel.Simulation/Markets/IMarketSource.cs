using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets;

/// <summary>One event of a source, with what only the venue may know of it.</summary>
/// <param name="Event">What everybody sees.</param>
/// <param name="IsDetail">
/// Whether it matters only to a venue that has orders or positions in this market: how a bar may have come
/// about, between the instants that everybody is shown.
/// </param>
public readonly record struct SourceEvent(MarketEvent Event, bool IsDetail = false);

/// <summary>
/// Where the paper venue's markets come from: a seed or a recording. The same source gives the same events
/// every time it is read from the beginning; nothing else may influence it.
/// </summary>
public interface IMarketSource
{
    /// <summary>The markets, in the order of their indices.</summary>
    IReadOnlyList<Market> Markets { get; }

    /// <summary>What a user should be told, e.g. <c>synthetic market, seed 7</c>.</summary>
    string Description { get; }

    /// <summary>Second 0: what comes earlier is past, shown to signals and traded on by nobody.</summary>
    DateTimeOffset StartsAt { get; }

    /// <summary>
    /// The premium over the oracle price, for eight hours, for which a block's proposer votes at a time; null
    /// where the book itself tells it.
    /// </summary>
    Ppm? PremiumAt(int market, DateTimeOffset at) => null;

    /// <summary>
    /// How a market may have come from what everybody is shown at one instant to what they are shown at the
    /// next: its details after one time and up to another, in order, added to the list. For a venue that has
    /// orders or positions there; it may ask for any span, however far the source has been read, and gets the
    /// same every time. Nothing where what is shown tells all.
    /// </summary>
    /// <param name="market">Index of the market.</param>
    /// <param name="after">Later than this.</param>
    /// <param name="until">Not later than this.</param>
    /// <param name="details">Where to; it is not cleared.</param>
    void AddDetails(
        int market, DateTimeOffset after, DateTimeOffset until, ICollection<SourceEvent> details)
    {
    }

    /// <summary>
    /// The next instant at which anything happens and all that happens then, in order; false at the end.
    /// Instants rise strictly. The list is cleared first.
    /// </summary>
    bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at);
}
