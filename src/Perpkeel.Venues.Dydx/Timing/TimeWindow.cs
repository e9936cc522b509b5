using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>Until when an order that is stored on the chain may last.</summary>
/// <remarks>
/// The chain takes ends after its last block's time and at most 95 days after it; here 90 are the end, so
/// that a chain that stands still for a while does not refuse what was right when it was sent.
/// </remarks>
public static class TimeWindow
{
    /// <summary>How far ahead an order may end.</summary>
    public static TimeSpan Longest => TimeSpan.FromDays(90);

    /// <summary>An end, if orders may have it.</summary>
    /// <param name="goodTil">The whole second at or before it goes out.</param>
    /// <param name="blockTime">The time of the last block.</param>
    public static Result<GoodTilTime, TimingError> Check(DateTimeOffset goodTil, DateTimeOffset blockTime)
    {
        if (goodTil > blockTime + Longest) return TimingError.TimeTooFar(Longest);
        if (goodTil.ToUnixTimeSeconds() <= 0) return TimingError.TimePast(blockTime);
        var end = GoodTilTime.Of(goodTil);
        return end.At > blockTime ? end : TimingError.TimePast(blockTime);
    }

    /// <summary>The end so many days after the last block.</summary>
    public static Result<GoodTilTime, TimingError> AfterDays(uint days, DateTimeOffset blockTime) =>
        days > Longest.Days ? TimingError.TimeTooFar(Longest) : Check(blockTime.AddDays(days), blockTime);

    /// <summary>The end so long after the last block.</summary>
    public static Result<GoodTilTime, TimingError> After(TimeSpan span, DateTimeOffset blockTime) =>
        span > Longest ? TimingError.TimeTooFar(Longest) : Check(blockTime + span, blockTime);
}
