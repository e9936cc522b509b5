using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>What an account may do. Fractions are plain: 0.05 is 5 %.</summary>
public sealed record RiskLimits
{
    /// <summary>Leverage that sizes and margins are reckoned with.</summary>
    public Leverage Leverage { get; init; } = new(5m);

    /// <summary>
    /// Gross exposure over equity that is never exceeded, whatever <see cref="Leverage"/> says.
    /// </summary>
    public Leverage LeverageCap { get; init; } = new(25m);

    /// <summary>Share of the balance that one stop may cost.</summary>
    public decimal RiskPerTrade { get; init; } = 0.01m;

    /// <summary>Target distance over stop distance.</summary>
    public decimal RewardRisk { get; init; } = 2m;

    /// <summary>Positions at one time, planned ones included.</summary>
    public int MaxPositions { get; init; } = 10;

    /// <summary>Share of the balance that one market's exposure may reach.</summary>
    public decimal MaxMarketExposure { get; init; } = 0.5m;

    /// <summary>Share of the equity that all exposure together may reach.</summary>
    public decimal MaxTotalExposure { get; init; } = 3m;

    /// <summary>Smallest order worth placing.</summary>
    public Usd MinOrder { get; init; } = new(10m);

    /// <summary>Largest single order.</summary>
    public Usd MaxOrder { get; init; } = new(100_000m);

    /// <summary>Share of the day's first equity whose loss ends new risk for the day.</summary>
    public decimal DailyLoss { get; init; } = 0.05m;

    /// <summary>Fall from the highest equity that ends new risk.</summary>
    public decimal MaxDrawdown { get; init; } = 0.2m;

    /// <summary>Time between two entries.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Prices older than this are not decided on.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Distance from the oracle price beyond which no order is placed.</summary>
    public decimal PriceBand { get; init; } = 0.05m;

    /// <summary>Worst slippage of an order that takes.</summary>
    public decimal Slippage { get; init; } = 0.01m;

    /// <summary>Fee that is set aside for each side of a trade.</summary>
    public Ppm TakerFee { get; init; } = new(500);

    /// <summary>How long a position may be without a stop before the alarm.</summary>
    public TimeSpan ProtectionDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is done, beside the alarm, when that deadline has passed.</summary>
    public UnprotectedPolicy OnUnprotected { get; init; } = UnprotectedPolicy.Alarm;

    /// <summary>
    /// Entries and changes of stops and entries within a minute; cancels and protection do not count.
    /// </summary>
    public int ChangesPerMinute { get; init; } = 30;

    /// <summary>A signal that is older than this is not carried out.</summary>
    public TimeSpan SignalMaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Orders that the venue keeps in its state, by the account's equity, rising; empty where the venue does
    /// not limit them.
    /// </summary>
    public ImmutableArray<EquityTierLimit> EquityTiers { get; init; } = EquityTierLimit.Documented;
}
