using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// Recorded candles and funding, read, checked and ready to be replayed any number of times.
/// </summary>
public sealed class ReplayData
{
    internal ReplayData(IReadOnlyList<CandleFile> files, ReplayFunding funding)
    {
        Files = files;
        Funding = funding;
    }

    /// <summary>The markets in the order of their names, which is that of their indices.</summary>
    public required IReadOnlyList<Market> Markets { get; init; }

    /// <summary>Where the first bar opens.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Where the last bar ends.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Bars of all markets together.</summary>
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
    /// SHA-256 over all bars and funding rates, in lower-case hexadecimal: equal data has equal fingerprints,
    /// wherever it lies and however its files are named.
    /// </summary>
    public required string Fingerprint { get; init; }

    internal IReadOnlyList<CandleFile> Files { get; }

    internal ReplayFunding Funding { get; }
}
