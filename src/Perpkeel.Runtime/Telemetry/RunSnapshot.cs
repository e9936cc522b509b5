using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Runtime.Telemetry;

/// <summary>
/// One moment of a run, all that a surface may show: a copy, so that no viewer touches the engine.
/// </summary>
public sealed record RunSnapshot
{
    /// <summary>Where the markets come from, e.g. <c>synthetic market, seed 7</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Seconds of engine time in a second; null: as fast as the machine can.</summary>
    public required decimal? Speed { get; init; }

    /// <summary>Engine time.</summary>
    public required DateTimeOffset EngineTime { get; init; }

    /// <summary>Whether the past, or a stream that was interrupted, is still being run again.</summary>
    public required bool IsCatchingUp { get; init; }

    /// <summary>Whether new risk is stopped until somebody resumes.</summary>
    public bool IsStopped { get; init; }

    /// <summary>The markets in the order of their indices.</summary>
    public required ImmutableArray<MarketRow> Markets { get; init; }

    /// <summary>The scores, in the same order.</summary>
    public required ImmutableArray<ScoreRow> Scores { get; init; }

    /// <summary>From here on a market may be entered, in points.</summary>
    public required decimal EnterScore { get; init; }

    /// <summary>Below this a position is ended, in points.</summary>
    public required decimal ExitScore { get; init; }

    /// <summary>Evaluations in a row that an entry needs.</summary>
    public required int Confirmations { get; init; }

    /// <summary>The account.</summary>
    public required AccountRow Account { get; init; }

    /// <summary>Open positions and planned entries, by market.</summary>
    public required ImmutableArray<PositionRow> Positions { get; init; }

    /// <summary>The last happenings, newest first.</summary>
    public required ImmutableArray<JournalLine> Journal { get; init; }

    /// <summary>How the machine keeps up.</summary>
    public required PerformanceRow Performance { get; init; }
}

/// <summary>One market.</summary>
public sealed record MarketRow
{
    /// <summary>Its name.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Price of the last trade.</summary>
    public required Price Last { get; init; }

    /// <summary>Best bid.</summary>
    public required Price Bid { get; init; }

    /// <summary>Best ask.</summary>
    public required Price Ask { get; init; }

    /// <summary>Oracle price, the mark.</summary>
    public required Price Oracle { get; init; }

    /// <summary>Ask less bid over their middle, in basis points; null without both.</summary>
    public required decimal? SpreadBps { get; init; }

    /// <summary>Change over the sparkline's span, as a fraction; null while it is too short.</summary>
    public required decimal? Change { get; init; }

    /// <summary>Hourly funding rate as a fraction.</summary>
    public required decimal FundingRate { get; init; }

    /// <summary>Time since a price was last seen, in milliseconds; null before the first.</summary>
    public required long? AgeMs { get; init; }

    /// <summary>Closes of the last minutes, oldest first.</summary>
    public required ImmutableArray<double> Sparkline { get; init; }

    /// <summary>Decimals of a price on the grid.</summary>
    public required int PriceDecimals { get; init; }
}

/// <summary>One market's scores, in points from 0 to 100.</summary>
public sealed record ScoreRow
{
    /// <summary>Its name.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Direction; 50 is neutral.</summary>
    public required decimal Momentum { get; init; }

    /// <summary>Percentile of the volume.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Percentile of the volatility.</summary>
    public required decimal Volatility { get; init; }

    /// <summary>The strategy's weighted score.</summary>
    public required decimal Weighted { get; init; }

    /// <summary>Evaluations in a row at or above the threshold.</summary>
    public required int Streak { get; init; }

    /// <summary>The side held, if any.</summary>
    public required Side Held { get; init; }
}

/// <summary>The account.</summary>
public sealed record AccountRow
{
    /// <summary>Balance plus the worth of all positions.</summary>
    public required Usd Equity { get; init; }

    /// <summary>Deposits so far.</summary>
    public required Usd Deposits { get; init; }

    /// <summary>Equity less initial margins and reservations.</summary>
    public required Usd Available { get; init; }

    /// <summary>
    /// Share of the equity that initial margins and reservations bind; null without equity.
    /// </summary>
    public required decimal? MarginUsage { get; init; }

