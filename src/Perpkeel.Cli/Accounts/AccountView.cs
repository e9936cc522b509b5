using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Cli.Accounts;

/// <summary>
/// An account at one moment, as a running process sees it or as its journal left it: all that the verbs that
/// only look need.
/// </summary>
internal sealed record AccountView
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>What its facts have made of it.</summary>
    public required AccountState State { get; init; }

    /// <summary>The markets.</summary>
    public required IReadOnlyDictionary<MarketId, Market> Markets { get; init; }

    /// <summary>The limits it trades under.</summary>
    public required RiskLimits Limits { get; init; }

    /// <summary>The strategy that trades it.</summary>
    public required string Strategy { get; init; }

    /// <summary>Prices by market, where any are known.</summary>
    public required IReadOnlyDictionary<MarketId, SeenMarket> Prices { get; init; }

    /// <summary>Engine time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether a process trades it now.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>Whether that process still lives its past again: its prices are none of today.</summary>
    public bool IsCatchingUp { get; init; }

    /// <summary>What an answer says of it first.</summary>
    public AnswerHead Head => new(Account, IsRunning, IsCatchingUp, Now, State.Sequence);

    /// <summary>A market's prices; null where no oracle price is among them.</summary>
    public SeenMarket? Seen(MarketId market) =>
        Prices.TryGetValue(market, out var seen) && seen.HasOracle ? seen : null;

    /// <summary>
    /// The oracle price of a market; the last one that its bracket saw where none is known.
    /// </summary>
    public Price Mark(MarketId market)
    {
        if (Seen(market) is { } seen) return seen.Facts.Oracle;
        return State.Brackets.TryGetValue(market, out var bracket)
            ? bracket.LastPrice
            : State.Positions.GetValueOrDefault(market)?.EntryPrice ?? default;
    }

    /// <summary>An order that stands at the venue; null else.</summary>
    public OrderIntent? AtVenue(ClientOrderId? id) =>
        id is { } known && State.Orders.TryGetValue(known, out var order) && order.IsWorking
            ? order.Intent
            : null;
}

/// <summary>What every answer says first: whose, from where, and as of when.</summary>
/// <param name="Account">The account.</param>
/// <param name="IsRunning">Whether a process trades it now.</param>
/// <param name="IsCatchingUp">Whether that process still lives its past again.</param>
/// <param name="EngineTime">Market time.</param>
/// <param name="Facts">Sequence of its last fact.</param>
internal sealed record AnswerHead(
    string Account, bool IsRunning, bool IsCatchingUp, DateTimeOffset EngineTime, long Facts)
{
    /// <summary>The same in a line.</summary>
    public override string ToString()
    {
        var from = (IsRunning, IsCatchingUp) switch
        {
            (true, true) => "running, still lives its past again",
            (true, false) => "running",
            _ => "not running, as its journal left it",
        };
        return $"{Account}, {from}: {EngineTime:yyyy-MM-dd HH:mm:ss} UTC (market time), fact {Facts}";
    }
}
