using Perpkeel.Core.MarketData;

namespace Perpkeel.Core.Signals;

/// <summary>What momentum remembers.</summary>
public readonly record struct MomentumState
{
    /// <summary>The bars so far.</summary>
    public CandleFold Bars { get; init; }

    /// <summary>Length of the bars that the averages rest on; bars of another length begin anew.</summary>
    public TimeSpan BarLength { get; init; }

    /// <summary>Averages over the completed bars.</summary>
    public CloseAverages Averages { get; init; }

    /// <summary>The last score.</summary>
    public Score Score { get; init; }
}
