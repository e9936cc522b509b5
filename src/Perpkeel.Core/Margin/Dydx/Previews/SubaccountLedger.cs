using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>
/// Applies one change to a subaccount and its markets, by the chain's own rules of updates.
/// </summary>
internal static class SubaccountLedger
{
    /// <summary>
    /// What a change makes of them. A rule that refuses it is told, and the account is shown as if it went
    /// through.
    /// </summary>
    public static Result<SubaccountStep, ChainError> Apply(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets,
        SubaccountChange change) => change switch
        {
            SubaccountChange.Fill fill => Fill(before, markets, fill),
            SubaccountChange.PriceTo price => Moved(before, markets, price.Market, price.Price.Sign > 0,
                market => market with { OraclePrice = price.Price }),
            SubaccountChange.PriceBy price => PriceBy(before, markets, price),
            SubaccountChange.Deposit deposit => deposit.Amount.Sign > 0
                ? Updated(before, markets, deposit.Amount, [], UpdateType.Deposit)
                : new ChainError.InvalidChange($"A deposit of {deposit.Amount}"),
            SubaccountChange.Withdrawal withdrawal => withdrawal.Amount.Sign > 0
                ? Updated(
                    before, markets, -withdrawal.Amount, [], UpdateType.Withdrawal, withdrawal.AreBlocked)
                : new ChainError.InvalidChange($"A withdrawal of {withdrawal.Amount}"),
            SubaccountChange.LeverageChoice choice => Chosen(before, markets, choice),
            SubaccountChange.OpenInterestTo open => Moved(
                before, markets, open.Market, open.BaseQuantums.Sign >= 0,
                market => market with { OpenInterest = open.BaseQuantums }),
            SubaccountChange.TierChange tier => Moved(before, markets, tier.Market, isValid: true,
                market => market with { LiquidityTier = tier.Tier }),
            _ => throw new UnreachableException(),
        };

    private static Result<SubaccountStep, ChainError> Fill(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets,
        SubaccountChange.Fill fill)
    {
        if (!markets.TryGetValue(fill.Market, out var market))
        {
            return new ChainError.PerpetualDoesNotExist(fill.Market);
        }

        if (fill.Quantums.IsZero || fill.Worth.Sign < 0)
        {
            return new ChainError.InvalidChange($"A fill of {fill.Quantums} quantums for {fill.Worth}");
        }

        var held = before.Account.QuantumsIn(fill.Market);
        var opened = fill.OpenInterestDelta ?? Opened(held, fill.Quantums);
        var after = markets.SetItem(
            fill.Market,
            market with { OpenInterest = BigInteger.Max(0, market.OpenInterest + opened) });
        var fee = Rounding.CeilingDivide(fill.Worth * fill.Fee.Value, Ppm.One);
        return Updated(
            before, after, (-fill.Quantums.Sign * fill.Worth) - fee,
            [new PerpetualDelta(fill.Market, fill.Quantums)], UpdateType.CollatCheck);
    }

    /// <summary>
    /// How much of a fill opens rather than closes: the most that open interest can grow by it.
    /// </summary>
    private static BigInteger Opened(BigInteger held, BigInteger quantums)
    {
        var closed = held.Sign == -quantums.Sign
            ? BigInteger.Min(BigInteger.Abs(held), BigInteger.Abs(quantums))
            : BigInteger.Zero;
        return BigInteger.Abs(quantums) - closed;
    }

