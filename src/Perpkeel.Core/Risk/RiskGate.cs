using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Risk;

/// <summary>
/// The one place where an order becomes sendable. New risk passes every limit; protection passes a gate of
/// its own that looks at its shape alone.
/// </summary>
public static class RiskGate
{
    /// <summary>How far the worst price of a protecting order may lie from its reference.</summary>
    public const decimal ProtectionBand = 0.25m;

    /// <summary>Checks an order that takes new risk. The first rule that refuses is named.</summary>
    /// <param name="intent">The order.</param>
    /// <param name="market">Its market.</param>
    /// <param name="account">The account at the prices the order rests on.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="facts">The prices.</param>
    /// <param name="required">Collateral that the order needs at its worst price, fees included.</param>
    /// <param name="now">Engine time.</param>
    public static Result<ApprovedOrder, RiskRefusal> Approve(
        OrderIntent intent, Market market, AccountFacts account, RiskLimits limits, MarketFacts facts,
        Usd required, DateTimeOffset now) =>
        (CheckShape(intent, market)
            ?? CheckState(account, limits, facts, now)
            ?? CheckLoss(account, limits)
            ?? CheckAmounts(intent, account, limits, facts, required)) is { } refusal
            ? refusal
            : new ApprovedOrder(intent);

    /// <summary>
    /// Checks what holds before any size is known, so that a request that cannot pass is refused with the
    /// rule that forbids it and not with a size of zero.
    /// </summary>
    public static RiskRefusal? CheckBeforeSizing(
        AccountFacts account, RiskLimits limits, MarketFacts facts, DateTimeOffset now) =>
        CheckState(account, limits, facts, now) ?? CheckLoss(account, limits);

    /// <summary>
    /// Checks an order that can only shrink a position: on the grid, reduce-only, against it, and with a
    /// worst price that is no slip of the pen.
    /// </summary>
    /// <param name="intent">The order.</param>
    /// <param name="market">Its market.</param>
    /// <param name="protectedSide">The side of the position, or of the entry that may open it.</param>
    /// <param name="reference">The trigger, or the last price that was seen.</param>
    public static Result<ApprovedProtection, RiskRefusal> ApproveProtection(
        OrderIntent intent, Market market, Side protectedSide, Price reference)
    {
        if (CheckShape(intent, market) is { } malformed) return malformed;
        if (!intent.ReduceOnly) return RiskRefusal.NotProtecting("not reduce-only");
        if (intent.Role is OrderRole.Entry or OrderRole.None)
        {
            return RiskRefusal.NotProtecting($"role {intent.Role}");
        }

        if (intent.Side != protectedSide.Opposite())
        {
            return RiskRefusal.NotProtecting($"{intent.Side} beside {protectedSide}");
        }

        var distance = Math.Abs(intent.Limit.Value - reference.Value);
        if (distance > ProtectionBand * reference.Value)
        {
            return RiskRefusal.PriceBand(
                ProtectionBand, distance / Math.Max(reference.Value, market.TickSize));
        }

        return new ApprovedProtection(intent);
    }

    /// <summary>
    /// The entry of a bracket whose plan passed every limit and whose collateral is reserved since: it must
    /// be that plan's order and nothing more.
    /// </summary>
    /// <exception cref="ArgumentException">The order is not the plan's.</exception>
    public static ApprovedOrder ConfirmPlanned(OrderIntent intent, Bracket plan, Market market)
    {
        var isPlanned = intent.Bracket == plan.Id && intent.Market == plan.Market && intent.Side == plan.Side
            && intent.Size <= plan.Size && intent.Limit == (plan.AmendTo?.Limit ?? plan.EntryLimit)
            && intent.Role == OrderRole.Entry;
        return isPlanned && CheckShape(intent, market) is null
            ? new ApprovedOrder(intent)
            : throw new ArgumentException(
                $"Order {intent.ClientId} is not what was planned.", nameof(intent));
    }

    /// <summary>
    /// An order that was approved when it was journaled, to be sent or sent again byte for byte. The journal
    /// holds no order that did not pass.
    /// </summary>
    internal static ApprovedOrder ReinstateOrder(OrderIntent journaled) => new(journaled);

    /// <summary>The same for an order that protects.</summary>
    internal static ApprovedProtection ReinstateProtection(OrderIntent journaled) => new(journaled);