    /// <summary>Maintenance margin over equity; at 1 the venue may liquidate; null without equity.</summary>
    public required decimal? MaintenanceUsage { get; init; }

    /// <summary>
    /// Relative move of all prices together at which the venue may liquidate; null when none does it, or all
    /// do.
    /// </summary>
    public required decimal? ShockToLiquidation { get; init; }

    /// <summary>Exposure over equity; null without equity.</summary>
    public required decimal? Leverage { get; init; }

    /// <summary>What ended trades brought in, fees and funding included.</summary>
    public required Usd Realised { get; init; }

    /// <summary>What open positions would bring in at their marks, fees left out.</summary>
    public required Usd Unrealised { get; init; }

    /// <summary>Fees so far.</summary>
    public required Usd Fees { get; init; }

    /// <summary>Funding received less paid.</summary>
    public required Usd Funding { get; init; }

    /// <summary>Greatest fall from the highest equity, as a fraction.</summary>
    public required decimal MaxDrawdown { get; init; }

    /// <summary>Trades ended with a gain.</summary>
    public required long Wins { get; init; }

    /// <summary>Trades ended with a loss.</summary>
    public required long Losses { get; init; }

    /// <summary>Decisions, refusals, orders, fills and liquidations so far.</summary>
    public required (long Decisions, long Refusals, long Orders, long Fills, long Liquidations) Counts
    {
        get; init;
    }

    /// <summary>Seconds that positions were unprotected beyond the deadline.</summary>
    public required decimal SecondsUnprotected { get; init; }

    /// <summary>Alarms over missing protection.</summary>
    public required long Alarms { get; init; }
}

/// <summary>One position, or one planned entry.</summary>
public sealed record PositionRow
{
    /// <summary>Its market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>Size without a sign; zero while the entry is planned.</summary>
    public required Size Size { get; init; }

    /// <summary>Average entry price; null while the entry is planned.</summary>
    public required Price? Entry { get; init; }

    /// <summary>The mark; null before the first.</summary>
    public required Price? Mark { get; init; }

    /// <summary>What it would bring in at the mark, with what funding brought and fees cost.</summary>
    public required Usd Pnl { get; init; }

    /// <summary>The stop's trigger.</summary>
    public required Price Stop { get; init; }

    /// <summary>Whether a stop stands at the venue.</summary>
    public required bool IsProtected { get; init; }

    /// <summary>The target's trigger.</summary>
    public required Price Target { get; init; }

    /// <summary>The venue's liquidation price, the others unchanged; null when no price does it.</summary>
    public required Price? Liquidation { get; init; }

    /// <summary>
    /// Distance from the mark to the liquidation price as a fraction of the mark; null without one.
    /// </summary>
    public required decimal? LiquidationDistance { get; init; }

    /// <summary>What is going on: planned, open, closing.</summary>
    public required string Status { get; init; }

    /// <summary>Decimals of a price on the grid.</summary>
    public required int PriceDecimals { get; init; }
}

/// <summary>How much a line of the journal matters.</summary>
public enum LineKind
{
    /// <summary>For the record.</summary>
    Plain = 0,

    /// <summary>A decision.</summary>
    Decision,

    /// <summary>A refusal.</summary>
    Refusal,

    /// <summary>A fill.</summary>
    Fill,

    /// <summary>A trade ended with a gain.</summary>
    Gain,

    /// <summary>A trade ended with a loss.</summary>
    Loss,

    /// <summary>An alarm.</summary>
    Alarm,
}

/// <summary>One happening in words.</summary>
/// <param name="At">Engine time.</param>
/// <param name="Kind">How much it matters.</param>
/// <param name="Text">What happened and why, with the numbers.</param>
public sealed record JournalLine(DateTimeOffset At, LineKind Kind, string Text);

/// <summary>How the machine keeps up.</summary>
public sealed record PerformanceRow
{
    /// <summary>Market events so far.</summary>
    public required long Events { get; init; }

    /// <summary>Market events a second of the wall clock, lately.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Median time from an instant's first event to its last effect, in microseconds.</summary>
    public required double InstantP50Micros { get; init; }

    /// <summary>The 99th percentile of the same.</summary>
    public required double InstantP99Micros { get; init; }

    /// <summary>Evaluations of the strategy.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Memory of the process, in bytes.</summary>
    public required long MemoryBytes { get; init; }
}
