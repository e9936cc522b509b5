using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Tests;

/// <summary>Snapshots made by hand.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 12, 31, TimeSpan.Zero);

    private static readonly (string Name, decimal Price, int Decimals)[] Listed =
    [
        ("BTC-USD", 94_218.5m, 1), ("ETH-USD", 3_312.4m, 1), ("SOL-USD", 187.31m, 2),
        ("AVAX-USD", 36.482m, 3), ("DOGE-USD", 0.32418m, 5), ("LINK-USD", 21.077m, 3),
        ("XRP-USD", 2.3105m, 4), ("PEPE-USD", 0.0000182m, 7), ("ARB-USD", 0.7344m, 4),
        ("SUI-USD", 4.1208m, 4),
    ];

    /// <summary>Six markets and three positions: one unprotected, one that no price liquidates.</summary>
    public static RunSnapshot Rich() => Of(6) with
    {
        Positions =
        [
            Position(0, Side.Buy, 0.0124m, 38.41m, 0.0412m),
            Position(2, Side.Sell, 14.2m, -12.08m, 0.1273m) with { IsProtected = false },
            Position(4, Side.Buy, 8_120m, 0.52m, null),
        ],
        Journal = Journal(),
    };

    /// <summary>Six markets, no position, no trade yet.</summary>
    public static RunSnapshot Empty() => Of(6) with
    {
        Speed = null,
        Account = Account() with
        {
            Equity = new Usd(10_000m),
            Available = new Usd(10_000m),
            MarginUsage = 0m,
            MaintenanceUsage = 0m,
            Leverage = 0m,
            Realised = Usd.Zero,
            Unrealised = Usd.Zero,
            Fees = Usd.Zero,
            Funding = Usd.Zero,
            MaxDrawdown = 0m,
            Wins = 0,
            Losses = 0,
            Counts = default,
            SecondsUnprotected = 0m,
            Alarms = 0,
        },
        Scores = [.. Of(6).Scores.Select(row => row with { Held = Side.None, Streak = 0 })],
    };

    /// <summary>Ten markets and ten positions while catching up.</summary>
    public static RunSnapshot Full() => Of(10) with
    {
        IsCatchingUp = true,
        Positions =
        [
            .. Enumerable.Range(0, 10).Select(i => Position(
                i, i % 3 == 1 ? Side.Sell : Side.Buy, 1.5m * (i + 1), 17.3m * (i - 4), 0.02m * (10 - i))
                with { IsProtected = i != 8 }),
        ],
        Journal = Journal(),
    };

    /// <summary>A number of markets and positions.</summary>
    public static RunSnapshot With(int markets, int positions) => Full() with
    {
        Markets = Full().Markets[..markets],
        Scores = Full().Scores[..markets],
        Positions = Full().Positions[..positions],
    };

    private static RunSnapshot Of(int markets) => new()
    {
        Source = "synthetic market, seed 7",
        Speed = 60m,
        EngineTime = Now,
        IsCatchingUp = false,
        Markets = [.. Enumerable.Range(0, markets).Select(Market)],
        Scores = [.. Enumerable.Range(0, markets).Select(Score)],
        EnterScore = 70m,
        ExitScore = 40m,
        Confirmations = 3,
        Account = Account(),
        Positions = [],
        Journal = [],
        Performance = new PerformanceRow
        {
            Events = 1_284_519,
            EventsPerSecond = 8_234.4,
            InstantP50Micros = 12.34,
            InstantP99Micros = 1_085.2,
            Evaluations = 4_506,
            MemoryBytes = 143_200_000,
        },
    };

    private static MarketRow Market(int i)
    {
        var (name, price, decimals) = Listed[i];
        var tick = Decimals.PowerOfTen(-decimals);
        return new MarketRow
        {
            Market = new MarketId(name),
            Last = new Price(price),
            Bid = new Price(price - tick),
            Ask = new Price(price + (tick * (1 + (i % 3)))),
            Oracle = new Price(price + (tick * ((i % 5) - 2))),
            SpreadBps = Math.Round(tick * (2 + (i % 3)) / price * 10_000m, 3),
            Change = i == 5 ? null : 0.0042m * (i - 2),
            FundingRate = 0.0000125m * ((i % 4) - 1),
            AgeMs = 120L * (i + 1) * (i == 3 ? 600 : 1),
            Sparkline = [.. Enumerable.Range(0, 60).Select(n => Wave(n, i))],
            PriceDecimals = decimals,
        };
    }

    private static double Wave(int n, int i) =>
        100d + (4d * Math.Sin((n + (9 * i)) / 7d)) + ((i - 2) * n / 15d) + (n * 37 % 11 / 6d);

    private static ScoreRow Score(int i) => new()
    {
        Market = new MarketId(Listed[i].Name),
        Momentum = (decimal)(50 + (i % 2 == 0 ? 9 : -11) * (i % 5)),
        Volume = 12.5m * (i % 8),
        Volatility = 100m - (9.5m * i),
        Weighted = new[] { 78.2m, 41.6m, 55.1m, 70m, 91.4m, 23.8m, 100m, 0m, 39.9m, 64.7m }[i],
        Streak = i % 4,
        Held = i switch { 0 or 4 => Side.Buy, 2 => Side.Sell, _ => Side.None },
    };

    private static AccountRow Account() => new()
    {
        Equity = new Usd(10_123.4567m),
        Deposits = new Usd(10_000m),
        Available = new Usd(7_751.2m),
        MarginUsage = 0.2343m,
        MaintenanceUsage = 0.041m,
        Leverage = 0.6312m,
        Realised = new Usd(96.6067m),
        Unrealised = new Usd(26.85m),
        Fees = new Usd(12.344m),
        Funding = new Usd(-1.0213m),
        MaxDrawdown = 0.0341m,
        Wins = 12,
        Losses = 9,
        Counts = (4_506, 31, 73, 64, 0),
        SecondsUnprotected = 0m,
        Alarms = 0,
    };

    private static PositionRow Position(int i, Side side, decimal size, decimal pnl, decimal? distance)
    {
        var (name, price, decimals) = Listed[i];
        var sign = side.Sign();
        Price Grid(decimal factor) => new(Math.Round(price * factor, decimals));
        return new PositionRow
        {
            Market = new MarketId(name),
            Side = side,
            Size = new Size(size),
            Entry = Grid(1m - (0.004m * sign)),
            Mark = Grid(1m),
            Pnl = new Usd(pnl),
            Stop = Grid(1m - (0.012m * sign)),
            IsProtected = true,
            Target = Grid(1m + (0.024m * sign)),
            Liquidation = distance is { } known ? Grid(1m - (known * sign)) : null,
            LiquidationDistance = distance,
            Status = i == 4 ? "closing" : "open",
            PriceDecimals = decimals,
        };
    }

    private static ImmutableArray<JournalLine> Journal()
    {
        (LineKind Kind, string Text)[] lines =
        [
            (LineKind.Fill, "SOL-USD sold 14.2 at 188.06, taker, fee 1.34; stop and target are being placed"),
            (LineKind.Decision, "SOL-USD enter short: score 74.1 >= 70 three times in a row, "
                + "momentum 32 < 50; next AVAX-USD 70.0, BTC-USD 78.2 is held, "
                + "ETH-USD 41.6, DOGE-USD is held, LINK-USD 23.8"),
            (LineKind.Refusal, "AVAX-USD long 27.4 refused: "
                + "cooling down until 00:12:48 (60 s after the last trade)"),
            (LineKind.Gain, "ETH-USD ended at its target 3,351.2: +23.18 after fees 1.02 and funding -0.04"),
            (LineKind.Plain, "BTC-USD stop 93,087.9 and target 96,479.7 stand at the venue"),
            (LineKind.Fill, "BTC-USD bought 0.0124 at 93,841.6, taker, fee 0.58"),
            (LineKind.Alarm, "SOL-USD has been without a stop for 2.0 s; placing it again"),
            (LineKind.Loss, "LINK-USD ended at its stop 20.841: -9.77 after fees 0.91 and funding +0.01"),
        ];
        return
        [
            .. Enumerable.Range(0, 24).Select(i => new JournalLine(
                Now.AddSeconds(-13 * i), lines[i % lines.Length].Kind, lines[i % lines.Length].Text)),
        ];
    }
}
