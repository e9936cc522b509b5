using Perpkeel.Cli.Configuration;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Simulation.Paper;

namespace Perpkeel.Cli.Running;

/// <summary>Configuration in the units of the domain.</summary>
internal static class SettingsOf
{
    private const int WeightScale = 10_000;

    /// <summary>The limits.</summary>
    public static RiskLimits Limits(PerpkeelConfig config) => new()
    {
        Leverage = new Leverage(config.Risk.Leverage),
        LeverageCap = new Leverage(config.Risk.LeverageCap),
        RiskPerTrade = config.Risk.RiskPerTradePercent / 100m,
        RewardRisk = config.Risk.RewardRisk,
        MaxPositions = config.Risk.MaxPositions,
        MaxMarketExposure = config.Risk.MaxMarketExposurePercent / 100m,
        MaxTotalExposure = config.Risk.MaxTotalExposurePercent / 100m,
        MinOrder = new Usd(config.Risk.MinOrderUsd),
        MaxOrder = new Usd(config.Risk.MaxOrderUsd),
        DailyLoss = config.Risk.DailyLossPercent / 100m,
        MaxDrawdown = config.Risk.MaxDrawdownPercent / 100m,
        Cooldown = TimeSpan.FromSeconds(config.Risk.CooldownSeconds),
        ChangesPerMinute = config.Risk.ChangesPerMinute,
        SignalMaxAge = TimeSpan.FromSeconds(config.Risk.SignalMaxAgeSeconds),
        StaleAfter = TimeSpan.FromSeconds(config.Risk.StaleAfterSeconds),
        PriceBand = config.Risk.PriceBandPercent / 100m,
        Slippage = config.Risk.SlippagePercent / 100m,
        TakerFee = new Ppm(config.Venue.TakerFeePpm),
        ProtectionDeadline = TimeSpan.FromSeconds(config.Protection.DeadlineSeconds),
        OnUnprotected = config.Protection.OnDeadline is "close"
            ? UnprotectedPolicy.Close
            : UnprotectedPolicy.Alarm,
    };

    /// <summary>The strategy's rules.</summary>
    public static SniperRules Sniper(PerpkeelConfig config) => new()
    {
        Positions = config.Strategy.Positions,
        EnterScore = Points(config.Strategy.EnterScore),
        ExitScore = Points(config.Strategy.ExitScore),
        Confirmations = config.Strategy.Confirmations,
        StopDistance = config.Strategy.StopPercent / 100m,
        HoldFor = TimeSpan.FromMinutes(config.Strategy.MaxHoldMinutes),
        MomentumWeight = Weight(config.Strategy.Weights.Momentum),
        VolumeWeight = Weight(config.Strategy.Weights.Volume),
        VolatilityWeight = Weight(config.Strategy.Weights.Volatility),
    };

    /// <summary>The paper venue's settings.</summary>
    public static PaperSettings Venue(PerpkeelConfig config, VenueModels models) => new()
    {
        LatencyModel = models.Latency,
        FillModel = models.Fill,
        Faults = models.Faults,
        Seed = (ulong)config.Run.Seed,
        Fees = new VenueFees(new Ppm(config.Venue.TakerFeePpm), new Ppm(config.Venue.MakerFeePpm)),
        Latency = TimeSpan.FromMilliseconds(config.Venue.LatencyMs),
        Deposit = new Usd(config.Account.StartingBalance),
    };

    /// <summary>What a run trades with.</summary>
    public static TradingSettings Trading(PerpkeelConfig config, MarketChoice markets) => new()
    {
        Account = AccountOf(markets.Environment),
        Limits = Limits(config),
        Sniper = Sniper(config),
        StartsAt = markets.Source.StartsAt,
        FirstClientId = FirstClientId((ulong)config.Run.Seed),
    };

    /// <summary>The paper account of an environment.</summary>
    public static AccountId AccountOf(string environment) => new("paper", environment, "local");

    /// <summary>
    /// Where a paper account's order ids begin: spread by the seed (Fibonacci hashing), and far enough from
    /// the end of 32 bits that they never reach it.
    /// </summary>
    private static ClientOrderId FirstClientId(ulong seed) =>
        new((uint)(unchecked(seed * 0x9E37_79B9_7F4A_7C15UL) >> 34) + 1);

    private static Score Points(decimal points) => new((int)(points * 100m));

    private static int Weight(decimal weight) => (int)(weight * WeightScale);
}
