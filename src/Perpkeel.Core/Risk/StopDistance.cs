using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>What one base unit loses between entry and stop.</summary>
public static class StopDistance
{
    /// <summary>|entry - stop| in quote units per base unit; refused where the stop is no stop.</summary>
    public static Result<Price, SizingError> From(Price entry, Price stop, Side side) =>
        Fault(entry, stop, side) is { } error ? error : new Price(Math.Abs(entry.Value - stop.Value));

    internal static SizingError? Fault(Price entry, Price stop, Side side)
    {
        if (side is not (Side.Buy or Side.Sell)) return new SizingError.NoSide();
        if (entry.Value == 0m) return new SizingError.NotPositive("entry", entry.Value);
        if (stop.Value == 0m) return new SizingError.NotPositive("stop", stop.Value);
        var isRight = side == Side.Buy ? stop < entry : stop > entry;
        return isRight ? null : new SizingError.StopOnWrongSide(side, entry, stop);
    }
}
