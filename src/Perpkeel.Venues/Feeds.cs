using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;

namespace Perpkeel.Venues;

/// <summary>Markets in: one bounded channel of events in the order in which they happened.</summary>
public interface IMarketFeed
{
    /// <summary>The markets, in the order of their indices.</summary>
    IReadOnlyList<Market> Markets { get; }

    /// <summary>Where they come from, in words for the user.</summary>
    string Source { get; }

    /// <summary>
    /// The events. When the reader falls behind, the writer waits: a simulated market loses nothing. The
    /// channel ends when the source does.
    /// </summary>
    ChannelReader<MarketEvent> Events { get; }
}

/// <summary>What a venue tells of one account.</summary>
public interface IAccountFeed
{
    /// <summary>
    /// The reports after a sequence: first those that were missed, then new ones as they happen. Reports are
    /// never dropped: a venue whose reader has stopped fails instead.
    /// </summary>
    /// <param name="afterSequence">The last report that was taken; 0 for all.</param>
    ChannelReader<VenueReport> Subscribe(long afterSequence);
}
