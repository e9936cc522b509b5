using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>Another mark price, leverage or mode.</summary>
internal static class SettingStep
{
    /// <summary>Largest share by which prices are moved: a million times up.</summary>
    private const decimal MostFraction = 1e6m;

    public static Result<ChangeStep, AccountFault> PriceTo(
        AccountMargin before, TierBook book, AccountChange.PriceTo change)
    {
        var account = before.Account;
        return account.Settings.TryGetValue(change.Symbol, out var setting)
            ? new ChangeStep(With(account, setting with { MarkPrice = change.Price }), book)
            : new AccountFault.NoSetting(change.Symbol);
    }

    public static Result<ChangeStep, AccountFault> PriceBy(
        AccountMargin before, TierBook book, AccountChange.PriceBy change)
    {
        var account = before.Account;
        var name = change.Symbol ?? account.Asset;
        if (change.Symbol is { } symbol && !account.Settings.ContainsKey(symbol))
        {
            return new AccountFault.NoSetting(symbol);
        }

        if (change.Fraction is <= -1m or > MostFraction)
        {
            return new AccountFault.BadNumber(name, change.Fraction <= -1m
                ? new MarginInputError.NotPositive(
                    "mark price", 1m + Math.Max(change.Fraction, -MostFraction))
                : new MarginInputError.BeyondRange("move of the mark price", change.Fraction, MostFraction));
        }

        var factor = Ratio.Of(1m) + Ratio.Of(change.Fraction);
        foreach (var setting in account.Settings.Values)
        {
            if (change.Symbol is null
                || string.Equals(setting.Symbol, change.Symbol, StringComparison.Ordinal))
            {
                var moved = (Ratio.Of(setting.MarkPrice) * factor).RoundToNearest();
                account = With(account, setting with { MarkPrice = moved });
            }
        }

        return new ChangeStep(account, book);
    }

    public static Result<ChangeStep, AccountFault> Leverage(
        AccountMargin before, TierBook book, AccountChange.LeverageChange change)
    {
        var account = before.Account;
        if (!account.Settings.TryGetValue(change.Symbol, out var setting))
        {
            return new AccountFault.NoSetting(change.Symbol);
        }

        if (!book.TryFind(change.Symbol, out var tiers)) return new AccountFault.UnknownSymbol(change.Symbol);
        if (change.Leverage.Value < 1m)
        {
            return new AccountFault.BadNumber(
                change.Symbol, new MarginInputError.LeverageBelowOne(change.Leverage.Value));
        }

        HeldMargin[] held = [.. before.Positions.Where(position => IsOf(position, change.Symbol))];
        if (held.Length > 0 && setting.Mode == MarginMode.Isolated && change.Leverage < setting.Leverage)
        {
            return ChangeStep.Refused(account, book, new ChangeRefusal.LoweredInIsolation(
                change.Symbol, setting.Leverage, change.Leverage));
        }

        var after = With(account, setting with { Leverage = change.Leverage });
        var step = SymbolLimits.OfLeverage(
            new ChangeStep(after, book), tiers.Table, setting, change.Leverage);
        if (held.Length == 0 || setting.Mode != MarginMode.Cross) return step;

        // A lower leverage ties up more of the cross wallet.
        var more = MarginSum.Of([
            .. held.Select(position => position.Margin.Notional / change.Leverage.Value),
            .. held.Select(position => -position.Margin.Initial),
        ]);
        if (more <= 0m) return step;
        return step.Held(
            new MarginConstraint(
                ConstraintKind.AvailableBalance, change.Symbol, more, before.Available, IsRefusal: true),
            () => new ChangeRefusal.NotEnoughAvailable(change.Symbol, more, before.Available));
    }

    public static Result<ChangeStep, AccountFault> Mode(
        AccountMargin before, TierBook book, AccountChange.ModeChange change)
    {
        var account = before.Account;
        if (!account.Settings.TryGetValue(change.Symbol, out var setting))
        {
            return new AccountFault.NoSetting(change.Symbol);
        }

        if (change.Mode != setting.Mode && before.Positions.Any(position => IsOf(position, change.Symbol)))
        {
            return ChangeStep.Refused(account, book, new ChangeRefusal.ModeOfOpenPosition(change.Symbol));
        }

        return new ChangeStep(With(account, setting with { Mode = change.Mode }), book);
    }

    private static TieredAccount With(TieredAccount account, ContractSetting setting) =>
        account with { Settings = account.Settings.SetItem(setting.Symbol, setting) };

    private static bool IsOf(HeldMargin held, string symbol) =>
        string.Equals(held.Key.Symbol, symbol, StringComparison.Ordinal);
}
