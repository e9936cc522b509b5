using Perpkeel.Core.MarketData;

namespace Perpkeel.Core.Signals;

/// <summary>What the volume signal remembers.</summary>
public readonly record struct VolumeState
{
    /// <summary>The bars so far.</summary>
    public CandleFold Bars { get; init; }

    /// <summary>Volumes of the completed bars, in steps.</summary>
    public DayWindow Day { get; init; }

    /// <summary>The last completed bar; bars of another length begin anew.</summary>
    public Candle Last { get; init; }
}
