using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// A recording and its funding, read, checked and ready to be replayed any number of times: candles, or books
/// and trades.
/// </summary>
public sealed class ReplayData
{
    private const long HourMs = 3_600_000;

    internal ReplayData(IReadOnlyList<CandleFile> files, ReplayFunding funding)
    {
        Files = files;
        Books = [];
        Funding = funding;
    }

    internal ReplayData(IReadOnlyList<BookRecording> books, ReplayFunding funding)
    {
        Files = [];
        Books = books;
        Funding = funding;
    }

    /// <summary>The markets in the order of their names, which is that of their indices.</summary>
    public required IReadOnlyList<Market> Markets { get; init; }

    /// <summary>Where the first bar opens, or the first book is known.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Where the last bar ends, or the last book or trade is known.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Bars, or snapshots and trades, of all markets together.</summary>
    public required long Rows { get; init; }

    /// <summary>What is missing, by market; markets without a gap are not listed.</summary>
    public required IReadOnlyList<ReplayGaps> Gaps { get; init; }

    /// <summary>What the recording does not tell and was assumed, one sentence each.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>
    /// What happened on loading without being wrong, e.g. identical files that were merged.
    /// </summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// SHA-256 over all rows and funding rates, in lower-case hexadecimal: equal data has equal fingerprints,
    /// wherever it lies and however its files are named.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>A replay from the beginning.</summary>
    public IMarketSource Open() => Books.Count > 0 ? new BookReplay(this) : new CandleReplay(this);

    /// <summary>
    /// The premium whose votes lead to the recorded or assumed rate of the hour that a time lies in.
    /// </summary>
    internal Ppm PremiumAt(int market, DateTimeOffset at) => MarketFunding.PremiumOf(
        Funding.RateOrAssumed(
            Markets[market].BaseAsset, (at.ToUnixTimeMilliseconds() + HourMs - 1) / HourMs));

    internal IReadOnlyList<CandleFile> Files { get; }

    internal IReadOnlyList<BookRecording> Books { get; }

    internal ReplayFunding Funding { get; }
}
