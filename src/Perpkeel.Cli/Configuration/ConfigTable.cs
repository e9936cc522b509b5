using System.Collections.Frozen;
using System.Collections.Immutable;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Cli.Configuration;

/// <summary>
/// Every key there is. The loader, <c>config/perpkeel.yaml</c> and <c>config/perpkeel.schema.json</c> are all
/// made from this list; the defaults are those of <see cref="PerpkeelConfig"/>.
/// </summary>
internal static class ConfigTable
{
    /// <summary>The largest whole number that every JSON reader keeps exactly: 2^53 - 1.</summary>
    private const long MaxSeed = 9_007_199_254_740_991;

    /// <summary>All sections in the file's order, with their meaning.</summary>
    public static readonly ImmutableArray<KeyValuePair<string, string>> Sections =
    [
        new("account", "The paper account."),
        new(
            "risk",
            "How much may be risked. What goes beyond is refused; orders that only shrink a position never "
            + "are."),
        new("protection", "How positions are protected."),
        new("strategy", "Which strategy trades, and how."),
        new("strategy.weights", "What each signal counts in the score, relative to the sum of all."),
        new("venue", "The paper venue: dYdX's chain and Indexer as a model."),
        new("run", "A run."),
    ];

    /// <summary>All keys in the file's order.</summary>
    public static readonly ImmutableArray<ConfigKey> Keys =
    [
        .. Account(), .. Sizing(), .. Limits(), .. Guards(), .. Protection(), .. Strategy(), .. Weights(),
        .. Venue(), .. Run(),
    ];