    /// <summary>
    /// An update of the account, judged by the chain's rule at the markets as they are given.
    /// </summary>
    private static Result<SubaccountStep, ChainError> Updated(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets, BigInteger usdc,
        ImmutableArray<PerpetualDelta> deltas, UpdateType type, bool areBlocked = false)
    {
        var update = new SubaccountUpdate
        {
            Subaccount = before.Account,
            UsdcDelta = usdc,
            PerpetualDeltas = deltas,
        };
        if (!SubaccountUpdates.Check([update], type, markets, areBlocked)
            .TryGet(out var results, out var error)
            || !before.Account.Apply(usdc, deltas, markets).TryGet(out var account, out error)
            || !SubaccountMargin.Of(account, markets).TryGet(out var after, out error)
            || !before.Account.Risk(markets).TryGet(out var from, out error))
        {
            return error;
        }

        var to = after.Risk;
        var step = new SubaccountStep(after, markets);
        return results[0] switch
        {
            UpdateResult.ViolatesIsolatedSubaccountConstraints => step
                .Refused(SubaccountRule.Isolation, new SubaccountRefusal.IsolationBroken())
                .Standing(),
            UpdateResult.WithdrawalsAndTransfersBlocked => step
                .Refused(SubaccountRule.WithdrawalsOpen, new SubaccountRefusal.WithdrawalsBlocked())
                .Standing(),
            UpdateResult.NewlyUndercollateralized => step
                .Transition(from, isAllowed: false, new SubaccountRefusal.NewlyUndercollateralized(to)),
            UpdateResult.StillUndercollateralized => step
                .Transition(from, isAllowed: false, new SubaccountRefusal.StillUndercollateralized(from, to)),
            _ => step.Transition(from, isAllowed: true, null),
        };
    }

    private static Result<SubaccountStep, ChainError> Chosen(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets,
        SubaccountChange.LeverageChoice choice)
    {
        SubaccountRefusal? refusal = null;
        if (!before.Account.ChooseInitialMargin(choice.Market, choice.Fraction, markets)
            .TryGet(out var account, out var error))
        {
            if (error is not ChainError.LeverageExceedsMaximum
                and not ChainError.LeverageViolatesMarginRequirements)
            {
                return error;
            }

            refusal = new SubaccountRefusal.LeverageRefused(error);
            account = before.Account with
            {
                CustomInitialMarginPpm =
                    before.Account.CustomInitialMarginPpm.SetItem(choice.Market, choice.Fraction),
            };
        }

        if (!SubaccountMargin.Of(account, markets).TryGet(out var after, out error)) return error;
        var least = markets[choice.Market].LiquidityTier.InitialMarginPpm;
        return new SubaccountStep(after, markets)
        {
            Refusal = refusal,
            Constraints =
            [
                new SubaccountConstraint(
                    SubaccountRule.LeastFraction, least.Value, choice.Fraction.Value,
                    choice.Fraction.Value >= least.Value, IsRefusal: choice.Fraction.Value < least.Value),
                new SubaccountConstraint(
                    SubaccountRule.InitialMargin, after.Risk.Initial, after.Risk.NetCollateral,
                    after.Risk.IsInitialCollateralized, IsRefusal: !after.Risk.IsInitialCollateralized),
            ],
        };
    }

    private static Result<SubaccountStep, ChainError> PriceBy(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets,
        SubaccountChange.PriceBy change)
    {
        if (change.Market is { } only && !markets.ContainsKey(only))
        {
            return new ChainError.PerpetualDoesNotExist(only);
        }

        if (change.Share.Value <= -Ppm.One)
        {
            return new ChainError.InvalidChange($"A move of prices by {change.Share}");
        }

        var moved = markets;
        foreach (var (id, market) in markets)
        {
            if (change.Market is { } one ? one != id : market.OraclePrice.IsZero) continue;
            var price = market.OraclePrice * (Ppm.One + (BigInteger)change.Share.Value) / Ppm.One;
            if (price.Sign <= 0) return new ChainError.InvalidChange($"An oracle price of {price} in {id}");
            moved = moved.SetItem(id, market with { OraclePrice = price });
        }

        return Stand(before, moved);
    }

    private static Result<SubaccountStep, ChainError> Moved(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets, MarketId id,
        bool isValid, Func<Perpetual, Perpetual> change)
    {
        if (!markets.TryGetValue(id, out var market)) return new ChainError.PerpetualDoesNotExist(id);
        return isValid
            ? Stand(before, markets.SetItem(id, change(market)))
            : new ChainError.InvalidChange($"A price not above zero, or a negative open interest, in {id}");
    }

    /// <summary>The same account at other markets: nothing is asked of the chain.</summary>
    private static Result<SubaccountStep, ChainError> Stand(
        SubaccountMargin before, ImmutableSortedDictionary<MarketId, Perpetual> markets) =>
        SubaccountMargin.Of(before.Account, markets).TryGet(out var after, out var error)
            ? new SubaccountStep(after, markets).Standing()
            : error;
}
