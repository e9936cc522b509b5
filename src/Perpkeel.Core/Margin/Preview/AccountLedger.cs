using System.Collections.Immutable;
using System.Diagnostics;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>
/// Applies one change to an account. What is previewed and what is booked are this same function.
/// </summary>
public static class AccountLedger
{
    /// <summary>
    /// The account after a change, with every limit that the change is held against. A limit that does not
    /// hold is told as a refusal and the account is shown as if the change went through; a change that has no
    /// meaning (nothing to reduce, the mode of an open position) leaves the account as it is.
    /// </summary>
    /// <param name="before">The account and its margin.</param>
    /// <param name="book">The tiers.</param>
    /// <param name="change">The change.</param>
    public static Result<ChangeOutcome, AccountFault> Apply(
        AccountMargin before, TierBook book, AccountChange change)
    {
        if (!Step(before, book, change).TryGet(out var step, out var fault)
            || !step.Account.Checked().TryGet(out var account, out fault)
            || !AccountEvaluation.Of(account, step.Book).TryGet(out var after, out fault))
        {
            return fault;
        }

        var pools = Pools(before, after, step);
        var refusals = step.Refusals;
        foreach (var pool in pools)
        {
            if (!pool.IsSatisfied && pool.IsRefusal)
            {
                refusals = refusals.Add(new ChangeRefusal.LiquidatedAfter(pool.Of, pool.Value, pool.Limit));
            }
        }

        return new ChangeOutcome(after, step.Book, [.. step.Constraints, .. pools], refusals);
    }

    private static Result<ChangeStep, AccountFault> Step(
        AccountMargin before, TierBook book, AccountChange change) => change switch
        {
            AccountChange.OrderFill order => OrderStep.Of(before, book, order),
            AccountChange.PriceTo price => SettingStep.PriceTo(before, book, price),
            AccountChange.PriceBy price => SettingStep.PriceBy(before, book, price),
            AccountChange.Deposit deposit => FundsStep.Deposit(before, book, deposit.Amount),
            AccountChange.Withdrawal withdrawal => FundsStep.Withdraw(before, book, withdrawal.Amount),
            AccountChange.IsolatedTransfer transfer => FundsStep.Transfer(before, book, transfer),
            AccountChange.LeverageChange leverage => SettingStep.Leverage(before, book, leverage),
            AccountChange.ModeChange mode => SettingStep.Mode(before, book, mode),
            AccountChange.TierChange tiers => new ChangeStep(before.Account, tiers.Book),
            _ => throw new UnreachableException(),
        };

    /// <summary>Maintenance beside balance of every wallet that the change touched.</summary>
    private static IEnumerable<MarginConstraint> PoolsOf(AccountMargin margin, ChangeStep step)
    {
        if (margin.CrossMaintenance > 0m)
        {
            yield return new MarginConstraint(
                ConstraintKind.Maintenance, MarginConstraint.CrossWallet, margin.CrossMaintenance,
                margin.CrossBalance, step.IsRefusedBy(MarginConstraint.CrossWallet));
        }

        foreach (var held in margin.Positions.Where(held => held.Setting.Mode == MarginMode.Isolated))
        {
            var name = held.Key.ToString();
            yield return new MarginConstraint(
                ConstraintKind.Maintenance, name, held.Margin.TotalMaintenance, held.Margin.MarginBalance,
                step.IsRefusedBy(name));
        }
    }

    private static ImmutableArray<MarginConstraint> Pools(
        AccountMargin before, AccountMargin after, ChangeStep step) =>
        [.. PoolsOf(after, step).Except(PoolsOf(before, step))];
}

/// <summary>What came of a change.</summary>
/// <param name="After">The account and its margin after it.</param>
/// <param name="Book">The tiers after it.</param>
/// <param name="Constraints">Every limit that it was held against.</param>
/// <param name="Refusals">Why a venue would refuse it; empty when it would not.</param>
public sealed record ChangeOutcome(
    AccountMargin After, TierBook Book, ImmutableArray<MarginConstraint> Constraints,
    ImmutableArray<ChangeRefusal> Refusals)
{
    /// <summary>Whether the venue would let it happen.</summary>
    public bool IsAllowed => Refusals.IsEmpty;
}
