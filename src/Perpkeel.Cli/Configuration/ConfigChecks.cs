using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Configuration;

/// <summary>A rule about several keys together.</summary>
/// <param name="Keys">Which keys; the rule is not asked when one of them has no good value.</param>
/// <param name="IsKept">Whether a configuration keeps it.</param>
/// <param name="What">What is wrong where it does not, as a sentence.</param>
/// <param name="Mend">What to do, as a sentence.</param>
internal sealed record ConfigCheck(
    ImmutableArray<string> Keys,
    Func<PerpkeelConfig, bool> IsKept,
    Func<PerpkeelConfig, string> What,
    string Mend)
{
    /// <summary>Every such rule.</summary>
    public static readonly ImmutableArray<ConfigCheck> All =
    [
        new(
            ["risk.leverage", "risk.leverageCap"],
            config => config.Risk.Leverage <= config.Risk.LeverageCap,
            config => $"{Text(config.Risk.Leverage)} is more than leverageCap "
                + $"({Text(config.Risk.LeverageCap)}).",
            "Lower leverage or raise leverageCap."),
        new(
            ["risk.maxMarketExposurePercent", "risk.maxTotalExposurePercent"],
            config => config.Risk.MaxMarketExposurePercent <= config.Risk.MaxTotalExposurePercent,
            config => $"{Text(config.Risk.MaxMarketExposurePercent)} is more than maxTotalExposurePercent "
                + $"({Text(config.Risk.MaxTotalExposurePercent)}).",
            "Lower the first or raise the second."),
        new(
            ["risk.minOrderUsd", "risk.maxOrderUsd"],
            config => config.Risk.MinOrderUsd <= config.Risk.MaxOrderUsd,
            config => $"{Text(config.Risk.MinOrderUsd)} is more than maxOrderUsd "
                + $"({Text(config.Risk.MaxOrderUsd)}).",
            "Lower minOrderUsd or raise maxOrderUsd."),
        new(
            ["risk.slippagePercent", "risk.priceBandPercent"],
            config => config.Risk.SlippagePercent <= config.Risk.PriceBandPercent,
            config => $"{Text(config.Risk.SlippagePercent)} is more than priceBandPercent "
                + $"({Text(config.Risk.PriceBandPercent)}): market orders would be refused.",
            "Lower slippagePercent or raise priceBandPercent."),
        new(
            ["strategy.exitScore", "strategy.enterScore"],
            config => config.Strategy.ExitScore < config.Strategy.EnterScore,
            config => $"{Text(config.Strategy.ExitScore)} is not less than enterScore "
                + $"({Text(config.Strategy.EnterScore)}): a position would be closed as soon as it is open.",
            "Lower exitScore or raise enterScore."),
        new(
            ["strategy.positions", "risk.maxPositions"],
            config => config.Strategy.Positions <= config.Risk.MaxPositions,
            config => $"{Text(config.Strategy.Positions)} is more than risk.maxPositions "
                + $"({Text(config.Risk.MaxPositions)}).",
            "Lower strategy.positions or raise risk.maxPositions."),
        new(
            ["strategy.weights.momentum", "strategy.weights.volume", "strategy.weights.volatility"],
            config => config.Strategy.Weights.Sum > 0,
            _ => "All weights are 0: there would be no score.",
            "Give at least one signal a weight."),
    ];

    private static string Text(decimal value) => Decimals.Text(value);
}
