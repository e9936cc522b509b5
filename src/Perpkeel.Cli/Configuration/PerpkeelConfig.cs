namespace Perpkeel.Cli.Configuration;

/// <summary>
/// All that a user can set, with its defaults. Meanings and ranges stand in <see cref="ConfigTable"/>.
/// </summary>
internal sealed record PerpkeelConfig
{
    public AccountConfig Account { get; init; } = new();

    public RiskConfig Risk { get; init; } = new();

    public ProtectionConfig Protection { get; init; } = new();

    public StrategyConfig Strategy { get; init; } = new();

    public VenueConfig Venue { get; init; } = new();

    public RunConfig Run { get; init; } = new();
}

/// <summary>The paper account.</summary>
internal sealed record AccountConfig
{
    public decimal StartingBalance { get; init; } = 10_000;
}

/// <summary>How much may be risked; the risk gate refuses what goes beyond.</summary>
internal sealed record RiskConfig
{
    public decimal Leverage { get; init; } = 5;

    public decimal LeverageCap { get; init; } = 25;

    public decimal RiskPerTradePercent { get; init; } = 1;

    public decimal RewardRisk { get; init; } = 2;

    public int MaxPositions { get; init; } = 10;

    public decimal MaxMarketExposurePercent { get; init; } = 50;

    public decimal MaxTotalExposurePercent { get; init; } = 300;

    public decimal MinOrderUsd { get; init; } = 10;

    public decimal MaxOrderUsd { get; init; } = 100_000;

    public decimal DailyLossPercent { get; init; } = 5;

    public decimal MaxDrawdownPercent { get; init; } = 20;

    public int CooldownSeconds { get; init; } = 60;

    public int ChangesPerMinute { get; init; } = 30;

    public int SignalMaxAgeSeconds { get; init; } = 60;

    public int StaleAfterSeconds { get; init; } = 90;

    public decimal PriceBandPercent { get; init; } = 5;

    public decimal SlippagePercent { get; init; } = 1;
}

/// <summary>How positions are protected.</summary>
internal sealed record ProtectionConfig
{
    public int DeadlineSeconds { get; init; } = 5;

    public string OnDeadline { get; init; } = "alarm";
}

/// <summary>Which strategy trades, and how.</summary>
internal sealed record StrategyConfig
{
    public string Name { get; init; } = "sniper";

    public int Positions { get; init; } = 3;

    public decimal EnterScore { get; init; } = 70;

    public decimal ExitScore { get; init; } = 40;

    public int Confirmations { get; init; } = 3;

    public decimal StopPercent { get; init; } = 1.5m;

    public int MaxHoldMinutes { get; init; } = 240;

    public WeightsConfig Weights { get; init; } = new();
}

/// <summary>What each signal counts in the score, relative to the sum of all.</summary>
internal sealed record WeightsConfig
{
    public decimal Momentum { get; init; } = 0.5m;

    public decimal Volume { get; init; } = 0.25m;

    public decimal Volatility { get; init; } = 0.25m;

    public decimal Sum => Momentum + Volume + Volatility;
}

/// <summary>The paper venue: dYdX's chain and Indexer as a model.</summary>
internal sealed record VenueConfig
{
    public int TakerFeePpm { get; init; } = 500;

    public int MakerFeePpm { get; init; } = 100;

    public int LatencyMs { get; init; } = 50;
}

/// <summary>A run.</summary>
internal sealed record RunConfig
{
    public long Seed { get; init; } = 7;

    public string MarketModel { get; init; } = "usual";

    public RunSpeed Speed { get; init; } = new(60);

    public bool Dashboard { get; init; } = true;
}

/// <summary>How fast engine time passes.</summary>
/// <param name="Factor">Seconds of engine time in a second; null: as fast as the machine can.</param>
internal readonly record struct RunSpeed(decimal? Factor)
{
    public static RunSpeed Max => default;
}
