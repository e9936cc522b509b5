using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>Money that comes, leaves or moves between wallets.</summary>
internal static class FundsStep
{
    public static Result<ChangeStep, AccountFault> Deposit(
        AccountMargin before, TierBook book, decimal amount)
    {
        var account = before.Account;
        if (Fault(account.Asset, "deposit", amount) is { } fault) return fault;
        return new ChangeStep(account with { CrossWallet = Sum(account.CrossWallet, amount) }, book);
    }

    public static Result<ChangeStep, AccountFault> Withdraw(
        AccountMargin before, TierBook book, decimal amount)
    {
        var account = before.Account;
        if (Fault(account.Asset, "withdrawal", amount) is { } fault) return fault;
        var after = account with { CrossWallet = Sum(account.CrossWallet, -amount) };
        return new ChangeStep(after, book, IsNewRisk: true).Held(
            new MarginConstraint(
                ConstraintKind.Withdrawable, MarginConstraint.CrossWallet, amount, before.Withdrawable,
                IsRefusal: true),
            () => new ChangeRefusal.WithdrawalTooLarge(amount, before.Withdrawable));
    }

    public static Result<ChangeStep, AccountFault> Transfer(
        AccountMargin before, TierBook book, AccountChange.IsolatedTransfer transfer)
    {
        var account = before.Account;
        var name = transfer.Key.ToString();
        if (Fault(name, "transfer", Math.Abs(transfer.Amount)) is { } fault) return fault;
        if (before.Find(transfer.Key) is not { Setting.Mode: MarginMode.Isolated } held)
        {
            return ChangeStep.Refused(account, book, new ChangeRefusal.NotIsolated(transfer.Key));
        }

        var after = account with
        {
            CrossWallet = Sum(account.CrossWallet, -transfer.Amount),
            Positions = account.Positions.SetItem(transfer.Key, held.Position with
            {
                IsolatedWallet = Sum(held.Position.IsolatedWallet, transfer.Amount),
            }),
        };

        // Whoever gives is judged as after an order; more money is never a risk to whoever receives.
        var step = new ChangeStep(after, book, IsNewRisk: true)
        {
            Giver = transfer.Amount > 0m ? MarginConstraint.CrossWallet : name,
        };
        if (transfer.Amount > 0m)
        {
            return step.Held(
                new MarginConstraint(
                    ConstraintKind.Withdrawable, MarginConstraint.CrossWallet, transfer.Amount,
                    before.Withdrawable, IsRefusal: true),
                () => new ChangeRefusal.TransferTooLarge(
                    transfer.Key, transfer.Amount, before.Withdrawable));
        }

        var most = MarginSum.Of([
            held.Position.IsolatedWallet, Math.Min(held.Margin.UnrealizedPnl, 0m), -held.Margin.Initial,
        ]);
        return step.Held(
            new MarginConstraint(
                ConstraintKind.IsolatedRemoval, name, -transfer.Amount, most, IsRefusal: true),
            () => new ChangeRefusal.IsolatedMarginNeeded(transfer.Key, -transfer.Amount, most));
    }

    private static decimal Sum(decimal left, decimal right) => MarginSum.Of([left, right]);

    private static AccountFault? Fault(string owner, string name, decimal amount) => amount <= 0m
        ? new AccountFault.BadNumber(owner, new MarginInputError.NotPositive(name, amount))
        : MarginSum.Beyond(owner, name, amount);
}
