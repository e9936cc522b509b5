using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Engine;

/// <summary>
/// Makes an entry of a wish: prices on the grid, a size, a reservation; or the rule that forbids it.
/// </summary>
public static class EntryPlanner
{
    /// <summary>
    /// How far beyond its trigger a stop may fill: a stop that does not fill protects nobody.
    /// </summary>
    internal const decimal StopSlippage = 0.1m;

    /// <summary>
    /// Stable name of the limit that an entry's reservation sets, fees and the worst fill included.
    /// </summary>
    public const string Collateral = "collateral";

    /// <summary>Stable name of the limit that the book sets: what rests within the slippage bound.</summary>
    internal const string DepthLimit = "depth";

    /// <summary>Plans an entry and checks it against every limit.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="market">The market.</param>
    /// <param name="account">The account at the request's prices.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="facts">The market's prices.</param>
    /// <param name="now">Engine time.</param>
    internal static Result<EntryPlan, RiskRefusal> Plan(
        EntryWish wish, Market market, AccountFacts account, RiskLimits limits, MarketFacts facts,
        DateTimeOffset now)
    {
        if (RiskGate.CheckBeforeSizing(account, limits, facts, now) is { } refusal) return refusal;
        if (!Priced(wish, market, limits, facts).TryGet(out var prices, out refusal)) return refusal;
        if (!Sized(wish, prices, market, account, limits).TryGet(out var sized, out refusal)) return refusal;
        var plan = new EntryPlan
        {
            Size = sized.Size,
            Expected = prices.Entry,
            EntryLimit = prices.Limit,
            StopTrigger = prices.Stop,
            StopDistance = Math.Abs(prices.Entry.Value - prices.Stop.Value) / prices.Entry.Value,
            TargetTrigger = prices.Target,
            TargetLimit = Worst(market, prices.Target, limits.Slippage, wish.Side.Opposite()),
            ReservePerUnit = prices.Reserve,
            SizedBy = sized.By,
            Limits = sized.Considered,
        };
        var order = Order(plan, wish, market.Id, now);
        var required = plan.ReservePerUnit * plan.Size.Value;
        return RiskGate.Approve(order, market, account, limits, facts, required, now)
            .TryGet(out _, out refusal)
            ? plan
            : refusal;
    }

    /// <summary>
    /// The worst price on the grid of an order that takes: never beyond the slippage, rounded toward the
    /// market.
    /// </summary>
    public static Price Worst(Market market, Price reference, decimal slippage, Side side) =>
        side == Side.Buy
            ? market.FloorToTick(reference.Value * (1m + slippage))
            : market.CeilingToTick(reference.Value * (1m - slippage));

    /// <summary>The entry's order as the bracket has it.</summary>
    public static OrderIntent EntryOrder(Bracket bracket, Size size, ClientOrderId id, DateTimeOffset now)
    {
        var terms = bracket.AmendTo ?? bracket.Terms;
        return new OrderIntent
        {
            ClientId = id,
            Bracket = bracket.Id,
            Signal = bracket.Signal,
            Market = bracket.Market,
            Role = OrderRole.Entry,
            Kind = terms is null ? OrderKind.Market : OrderKind.Limit,
            Side = bracket.Side,
            Size = size,
            Limit = bracket.AmendTo?.Limit ?? bracket.EntryLimit,
            ReduceOnly = false,
            IntendedAt = now,
            Time = terms?.Time,
            GoodTil = now + terms?.GoodFor,
        };
    }

    /// <summary>
    /// A trigger on the grid, rounded so that it wakes earlier: up under a long, down over a short.
    /// </summary>
    public static Price Inward(Market market, decimal price, Side protectedSide) =>
        protectedSide == Side.Buy ? market.CeilingToTick(price) : market.FloorToTick(price);

    private static OrderIntent Order(EntryPlan plan, EntryWish wish, MarketId market, DateTimeOffset now) =>
        new()
        {
            ClientId = default,
            Bracket = 0,
            Market = market,
            Role = OrderRole.Entry,
            Kind = wish.Terms is null ? OrderKind.Market : OrderKind.Limit,
            Side = wish.Side,
            Size = plan.Size,
            Limit = plan.EntryLimit,
            ReduceOnly = false,
            IntendedAt = now,
        };

