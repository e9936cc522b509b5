using System.Globalization;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>
/// Why an order was refused: the rule, its limit and the actual value, as stable code and text (RSK-4).
/// </summary>
/// <param name="Code">Stable name of the rule.</param>
/// <param name="Limit">The limit, with its unit.</param>
/// <param name="Actual">The actual value, with its unit.</param>
public sealed record RiskRefusal(string Code, string Limit, string Actual)
{
    /// <summary>Code of <see cref="UnknownOutcome"/>.</summary>
    public const string UnknownOutcomeCode = "outcome-unknown";

    /// <summary>Codes of <see cref="SizeAbove"/> begin with it; the limit's name follows.</summary>
    public const string SizePrefix = "size-";

    private const string DailyLossCode = "daily-loss";
    private const string DrawdownCode = "drawdown";

    /// <summary>
    /// How long to wait before the same is asked again: losses do not heal within minutes, other things may.
    /// </summary>
    public TimeSpan Pause =>
        Code is DailyLossCode or DrawdownCode ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);

    /// <summary>The order is not on the market's grid, or is otherwise no order at all.</summary>
    public static RiskRefusal Malformed(string limit, string actual) => new("malformed", limit, actual);

    /// <summary>Another bracket owns the market.</summary>
    public static RiskRefusal MarketOwned { get; } = new("market-owned", "one position a market", "taken");

    /// <summary>The last entry is too recent.</summary>
    public static RiskRefusal CoolingDown(TimeSpan cooldown, TimeSpan since) =>
        new("cooldown", Seconds(cooldown), Seconds(since));

    /// <summary>The prices are missing, crossed or too old.</summary>
    public static RiskRefusal StaleData(TimeSpan staleAfter, string quality, long ageMs) =>
        new("stale-data", Seconds(staleAfter),
            $"{quality}, {ageMs.ToString(CultureInfo.InvariantCulture)} ms");

    /// <summary>As many positions as allowed are open or planned.</summary>
    public static RiskRefusal TooManyPositions(int limit, int actual) =>
        new("max-positions", limit.ToString(CultureInfo.InvariantCulture),
            actual.ToString(CultureInfo.InvariantCulture));

    /// <summary>The limit price lies too far from the oracle price.</summary>
    public static RiskRefusal PriceBand(decimal limit, decimal actual) =>
        new("price-band", Percent(limit), Percent(actual));

    /// <summary>The order is too large.</summary>
    public static RiskRefusal OrderTooLarge(Usd limit, Usd actual) =>
        new("max-order", Money(limit), Money(actual));

    /// <summary>The order is too small to place.</summary>
    public static RiskRefusal OrderTooSmall(Usd limit, Usd actual) =>
        new("min-order", Money(limit), Money(actual));

    /// <summary>Exposure over equity would exceed the cap.</summary>
    public static RiskRefusal LeverageTooHigh(Leverage limit, Usd exposure, Usd equity) =>
        new("leverage", limit.ToString(), $"{Money(exposure)} on {Money(equity)}");

    /// <summary>All exposure together would exceed its share of the equity.</summary>
    public static RiskRefusal ExposureTooHigh(decimal limit, Usd exposure, Usd equity) =>
        new("total-exposure", Percent(limit), $"{Money(exposure)} on {Money(equity)}");

    /// <summary>The collateral that is free does not cover the order at its worst price.</summary>
    public static RiskRefusal InsufficientBalance(Usd available, Usd required) =>
        new("insufficient-balance", Money(available), Money(required));

    /// <summary>Today's loss has reached its limit.</summary>
    public static RiskRefusal DailyLoss(decimal limit, decimal actual) =>
        new(DailyLossCode, Percent(limit), Percent(actual));

    /// <summary>The fall from the highest equity has reached its limit.</summary>
    public static RiskRefusal Drawdown(decimal limit, decimal actual) =>
        new(DrawdownCode, Percent(limit), Percent(actual));

    /// <summary>The stop and the target of an entry would find no room in the placement budget.</summary>
    public static RiskRefusal NoPlacementRoom { get; } =
        new("placement-budget", "room for a stop and a target", "used up");

    /// <summary>Somebody has stopped new risk.</summary>
    public static RiskRefusal Stopped(string by, string reason) =>
        new("stopped", "not stopped", $"{by}: {reason}");

    /// <summary>A component that it needs is switched off.</summary>
    public static RiskRefusal SwitchedOff(string component) => new("switched-off", "on", component);

    /// <summary>More entries and changes within a minute than allowed.</summary>
    public static RiskRefusal TooManyChanges(int limit, int actual) =>
        new("rate", $"{limit.ToString(CultureInfo.InvariantCulture)} a minute",
            actual.ToString(CultureInfo.InvariantCulture));

    /// <summary>The equity allows fewer orders at the venue.</summary>
    public static RiskRefusal EquityTier(int limit, int actual) =>
        new("equity-tier", $"{limit.ToString(CultureInfo.InvariantCulture)} orders",
            actual.ToString(CultureInfo.InvariantCulture));

    /// <summary>Of an order of ours nobody knows yet what became of it: nothing new is risked.</summary>
    public static RiskRefusal UnknownOutcome(int orders) =>
        new(UnknownOutcomeCode, "0 orders", orders.ToString(CultureInfo.InvariantCulture));

    /// <summary>A limit allows less than the size that is asked for.</summary>
    public static RiskRefusal SizeAbove(string limit, Size allowed, Size asked) =>
        new($"{SizePrefix}{limit}", allowed.ToString(), asked.ToString());

    /// <summary>The sizer gave nothing.</summary>
    public static RiskRefusal NoSize(string reason, string limits) => new("sizing", reason, limits);

    /// <summary>An order that should only shrink a position would not.</summary>
    public static RiskRefusal NotProtecting(string actual) =>
        new("not-protecting", "reduce-only, against the position", actual);

    private static string Seconds(TimeSpan span) =>
        span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static string Percent(decimal fraction) =>
        (fraction * 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Money(Usd amount) =>
        amount.Value.ToString("0.00", CultureInfo.InvariantCulture) + " USD";
}