    private static readonly FrozenDictionary<string, ConfigKey> ByPath =
        Keys.ToFrozenDictionary(key => key.Path, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ConfigKey> ByPathInAnyCase =
        Keys.ToFrozenDictionary(key => key.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of exactly this path; null when there is none.</summary>
    public static ConfigKey? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>The key of this path in upper or lower case; null when there is none.</summary>
    public static ConfigKey? FindInAnyCase(string path) => ByPathInAnyCase.GetValueOrDefault(path);

    /// <summary>Whether there is such a section.</summary>
    public static bool IsSection(string path) =>
        Sections.Any(section => string.Equals(section.Key, path, StringComparison.Ordinal));

    private static IEnumerable<ConfigKey> Account()
    {
        var section = new ConfigSection<AccountConfig>(
            "account", config => config.Account, (config, account) => config with { Account = account });
        yield return section.Number(
            "startingBalance", 1, 1_000_000_000, "Balance at the start, in USD.",
            account => account.StartingBalance, (account, value) => account with { StartingBalance = value });
    }

    private static ConfigSection<RiskConfig> Risk() =>
        new("risk", config => config.Risk, (config, risk) => config with { Risk = risk });

    private static IEnumerable<ConfigKey> Sizing()
    {
        var section = Risk();
        yield return section.Number(
            "leverage", 1, 125, "Leverage that positions are sized with; at most leverageCap.",
            risk => risk.Leverage, (risk, value) => risk with { Leverage = value });
        yield return section.Number(
            "leverageCap", 1, 125, "Leverage of the whole account that no order may lead beyond.",
            risk => risk.LeverageCap, (risk, value) => risk with { LeverageCap = value });
        yield return section.Number(
            "riskPerTradePercent", 0.01m, 100,
            "What a trade loses when its stop is hit, in percent of what is available.",
            risk => risk.RiskPerTradePercent, (risk, value) => risk with { RiskPerTradePercent = value });
        yield return section.Number(
            "rewardRisk", 0.1m, 100, "Distance of the target from the entry, in distances of the stop.",
            risk => risk.RewardRisk, (risk, value) => risk with { RewardRisk = value });
    }

    private static IEnumerable<ConfigKey> Limits()
    {
        var section = Risk();
        yield return section.Whole(
            "maxPositions", 1, 1_000, "Open positions at a time.",
            risk => risk.MaxPositions, (risk, value) => risk with { MaxPositions = value });
        yield return section.Number(
            "maxMarketExposurePercent", 0.01m, 12_500,
            "Notional in one market, in percent of what is available; at most maxTotalExposurePercent.",
            risk => risk.MaxMarketExposurePercent,
            (risk, value) => risk with { MaxMarketExposurePercent = value });
        yield return section.Number(
            "maxTotalExposurePercent", 0.01m, 12_500, "Notional in all markets, in percent of equity.",
            risk => risk.MaxTotalExposurePercent,
            (risk, value) => risk with { MaxTotalExposurePercent = value });
        yield return section.Number(
            "minOrderUsd", 0, 1_000_000_000, "Smallest notional of an entry, in USD; at most maxOrderUsd.",
            risk => risk.MinOrderUsd, (risk, value) => risk with { MinOrderUsd = value });
        yield return section.Number(
            "maxOrderUsd", 0.01m, 1_000_000_000, "Largest notional of an entry, in USD.",
            risk => risk.MaxOrderUsd, (risk, value) => risk with { MaxOrderUsd = value });
    }

    private static IEnumerable<ConfigKey> Guards()
    {
        var section = Risk();
        yield return section.Number(
            "dailyLossPercent", 0.01m, 100,
            "Loss since the day's start (UTC) from which on no risk is added, in percent of equity.",
            risk => risk.DailyLossPercent, (risk, value) => risk with { DailyLossPercent = value });
        yield return section.Number(
            "maxDrawdownPercent", 0.01m, 100,
            "Loss since the highest equity from which on no risk is added, in percent of it.",
            risk => risk.MaxDrawdownPercent, (risk, value) => risk with { MaxDrawdownPercent = value });
        yield return section.Whole(
            "cooldownSeconds", 0, 86_400, "Pause between two entries of the account, in seconds.",
            risk => risk.CooldownSeconds, (risk, value) => risk with { CooldownSeconds = value });
        yield return section.Whole(
            "changesPerMinute", 1, 1_000,
            "Entries, and changes of stops and entries, within a minute; protection does not count.",
            risk => risk.ChangesPerMinute, (risk, value) => risk with { ChangesPerMinute = value });
        yield return section.Whole(
            "signalMaxAgeSeconds", 1, 3_600,
            "Age of a signal from which on it is not carried out, in seconds.",
            risk => risk.SignalMaxAgeSeconds, (risk, value) => risk with { SignalMaxAgeSeconds = value });
        yield return section.Whole(
            "staleAfterSeconds", 1, 3_600, "Age of market data from which on no risk is added, in seconds.",
            risk => risk.StaleAfterSeconds, (risk, value) => risk with { StaleAfterSeconds = value });
        yield return section.Number(
            "priceBandPercent", 0.01m, 100, "Distance of an order's price from the oracle price, in percent.",
            risk => risk.PriceBandPercent, (risk, value) => risk with { PriceBandPercent = value });
        yield return section.Number(
            "slippagePercent", 0, 20,
            "How much worse than the best price a market order may fill, in percent; "
            + "at most priceBandPercent.",
            risk => risk.SlippagePercent, (risk, value) => risk with { SlippagePercent = value });
    }

    private static IEnumerable<ConfigKey> Protection()
    {
        var section = new ConfigSection<ProtectionConfig>(
            "protection", config => config.Protection,
            (config, protection) => config with { Protection = protection });
        yield return section.Whole(
            "deadlineSeconds", 1, 300, "How long a position may be without a resting stop, in seconds.",
            protection => protection.DeadlineSeconds,
            (protection, value) => protection with { DeadlineSeconds = value });
        yield return section.Key(
            "onDeadline", "What is done beyond that: alarm, or close the position at the market as well.",
            new ChoiceRule(["alarm", "close"]), protection => protection.OnDeadline,
            (protection, value) => protection with { OnDeadline = value });
    }

    private static IEnumerable<ConfigKey> Strategy()
    {
        var section = new ConfigSection<StrategyConfig>(
            "strategy", config => config.Strategy, (config, strategy) => config with { Strategy = strategy });
        yield return section.Key(
            "name", "The strategy's name.", new ChoiceRule("sniper"),
            strategy => strategy.Name, (strategy, value) => strategy with { Name = value });
        yield return section.Whole(
            "positions", 1, 1_000, "Positions that the strategy holds at a time; at most risk.maxPositions.",
            strategy => strategy.Positions, (strategy, value) => strategy with { Positions = value });
        yield return section.Number(
            "enterScore", 0, 100, "Score from which on a position is opened.",
            strategy => strategy.EnterScore, (strategy, value) => strategy with { EnterScore = value });
        yield return section.Number(
            "exitScore", 0, 100, "Score below which a position is closed; less than enterScore.",
            strategy => strategy.ExitScore, (strategy, value) => strategy with { ExitScore = value });
        yield return section.Whole(
            "confirmations", 1, 100, "Scores in a row that must agree before a position is opened.",
            strategy => strategy.Confirmations, (strategy, value) => strategy with { Confirmations = value });
        yield return section.Number(
            "stopPercent", 0.01m, 50, "Distance of the stop from the entry, in percent of the price.",
            strategy => strategy.StopPercent, (strategy, value) => strategy with { StopPercent = value });
        yield return section.Whole(
            "maxHoldMinutes", 1, 525_600, "How long a position is held at most, in minutes.",
            strategy => strategy.MaxHoldMinutes,
            (strategy, value) => strategy with { MaxHoldMinutes = value });
    }

    private static IEnumerable<ConfigKey> Weights()
    {
        var section = new ConfigSection<WeightsConfig>(
            "strategy.weights", config => config.Strategy.Weights,
            (config, weights) => config with { Strategy = config.Strategy with { Weights = weights } });
        yield return section.Number(
            "momentum", 0, 100, "Weight of the price's movement.",
            weights => weights.Momentum, (weights, value) => weights with { Momentum = value });
        yield return section.Number(
            "volume", 0, 100, "Weight of the traded volume.",
            weights => weights.Volume, (weights, value) => weights with { Volume = value });
        yield return section.Number(
            "volatility", 0, 100, "Weight of the volatility.",
            weights => weights.Volatility, (weights, value) => weights with { Volatility = value });
    }

    private static IEnumerable<ConfigKey> Venue()
    {
        var section = new ConfigSection<VenueConfig>(
            "venue", config => config.Venue, (config, venue) => config with { Venue = venue });
        yield return section.Whole(
            "takerFeePpm", 0, 100_000, "Fee of a fill that takes, in millionths of the notional.",
            venue => venue.TakerFeePpm, (venue, value) => venue with { TakerFeePpm = value });
        yield return section.Whole(
            "makerFeePpm", -10_000, 100_000,
            "Fee of a fill that makes, in millionths of the notional; below 0 it is paid out.",
            venue => venue.MakerFeePpm, (venue, value) => venue with { MakerFeePpm = value });
        yield return section.Whole(
            "latencyMs", 0, 60_000, "How long a message takes to the venue, in milliseconds of engine time.",
            venue => venue.LatencyMs, (venue, value) => venue with { LatencyMs = value });
    }

    private static IEnumerable<ConfigKey> Run()
    {
        var section = new ConfigSection<RunConfig>(
            "run", config => config.Run, (config, run) => config with { Run = run });
        yield return section.Key(
            "seed", "The number from which all chance comes: the same seed is the same run.",
            new NumberRule<long>(0, MaxSeed), run => run.Seed, (run, value) => run with { Seed = value });
        yield return section.Key(
            "speed", "Seconds of engine time in a second of yours; max is as fast as the machine can.",
            new SpeedRule(0.01m, 1_000_000), run => run.Speed, (run, value) => run with { Speed = value });
        yield return section.Key(
            "marketModel", "How the synthetic market behaves; docs/markets.md tells what each is like.",
            new ChoiceRule([.. MarketModels.All.Select(model => model.Name)]), run => run.MarketModel,
            (run, value) => run with { MarketModel = value });
        yield return section.Key(
            "dashboard", "Whether the terminal shows the dashboard.", new FlagRule(),
            run => run.Dashboard, (run, value) => run with { Dashboard = value });
    }
}
