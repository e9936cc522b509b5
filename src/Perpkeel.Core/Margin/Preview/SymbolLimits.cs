using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>What the tiers of a symbol allow: leverage, notional, and the end of the table.</summary>
/// <remarks>
/// Held against the notional at the mark price of everything in the symbol; long and short legs of hedge mode
/// count together. Source: the venues' description of position limits; error codes -2027 and -2028.
/// </remarks>
internal static class SymbolLimits
{
    /// <summary>An order that opens or adds.</summary>
    public static ChangeStep OfOrder(ChangeStep step, TierTable table, ContractSetting setting)
    {
        var (symbol, leverage) = (setting.Symbol, setting.Leverage);
        var notional = NotionalOf(step.Account, setting);
        var most = table.MaxNotionalAt(leverage);
        var label = table.TierFor(notional);
        var allowed = label.Tier.MaxLeverage;
        var cap = new MarginConstraint(
            ConstraintKind.LastCap, symbol, notional, table.LastCap, IsRefusal: true);
        var limits = step
            .Held(cap, () => new ChangeRefusal.BeyondLastCap(symbol, notional, table.LastCap))
            .Held(
                new MarginConstraint(
                    ConstraintKind.LeverageNotional, symbol, notional, most, IsRefusal: true),
                () => new ChangeRefusal.NotionalAboveLeverage(
                    symbol, notional, leverage, most, label.IsBeyondLastCap ? null : allowed));

        // The same rule seen from the leverage: its refusal is the one above.
        return limits with
        {
            Constraints = limits.Constraints.Add(LeverageLimit(setting, leverage, allowed)),
        };
    }

    /// <summary>Another leverage for what is held.</summary>
    public static ChangeStep OfLeverage(
        ChangeStep step, TierTable table, ContractSetting setting, Leverage leverage)
    {
        var notional = NotionalOf(step.Account, setting);
        var most = table.TierFor(notional).Tier.MaxLeverage;
        return step.Held(
            LeverageLimit(setting, leverage, most),
            () => new ChangeRefusal.LeverageAboveTier(setting.Symbol, leverage, notional, most));
    }

    private static MarginConstraint LeverageLimit(
        ContractSetting setting, Leverage leverage, Leverage most) =>
        new(ConstraintKind.TierLeverage, setting.Symbol, leverage.Value, most.Value, IsRefusal: true);

    private static decimal NotionalOf(TieredAccount account, ContractSetting setting)
    {
        var size = Ratio.Of(0m);
        foreach (var position in account.Positions.Values)
        {
            if (string.Equals(position.Key.Symbol, setting.Symbol, StringComparison.Ordinal))
            {
                size += Ratio.Of(Math.Abs(position.Size));
            }
        }

        return (size * Ratio.Of(setting.MarkPrice)).RoundToNearest();
    }
}
