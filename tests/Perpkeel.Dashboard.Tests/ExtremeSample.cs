using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Tests;

/// <summary>A snapshot that no run should ever make.</summary>
internal static class ExtremeSample
{
    private static string LongText { get; } = new string('j', 400) + "\r\n[/] \u200b tail";

    /// <summary>Everything that could be too long, too large, negative or missing.</summary>
    public static RunSnapshot Make() => Samples.Full() with
    {
        Source = "replay of a folder\twith a name\nof two lines [red]that[/] goes on " + new string('x', 90),
        Speed = 0.0001m,
        Markets = Markets(),
        Scores = Scores(),
        Positions = Positions(),
        Account = Samples.Full().Account with
        {
            Equity = new Usd(decimal.MinValue),
            Available = new Usd(-1m),
            Deposits = Usd.Zero,
            MarginUsage = null,
            MaintenanceUsage = decimal.MaxValue,
            Leverage = null,
            Wins = long.MaxValue,
            MaxDrawdown = decimal.MaxValue,
            SecondsUnprotected = decimal.MaxValue,
            Alarms = long.MinValue,
        },
        Journal = [.. Samples.Full().Journal.Select(line => line with { Text = LongText })],
        Performance = new PerformanceRow
        {
            Events = long.MaxValue,
            EventsPerSecond = double.PositiveInfinity,
            InstantP50Micros = double.NaN,
            InstantP99Micros = double.MaxValue,
            Evaluations = long.MinValue,
            MemoryBytes = long.MaxValue,
        },
    };

    private static ImmutableArray<MarketRow> Markets() =>
    [
        .. Samples.Full().Markets.Select((row, i) => row with
        {
            Market = LongName(i),
            Last = new Price(i % 2 == 0 ? decimal.MaxValue : 0.0000000000000000000000000001m),
            PriceDecimals = i % 2 == 0 ? -3 : 40,
            SpreadBps = i % 2 == 0 ? null : decimal.MaxValue,
            Change = i % 2 == 0 ? decimal.MinValue : null,
            FundingRate = decimal.MinValue,
            AgeMs = i % 2 == 0 ? null : long.MaxValue,
            Sparkline = i % 2 == 0
                ? [double.MinValue, double.NaN, double.MaxValue, double.PositiveInfinity]
                : default,
        }),
    ];

    private static ImmutableArray<ScoreRow> Scores() =>
    [
        .. Samples.Full().Scores.Select((row, i) => row with
        {
            Market = LongName(i),
            Weighted = i % 2 == 0 ? decimal.MaxValue : decimal.MinValue,
            Momentum = -1m,
            Streak = int.MaxValue,
        }),
    ];

    private static ImmutableArray<PositionRow> Positions() =>
    [
        .. Samples.Full().Positions.Select((row, i) => row with
        {
            Market = new MarketId(new string('M', 40)),
            Size = new Size(decimal.MaxValue),
            Entry = null,
            Mark = null,
            Pnl = new Usd(decimal.MinValue),
            Stop = new Price(decimal.MaxValue),
            Liquidation = null,
            LiquidationDistance = i == 0 ? decimal.MaxValue : null,
            Status = new string('s', 70),
        }),
    ];

    private static MarketId LongName(int i) =>
        new(i % 2 == 0 ? new string('W', 60 + i) : $"币安人生-\u001b[31m\ud83d\ude80-{i}-USDT");
}
