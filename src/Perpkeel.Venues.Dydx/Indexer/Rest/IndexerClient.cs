using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>
/// Questions to the Indexer. It reads only, so that every question may be asked again; the Indexer's own
/// limits are kept, apart for what it counts apart. Safe to share between threads.
/// </summary>
public sealed class IndexerClient
{
    /// <summary>Opens nothing yet.</summary>
    /// <param name="settings">Which Indexer.</param>
    /// <param name="exchange">The way out.</param>
    /// <param name="time">The clock.</param>
    public IndexerClient(IndexerSettings settings, IHttpExchange exchange, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var caller = new IndexerCaller(settings, exchange, time);
        Settings = settings;
        Markets = new MarketReads(caller);
        Accounts = new AccountReads(caller);
    }

    /// <summary>Which Indexer.</summary>
    public IndexerSettings Settings { get; }

    /// <summary>Markets, books, trades, candles, funding.</summary>
    public MarketReads Markets { get; }

    /// <summary>Accounts, orders, fills, transfers.</summary>
    public AccountReads Accounts { get; }
}
