using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>The largest order that every limit allows.</summary>
/// <remarks>
/// Found by halving over whole steps with the preview itself as the judge, so that it can promise nothing
/// that the preview refuses. Where no wallet is liquidatable before the order, one size divides those that
/// are allowed from those that are not: what an order needs only grows with its size, and what a wallet has
/// above its maintenance bends downward as the order grows, so that it does not come back above zero. Beside
/// a liquidatable wallet a much larger order can bring so much margin with it that it is allowed again; that
/// is not looked for, because the venue liquidates first.
/// </remarks>
/// <param name="Size">
/// Base units, a multiple of the step, never rounded up; zero when not even one step is allowed.
/// </param>
/// <param name="Refusal">
/// Why one step more is not allowed: the preview's refusal, and of an order that may only reduce, which would
/// be filled in part, that there is no more to reduce. Null when the largest size that is reckoned with is
/// allowed.
/// </param>
public sealed record MaxOrder(decimal Size, ChangeRefusal? Refusal)
{
    /// <summary>The largest order.</summary>
    /// <param name="account">The account.</param>
    /// <param name="book">The tiers.</param>
    /// <param name="query">The order without its size.</param>
    public static Result<MaxOrder, AccountFault> Of(TieredAccount account, TierBook book, MaxOrderQuery query)
    {
        if (query.Fault() is { } bad) return bad;
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
        return query.IsClosing
            ? Closing(before, book, query)
            : Search(before, book, query, MarginPosition.MostSize);
    }

    /// <summary>
    /// What cannot turn a position round ends with it, or where the account leaves the range that is
    /// reckoned with.
    /// </summary>
    private static MaxOrder Closing(AccountMargin before, TierBook book, MaxOrderQuery query)
    {
        var held = Math.Abs(before.Find(query.Key)?.Position.Size ?? 0m);
        var size = Ratio.Of(held).FloorToMultiple(Ratio.Of(query.Step)).RoundToNearest();
        var isWhole = size == 0m
            || (Ask(before, book, query, size).TryGet(out var outcome, out _) && outcome.IsAllowed);
        return isWhole
            ? new MaxOrder(size, new ChangeRefusal.MoreThanHeld(query.Key, size + query.Step, held))
            : Search(before, book, query, size);
    }

    private static MaxOrder Search(AccountMargin before, TierBook book, MaxOrderQuery query, decimal largest)
    {
        var most = Math.Min(decimal.Floor(largest / query.Step), MaxOrderQuery.MostSteps);
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
        AccountMargin before, TierBook book, MaxOrderQuery query, decimal size) =>
        AccountLedger.Apply(before, book, query.Fill(size));
}
