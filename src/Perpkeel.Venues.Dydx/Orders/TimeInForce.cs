using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>What becomes of an order that crosses, and of its rest. There is no fill-or-kill.</summary>
public enum TimeInForce
{
    /// <summary>Takes what crosses and rests with the remainder until its block or time.</summary>
    GoodTil = 0,

    /// <summary>Takes what crosses and drops the remainder.</summary>
    ImmediateOrCancel = 1,

    /// <summary>Only rests; what would cross is refused.</summary>
    PostOnly = 2,
}

/// <summary>Reads times in force.</summary>
public static class TimesInForce
{
    /// <summary>
    /// Reads <c>gtt</c> (or <c>gtc</c>, <c>gtd</c>), <c>ioc</c> and <c>post-only</c>. <c>fok</c> is known and
    /// refused, because the chain refuses it.
    /// </summary>
    public static Result<TimeInForce, OrderError> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToUpperInvariant() switch
        {
            "GTT" or "GTC" or "GTD" => TimeInForce.GoodTil,
            "IOC" => TimeInForce.ImmediateOrCancel,
            "POST-ONLY" or "POSTONLY" => TimeInForce.PostOnly,
            "FOK" => OrderError.FillOrKill,
            _ => OrderError.TimeInForce(text),
        };
    }
}
