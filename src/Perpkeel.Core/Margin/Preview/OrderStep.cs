using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>A fill in the books: first the part that closes, then the part that opens.</summary>
/// <remarks>
/// Closing brings its profit, and its share of an isolated wallet, into the cross wallet. Opening costs
/// initial margin at the fill price, open loss and the fee, all from what is available then; an isolated
/// position takes that initial margin into its wallet. What the venues leave unsaid is listed in
/// <c>docs/gaps.md</c>.
/// </remarks>
internal static class OrderStep
{
    public static Result<ChangeStep, AccountFault> Of(
        AccountMargin before, TierBook book, AccountChange.OrderFill order)
    {
        var account = before.Account;
        if (Fault(account, order) is { } fault) return fault;
        if (!account.Settings.TryGetValue(order.Key.Symbol, out var setting))
        {
            return new AccountFault.NoSetting(order.Key.Symbol);
        }

        if (!book.TryFind(order.Key.Symbol, out var tiers))
        {
            return new AccountFault.UnknownSymbol(order.Key.Symbol);
        }

        var held = account.Positions.GetValueOrDefault(order.Key)?.Size ?? 0m;
        var change = order.Size * order.Side.Sign();
        var closed = Math.Sign(held) == -Math.Sign(change) ? Math.Min(Math.Abs(held), order.Size) : 0m;
        var opened = order.IsReduceOnly ? 0m : order.Size - closed;
        if (closed == 0m && (order.IsReduceOnly || IsClosingSide(order)))
        {
            var nothing = new ChangeRefusal.NothingToReduce(order.Key, order.Side);
            return ChangeStep.Refused(account, book, nothing);
        }

        if (opened > 0m && IsClosingSide(order))
        {
            var tooMuch = new ChangeRefusal.MoreThanHeld(order.Key, order.Size, Math.Abs(held));
            return ChangeStep.Refused(account, book, tooMuch);
        }

        var reduced = closed > 0m ? Close(account, order, closed) : account;
        if (opened == 0m)
        {
            return new ChangeStep(reduced with { CrossWallet = reduced.CrossWallet - order.Fee }, book);
        }

        return Open(before, reduced, book, tiers.Table, setting, order, opened);
    }

    /// <summary>The account without so much of a position.</summary>
    private static TieredAccount Close(TieredAccount account, AccountChange.OrderFill order, decimal closed)
    {
        var position = account.Positions[order.Key];
        var size = Math.Abs(position.Size);
        var gain = (Ratio.Of(order.Price) - Ratio.Of(position.EntryPrice)) * Ratio.Of(closed);
        var profit = position.Size > 0m ? gain.RoundToNearest() : -gain.RoundToNearest();
        var released = closed == size
            ? position.IsolatedWallet
            : (Ratio.Of(position.IsolatedWallet) * Ratio.Of(closed) / Ratio.Of(size)).RoundToNearest();
        return account with
        {
            CrossWallet = MarginSum.Of([account.CrossWallet, profit, released]),
            Positions = closed == size
                ? account.Positions.Remove(order.Key)
                : account.Positions.SetItem(order.Key, position with
                {
                    Size = position.Size + (closed * order.Side.Sign()),
                    IsolatedWallet = position.IsolatedWallet - released,
                }),
        };
    }

    private static Result<ChangeStep, AccountFault> Open(
        AccountMargin before, TieredAccount reduced, TierBook book, TierTable table, ContractSetting setting,
        AccountChange.OrderFill order, decimal opened)
    {
        var at = before;
        if (!ReferenceEquals(reduced, before.Account)
            && !AccountEvaluation.Of(reduced, book).TryGet(out at, out var fault))
        {
            return fault;
        }

        if (!OrderCost.Of(
            table, opened * order.Side.Sign(), order.Price, setting.MarkPrice, setting.Leverage.Value)
            .TryGet(out var cost, out var error))
        {
            return new AccountFault.BadNumber(order.Key.ToString(), error);
        }

        var needed = MarginSum.Of([cost.Initial, cost.OpenLoss, Math.Max(order.Fee, 0m)]);
        var moved = setting.Mode == MarginMode.Isolated ? cost.Initial : 0m;
        var account = reduced with
        {
            CrossWallet = MarginSum.Of([reduced.CrossWallet, -moved, -order.Fee]),
            Positions = reduced.Positions.SetItem(
                order.Key, Added(reduced.Positions.GetValueOrDefault(order.Key), order, opened, moved)),
        };
        var of = order.Key.ToString();
        var step = new ChangeStep(account, book, IsNewRisk: true).Held(
            new MarginConstraint(ConstraintKind.AvailableBalance, of, needed, at.Available, IsRefusal: true),
            () => new ChangeRefusal.NotEnoughAvailable(of, needed, at.Available));
        return SymbolLimits.OfOrder(step, table, setting);
    }

    private static HeldPosition Added(
        HeldPosition? held, AccountChange.OrderFill order, decimal opened, decimal moved)
    {
        var change = opened * order.Side.Sign();
        if (held is null) return new HeldPosition(order.Key, change, order.Price, moved);
        var size = Ratio.Of(Math.Abs(held.Size)) + Ratio.Of(opened);
        var worth = (Ratio.Of(Math.Abs(held.Size)) * Ratio.Of(held.EntryPrice))
            + (Ratio.Of(opened) * Ratio.Of(order.Price));
        return held with
        {
            Size = held.Size + change,
            EntryPrice = (worth / size).RoundToNearest(),
            IsolatedWallet = held.IsolatedWallet + moved,
        };
    }

    /// <summary>Whether the side can only close: a leg of hedge mode is never turned round.</summary>
    private static bool IsClosingSide(AccountChange.OrderFill order) =>
        (order.Key.Leg == PositionLeg.LongSide && order.Side == Side.Sell)
        || (order.Key.Leg == PositionLeg.ShortSide && order.Side == Side.Buy);

    private static AccountFault? Fault(TieredAccount account, AccountChange.OrderFill order)
    {
        var name = order.Key.ToString();
        if (order.Key.Leg == PositionLeg.None) return new AccountFault.WrongLeg(order.Key, order.Size);
        if (order.Side == Side.None) return new AccountFault.NoSide(order.Key);
        if (order.Size <= 0m)
        {
            return new AccountFault.BadNumber(
                name, new MarginInputError.NotPositive("order size", order.Size));
        }

        if (order.Size > MarginPosition.MostSize)
        {
            return new AccountFault.BadNumber(name, new MarginInputError.BeyondRange(
                "order size", order.Size, MarginPosition.MostSize));
        }

        if (order.Price is <= 0m or > MarginPosition.MostPrice)
        {
            return new AccountFault.BadNumber(name, order.Price <= 0m
                ? new MarginInputError.NotPositive("order price", order.Price)
                : new MarginInputError.BeyondRange("order price", order.Price, MarginPosition.MostPrice));
        }

        if (!account.Positions.IsEmpty && account.IsHedged == (order.Key.Leg == PositionLeg.Net))
        {
            return new AccountFault.MixedModes(order.Key);
        }

        return MarginSum.Beyond(name, "fee", order.Fee);
    }
}
