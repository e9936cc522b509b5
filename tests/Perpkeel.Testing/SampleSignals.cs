using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing;

/// <summary>Signals as callers would send them.</summary>
public static class SampleSignals
{
    /// <summary>A signal to open a position with a stop at a distance.</summary>
    public static TradeSignal Open(
        MarketId market, DateTimeOffset at, Side side = Side.Buy, string id = "s-1",
        string strategy = "breakout") => new()
        {
            Id = new SignalId(id),
            Strategy = strategy,
            Source = SignalSource.Api,
            IssuedAt = at,
            Market = market,
            Action = SignalAction.Open,
            Side = side,
            StopDistance = SamplePlans.StopDistance,
        };

    /// <summary>Any other signal for a market.</summary>
    public static TradeSignal Of(
        SignalAction action, MarketId market, DateTimeOffset at, string id, decimal? size = null,
        string strategy = "breakout") => new()
        {
            Id = new SignalId(id),
            Strategy = strategy,
            Source = SignalSource.Api,
            IssuedAt = at,
            Market = market,
            Action = action,
            Size = size is { } given ? new Size(given) : null,
        };
}
