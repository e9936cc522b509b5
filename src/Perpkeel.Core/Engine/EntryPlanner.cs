using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Core.Engine;

/// <summary>
/// Makes a bracket of a plan: prices on the grid, a size, a reservation; or the rule that forbids it.
/// </summary>
internal static class EntryPlanner
{
    /// <summary>
    /// How far beyond its trigger a stop may fill: a stop that does not fill protects nobody.
    /// </summary>
    internal const decimal StopSlippage = 0.1m;

    /// <summary>
    /// Stable name of the limit that an entry's reservation sets, fees and the worst fill included.
    /// </summary>
    internal const string Collateral = "collateral";

    /// <summary>Plans an entry and checks it against every limit.</summary>
    /// <param name="plan">What the strategy wants.</param>
    /// <param name="bracketId">The bracket's number.</param>
    /// <param name="market">The market.</param>
    /// <param name="account">The account at the request's prices.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="facts">The market's prices.</param>
    /// <param name="now">Engine time.</param>
    public static Result<Fact.EntryPlanned, RiskRefusal> Plan(
        Plan.Enter plan, long bracketId, Market market, AccountFacts account, RiskLimits limits,
        MarketFacts facts, DateTimeOffset now)
    {
        if (RiskGate.CheckBeforeSizing(account, limits, facts, now) is { } refusal) return refusal;

        var side = plan.Decision.Side;
        var entry = side == Side.Buy ? facts.Ask : facts.Bid;
        var stopAt = entry.Value * (1m - (side.Sign() * plan.StopDistance));
        var stop = Inward(market, Math.Max(0m, stopAt), side);
        var sized = PositionSizer.Size(Request(market, account, limits, side, entry, stop));
        if (!sized.TryGet(out var size, out var error)) return RiskRefusal.NoSize(error.Code, error.Message);
        var considered = size.Limits
            .Select(limit => $"{limit.Name} {limit.Quantity} = {limit.Value}")
            .ToList();
        if (size.Quantity.IsZero) return RiskRefusal.NoSize(size.Reason, string.Join("; ", considered));
        if (!TakeProfit.From(entry, stop, limits.RewardRisk, side).TryGet(out var target, out error))
        {
            return RiskRefusal.NoSize(error.Code, error.Message);
        }

        var trigger = Inward(market, target.Value, side.Opposite());
        var limit = Worst(market, entry, limits.Slippage, side);
        var reserve = AccountMath.ReservePerUnit(market, limits, side, limit, facts.Oracle);
        var affordable = market.FloorToStep(account.Available.Value / reserve.Value);
        var isCut = affordable < size.Quantity;
        if (isCut) considered.Add($"{Collateral} {affordable} = {account.Available} / {reserve}");
        if (isCut && affordable.IsZero) return RiskRefusal.NoSize(Collateral, string.Join("; ", considered));
        var bracket = new Bracket
        {
            Id = bracketId,
            Market = market.Id,
            Side = side,
            Size = isCut ? affordable : size.Quantity,
            EntryLimit = limit,
            StopTrigger = stop,
            StopDistance = plan.StopDistance,
            TargetTrigger = trigger,
            TargetLimit = Worst(market, trigger, limits.Slippage, side.Opposite()),
            ProtectionDeadline = limits.ProtectionDeadline,
            ReservePerUnit = reserve,
            PlannedAt = now,
            HoldUntil = now + plan.HoldFor,
            LastPrice = facts.Oracle,
        };
        return Check(bracket, market, account, limits, facts, now) is { } forbidden
            ? forbidden
            : new Fact.EntryPlanned
            {
                EntriesFrom = now + limits.Cooldown,
                Bracket = bracket,
                SizedBy = isCut ? Collateral : size.Reason,
                Limits = [.. considered],
                Facts = facts,
            };
    }

    /// <summary>
    /// The worst price on the grid of an order that takes: never beyond the slippage, rounded toward the
    /// market.
    /// </summary>
    public static Price Worst(Market market, Price reference, decimal slippage, Side side) =>
        side == Side.Buy
            ? market.FloorToTick(reference.Value * (1m + slippage))
            : market.CeilingToTick(reference.Value * (1m - slippage));

    /// <summary>The entry's order as the plan has it.</summary>
    public static OrderIntent EntryOrder(Bracket bracket, ClientOrderId id, DateTimeOffset now) => new()
    {
        ClientId = id,
        Bracket = bracket.Id,
        Market = bracket.Market,
        Role = OrderRole.Entry,
        Kind = OrderKind.Market,
        Side = bracket.Side,
        Size = bracket.Size,
        Limit = bracket.EntryLimit,
        ReduceOnly = false,
        IntendedAt = now,
    };

    private static RiskRefusal? Check(
        Bracket bracket, Market market, AccountFacts account, RiskLimits limits, MarketFacts facts,
        DateTimeOffset now)
    {
        var required = bracket.ReservePerUnit * bracket.Size.Value;
        var approved = RiskGate.Approve(
            EntryOrder(bracket, default, now), market, account, limits, facts, required, now);
        return approved.TryGet(out _, out var refusal) ? null : refusal;
    }

    private static PositionSizingRequest Request(
        Market market, AccountFacts account, RiskLimits limits, Side side, Price entry, Price stop) => new()
        {
            Available = account.Available,
            Leverage = Leverage.Min(limits.Leverage, market.MaxLeverage),
            Side = side,
            Entry = entry,
            Stop = stop,
            RiskPerTrade = limits.RiskPerTrade,
            MaxExposure = limits.MaxMarketExposure,
            MinOrder = limits.MinOrder,
            MaxOrder = limits.MaxOrder,
            StepSize = market.StepSize,
        };

    /// <summary>
    /// A trigger on the grid, rounded so that it wakes earlier: up under a long, down over a short.
    /// </summary>
    internal static Price Inward(Market market, decimal price, Side protectedSide) =>
        protectedSide == Side.Buy ? market.CeilingToTick(price) : market.FloorToTick(price);
}