    private static RiskRefusal? CheckShape(OrderIntent intent, Market market)
    {
        if (intent.Market != market.Id) return RiskRefusal.Malformed(market.Id.Value, intent.Market.Value);
        if (intent.Side == Side.None) return RiskRefusal.Malformed("a side", "none");
        if (intent.Size <= Size.Zero || !IsMultiple(intent.Size.Value, market.StepSize))
        {
            return RiskRefusal.Malformed($"a multiple of {Decimals.Text(market.StepSize)}", $"{intent.Size}");
        }

        if (!IsOnGrid(intent.Limit, market))
        {
            return RiskRefusal.Malformed($"a price on the tick of {Decimals.Text(market.TickSize)}",
                $"{intent.Limit}");
        }

        if (intent.IsConditional != intent.Trigger.HasValue
            || (intent.Trigger is { } trigger && !IsOnGrid(trigger, market)))
        {
            return RiskRefusal.Malformed("a trigger on the grid for a stop or a target", $"{intent.Trigger}");
        }

        return null;
    }

    private static RiskRefusal? CheckState(
        AccountFacts account, RiskLimits limits, MarketFacts facts, DateTimeOffset now)
    {
        if (account.MarketIsTaken) return RiskRefusal.MarketOwned;
        if (facts.Quality != QualityGrade.Good || facts.AgeMs > limits.StaleAfter.TotalMilliseconds)
        {
            return RiskRefusal.StaleData(limits.StaleAfter, facts.Quality.ToString(), facts.AgeMs);
        }

        if (account.LastEntryAt is { } last && now - last < limits.Cooldown)
        {
            return RiskRefusal.CoolingDown(limits.Cooldown, now - last);
        }

        if (account.Positions >= limits.MaxPositions)
        {
            return RiskRefusal.TooManyPositions(limits.MaxPositions, account.Positions);
        }

        if (account.UnknownOutcomes > 0) return RiskRefusal.UnknownOutcome(account.UnknownOutcomes);
        if (account.RecentChanges >= limits.ChangesPerMinute)
        {
            return RiskRefusal.TooManyChanges(limits.ChangesPerMinute, account.RecentChanges);
        }

        return account.HasPlacementRoom ? null : RiskRefusal.NoPlacementRoom;
    }

    private static RiskRefusal? CheckLoss(AccountFacts account, RiskLimits limits)
    {
        var lostToday = account.DayStartEquity - account.Equity;
        if (account.DayStartEquity > Usd.Zero && lostToday >= account.DayStartEquity * limits.DailyLoss)
        {
            return RiskRefusal.DailyLoss(limits.DailyLoss, lostToday.Value / account.DayStartEquity.Value);
        }

        var fall = account.PeakEquity - account.Equity;
        return account.PeakEquity > Usd.Zero && fall >= account.PeakEquity * limits.MaxDrawdown
            ? RiskRefusal.Drawdown(limits.MaxDrawdown, fall.Value / account.PeakEquity.Value)
            : null;
    }

    private static RiskRefusal? CheckAmounts(
        OrderIntent intent, AccountFacts account, RiskLimits limits, MarketFacts facts, Usd required)
    {
        if (EquityTierLimit.MostAt(limits.EquityTiers, account.Equity) is { } most
            && account.StatefulOrders > most)
        {
            return RiskRefusal.EquityTier(most, account.StatefulOrders);
        }

        var distance = Math.Abs(intent.Limit.Value - facts.Oracle.Value);
        if (distance > limits.PriceBand * facts.Oracle.Value)
        {
            return RiskRefusal.PriceBand(limits.PriceBand, distance / facts.Oracle.Value);
        }

        // An order's own size is measured where it is expected to fill, as the sizer does; what it may bind
        // at its worst price.
        var taken = intent.Side == Side.Buy ? facts.Ask : facts.Bid;
        var expected = (intent.Kind == OrderKind.Limit ? intent.Limit : taken) * intent.Size;
        if (expected > limits.MaxOrder) return RiskRefusal.OrderTooLarge(limits.MaxOrder, expected);
        if (expected < limits.MinOrder) return RiskRefusal.OrderTooSmall(limits.MinOrder, expected);
        var worst = intent.Limit > facts.Oracle ? intent.Limit : facts.Oracle;
        var notional = worst * intent.Size;

        // Compared as products: dividing by equity would round, and equity may be zero.
        var exposure = account.GrossExposure + notional;
        if (exposure > account.Equity * limits.LeverageCap.Value)
        {
            return RiskRefusal.LeverageTooHigh(limits.LeverageCap, exposure, account.Equity);
        }

        if (exposure > account.Equity * limits.MaxTotalExposure)
        {
            return RiskRefusal.ExposureTooHigh(limits.MaxTotalExposure, exposure, account.Equity);
        }

        return required > account.Available
            ? RiskRefusal.InsufficientBalance(account.Available, required)
            : null;
    }

    private static bool IsOnGrid(Price price, Market market) =>
        price.Value > 0m && IsMultiple(price.Value, market.TickSize);

    private static bool IsMultiple(decimal value, decimal unit) => value % unit == 0m;
}
