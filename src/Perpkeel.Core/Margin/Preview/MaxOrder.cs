using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>An order whose size is asked for.</summary>
/// <param name="Key">The position.</param>
/// <param name="Side">Buys or sells.</param>
/// <param name="Price">Fill price, above zero.</param>
/// <param name="Step">Smallest step of sizes, above zero; the answer is a multiple of it.</param>
public sealed record MaxOrderQuery(PositionKey Key, Side Side, decimal Price, decimal Step)
{
    /// <summary>Fee as a share of size x price, not negative.</summary>
    public decimal FeeRate { get; init; }

    /// <summary>The leverage to choose before; null leaves it as it is.</summary>
    public Leverage? Leverage { get; init; }

    /// <summary>Whether the order may only shrink the position.</summary>
    public bool IsReduceOnly { get; init; }
}

/// <summary>The largest order that every limit allows.</summary>
/// <remarks>
/// Found by halving over whole steps with the preview itself as the judge, so that it can promise nothing
/// that the preview refuses. What an order needs only grows with its size, what is allowed does not: one size
/// divides those that are allowed from those that are not.
/// </remarks>
/// <param name="Size">
/// Base units, a multiple of the step, never rounded up; zero when none is allowed.
/// </param>
/// <param name="Refusal">
/// Why one step more is refused; null when the largest size that is reckoned with is allowed.
/// </param>
public sealed record MaxOrder(decimal Size, ChangeRefusal? Refusal)
{
    /// <summary>Most steps that are searched through.</summary>
    private const decimal MostSteps = 1e27m;

    /// <summary>The largest order.</summary>
    /// <param name="account">The account.</param>
    /// <param name="book">The tiers.</param>
    /// <param name="query">The order without its size.</param>
    public static Result<MaxOrder, AccountFault> Of(TieredAccount account, TierBook book, MaxOrderQuery query)
    {
        if (Fault(query) is { } bad) return bad;
        if (!AccountEvaluation.Of(account, book).TryGet(out var before, out var fault)) return fault;
        if (query.Leverage is { } leverage)
        {
            var change = new AccountChange.LeverageChange(query.Key.Symbol, leverage);
            if (!AccountLedger.Apply(before, book, change).TryGet(out var chosen, out fault)) return fault;
            if (!chosen.IsAllowed) return new MaxOrder(0m, chosen.Refusals[0]);
            before = chosen.After;
        }

        if (!Ask(before, book, query, query.Step).TryGet(out var least, out fault)) return fault;
        if (!least.IsAllowed) return new MaxOrder(0m, least.Refusals[0]);
        var most = Math.Min(decimal.Floor(MarginPosition.MostSize / query.Step), MostSteps);
        if (query.IsReduceOnly || IsClosing(query))
        {
            // What cannot turn a position round ends with it.
            var held = Math.Abs(before.Find(query.Key)?.Position.Size ?? 0m);
            most = Math.Min(most, decimal.Floor(held / query.Step));
            return new MaxOrder(most * query.Step, null);
        }

        return Search(before, book, query, most);
    }

    private static MaxOrder Search(AccountMargin before, TierBook book, MaxOrderQuery query, decimal most)
    {
        var (allowed, refused) = (1m, most + 1m);
        ChangeRefusal? refusal = null;
        while (refused - allowed > 1m)
        {
            var middle = decimal.Floor((allowed + refused) / 2m);
            if (!Ask(before, book, query, middle * query.Step).TryGet(out var outcome, out _))
            {
                // Beyond the range that is reckoned with: too much in any case.
                (refused, refusal) = (middle, null);
            }
            else if (outcome.IsAllowed)
            {
                allowed = middle;
            }
            else
            {
                (refused, refusal) = (middle, outcome.Refusals[0]);
            }
        }

        return new MaxOrder(allowed * query.Step, refusal);
    }

    private static Result<ChangeOutcome, AccountFault> Ask(
        AccountMargin before, TierBook book, MaxOrderQuery query, decimal size)
    {
        // The fee is required: rounded up.
        var fee = decimal.Round(size * query.Price * query.FeeRate, 18, MidpointRounding.ToPositiveInfinity);
        return AccountLedger.Apply(
            before, book, new AccountChange.OrderFill(query.Key, query.Side, size, query.Price)
            {
                Fee = fee,
                IsReduceOnly = query.IsReduceOnly,
            });
    }

    private static bool IsClosing(MaxOrderQuery query) =>
        (query.Key.Leg == PositionLeg.LongSide && query.Side == Side.Sell)
        || (query.Key.Leg == PositionLeg.ShortSide && query.Side == Side.Buy);

    private static AccountFault.BadNumber? Fault(MaxOrderQuery query)
    {
        var name = query.Key.ToString();
        if (query.Step <= 0m || query.Price <= 0m)
        {
            var error = query.Step <= 0m
                ? new MarginInputError.NotPositive("step", query.Step)
                : new MarginInputError.NotPositive("order price", query.Price);
            return new AccountFault.BadNumber(name, error);
        }

        if (query.Price > MarginPosition.MostPrice)
        {
            return new AccountFault.BadNumber(name, new MarginInputError.BeyondRange(
                "order price", query.Price, MarginPosition.MostPrice));
        }

        if (query.Step < MarginPosition.MostSize / MostSteps || query.Step > MarginPosition.MostSize)
        {
            return new AccountFault.BadNumber(name, new MarginInputError.BeyondRange(
                "step", query.Step, MarginPosition.MostSize));
        }

        return query.FeeRate switch
        {
            < 0m => new AccountFault.BadNumber(
                name, new MarginInputError.Negative("fee rate", query.FeeRate)),
            > 1m => new AccountFault.BadNumber(
                name, new MarginInputError.BeyondRange("fee rate", query.FeeRate, 1m)),
            _ => null,
        };
    }
}
