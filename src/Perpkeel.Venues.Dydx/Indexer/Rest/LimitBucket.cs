namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>What the Indexer counts apart.</summary>
internal enum LimitBucket
{
    General = 0,
    Orders,
    Fills,
    Sparklines,
    HistoricalPnl,
    Pnl,
    Funding,
    Candles,
    Screen,
}

/// <summary>The limiters of all buckets, with the Indexer's own defaults.</summary>
internal sealed class RequestLimits
{
    private const int Usual = 100;
    private const int Candles = 1_000;
    private const int Screens = 2;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly RequestLimiter[] _limiters;

    public RequestLimits(TimeProvider time) => _limiters =
    [
        .. Enum.GetValues<LimitBucket>().Select(bucket => bucket switch
        {
            LimitBucket.Candles => new RequestLimiter(Candles, Window, time),
            LimitBucket.Screen => new RequestLimiter(Screens, TimeSpan.FromMinutes(1), time),
            _ => new RequestLimiter(Usual, Window, time),
        }),
    ];

    public RequestLimiter this[LimitBucket bucket] => _limiters[(int)bucket];
}