    private static Result<EntryPrices, RiskRefusal> Priced(
        EntryWish wish, Market market, RiskLimits limits, MarketFacts facts)
    {
        var side = wish.Side;
        var entry = wish.Terms?.Limit ?? (side == Side.Buy ? facts.Ask : facts.Bid);
        var away = entry.Value * (1m - (side.Sign() * (wish.StopDistance ?? 0m)));
        var stop = Inward(market, Math.Max(0m, wish.Stop?.Value ?? away), side);
        if (!TakeProfit.From(entry, stop, limits.RewardRisk, side).TryGet(out var reward, out var error))
        {
            return RiskRefusal.NoSize(error.Code, error.Message);
        }

        var target = Inward(market, (wish.Target ?? reward).Value, side.Opposite());
        if (side == Side.Buy ? target <= entry : target >= entry)
        {
            return RiskRefusal.NoSize("target-on-wrong-side", $"target {target}, entry {entry}");
        }

        var limit = wish.Terms?.Limit ?? Worst(market, entry, limits.Slippage, side);
        var reserve = AccountMath.ReservePerUnit(market, limits, side, limit, facts.Oracle);
        return new EntryPrices(entry, limit, stop, target, reserve);
    }

    private static Result<EntrySize, RiskRefusal> Sized(
        EntryWish wish, in EntryPrices prices, Market market, AccountFacts account, RiskLimits limits)
    {
        var request = Request(market, account, limits, wish.Side, prices.Entry, prices.Stop) with
        {
            OpenExposure = wish.OpenExposure,
        };
        if (!PositionSizer.Size(request).TryGet(out var sized, out var error))
        {
            return RiskRefusal.NoSize(error.Code, error.Message);
        }

        var considered = sized.Limits
            .Select(limit => $"{limit.Name} {Shown(limit.Quantity)} = {limit.Value}")
            .ToList();
        if (sized.Quantity.IsZero) return RiskRefusal.NoSize(sized.Reason, string.Join("; ", considered));
        var (size, by) = (sized.Quantity, sized.Reason);
        var affordable = market.FloorToStep(account.Available.Value / prices.Reserve.Value);
        if (affordable < size)
        {
            considered.Add($"{Collateral} {affordable} = {account.Available} / {prices.Reserve}");
            (size, by) = (affordable, Collateral);
        }

        if (wish.Terms is null && Resting(wish, prices.Limit) is { } resting
            && market.FloorToStep(resting.Value) is var deep && deep < size)
        {
            considered.Add($"{DepthLimit} {deep} = within {prices.Limit}");
            (size, by) = (deep, DepthLimit);
        }

        if (size <= Size.Zero) return RiskRefusal.NoSize(by, string.Join("; ", considered));
        if (wish.Size is { } wanted)
        {
            var asked = market.FloorToStep(wanted.Value);
            if (asked > size) return RiskRefusal.SizeAbove(by, size, asked);
            considered.Add($"asked {asked}");
            (size, by) = (asked, "asked");
        }

        return new EntrySize(size, by, [.. considered]);
    }

    /// <summary>An exact quantity with as many digits as a reader needs, rounded down.</summary>
    private static Size Shown(Size exact) => new(Decimals.FloorToMultiple(exact.Value, 0.00000001m));

    /// <summary>What rests within a limit; null where nobody knows.</summary>
    private static Size? Resting(EntryWish wish, Price limit)
    {
        if (wish.Depth.IsDefaultOrEmpty) return null;
        var sum = Size.Zero;
        foreach (var level in wish.Depth)
        {
            if (wish.Side == Side.Buy ? level.Price > limit : level.Price < limit) break;
            sum += level.Size;
        }

        return sum;
    }

    /// <summary>What the size of an entry in a free market follows from.</summary>
    /// <param name="market">The market.</param>
    /// <param name="account">The account at the prices of the moment.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="side">Which way.</param>
    /// <param name="entry">The expected price of the entry.</param>
    /// <param name="stop">The price of the stop, on the grid.</param>
    public static PositionSizingRequest Request(
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

    private readonly record struct EntryPrices(
        Price Entry, Price Limit, Price Stop, Price Target, Usd Reserve);

    private readonly record struct EntrySize(Size Size, string By, ImmutableArray<string> Considered);
}
