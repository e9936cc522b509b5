using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>
/// An account on a venue with tiers: a cross wallet, positions, and for each symbol a mark price, a leverage
/// and a mode. All money is in one asset; a venue that keeps wallets in several has an account for each.
/// Checked when it is made; never changes.
/// </summary>
public sealed record TieredAccount
{
    private TieredAccount()
    {
    }

    /// <summary>The asset of all money in it, e.g. <c>USDT</c>.</summary>
    public required string Asset { get; init; }

    /// <summary>
    /// Balance of the cross wallet, without unrealised profit and without isolated wallets.
    /// </summary>
    public required decimal CrossWallet { get; init; }

    /// <summary>Initial margin that open orders hold, as the venue tells it.</summary>
    public required decimal OpenOrderInitial { get; init; }

    /// <summary>Mark price, leverage and mode by symbol.</summary>
    public required ImmutableSortedDictionary<string, ContractSetting> Settings { get; init; }

    /// <summary>All positions.</summary>
    public required ImmutableSortedDictionary<PositionKey, HeldPosition> Positions { get; init; }

    /// <summary>Whether its positions are those of hedge mode.</summary>
    public bool IsHedged => Positions.Values.Any(position => position.Key.Leg != PositionLeg.Net);

    /// <summary>Checks the figures and makes them an account.</summary>
    /// <param name="asset">The asset of all money in it.</param>
    /// <param name="crossWallet">Balance of the cross wallet.</param>
    /// <param name="settings">One for each symbol; also for those that orders may open.</param>
    /// <param name="positions">The positions, none of size zero.</param>
    /// <param name="openOrderInitial">Initial margin of open orders, not negative.</param>
    public static Result<TieredAccount, AccountFault> Create(
        string asset, decimal crossWallet, IEnumerable<ContractSetting> settings,
        IEnumerable<HeldPosition> positions, decimal openOrderInitial = 0m)
    {
        if (MarginSum.Beyond(asset, "cross wallet", crossWallet) is { } tooMuch) return tooMuch;
        if (MarginSum.Beyond(asset, "margin of open orders", openOrderInitial) is { } tooMany) return tooMany;
        if (openOrderInitial < 0m)
        {
            return new AccountFault.BadNumber(
                asset, new MarginInputError.Negative("margin of open orders", openOrderInitial));
        }

        var bySymbol = ImmutableSortedDictionary.CreateBuilder<string, ContractSetting>(
            StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            if (Fault(setting) is { } fault) return fault;
            if (!bySymbol.TryAdd(setting.Symbol, setting)) return new AccountFault.Twice(setting.Symbol);
        }

        var byKey = ImmutableSortedDictionary.CreateBuilder<PositionKey, HeldPosition>();
        foreach (var position in positions)
        {
            if (!bySymbol.TryGetValue(position.Key.Symbol, out var setting))
            {
                return new AccountFault.NoSetting(position.Key.Symbol);
            }

            if (Fault(position, setting) is { } fault) return fault;
            if (!byKey.TryAdd(position.Key, position)) return new AccountFault.Twice($"{position.Key}");
            if ((byKey.First().Key.Leg == PositionLeg.Net) != (position.Key.Leg == PositionLeg.Net))
            {
                return new AccountFault.MixedModes(position.Key);
            }
        }

        return new TieredAccount
        {
            Asset = asset,
            CrossWallet = crossWallet,
            OpenOrderInitial = openOrderInitial,
            Settings = bySymbol.ToImmutable(),
            Positions = byKey.ToImmutable(),
        };
    }

    /// <inheritdoc/>
    public bool Equals(TieredAccount? other) =>
        other is not null
        && string.Equals(Asset, other.Asset, StringComparison.Ordinal)
        && CrossWallet == other.CrossWallet
        && OpenOrderInitial == other.OpenOrderInitial
        && Settings.Values.SequenceEqual(other.Settings.Values)
        && Positions.Values.SequenceEqual(other.Positions.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CrossWallet, Settings.Count, Positions.Count);

    /// <summary>The checks again, after a change.</summary>
    internal Result<TieredAccount, AccountFault> Checked() =>
        Create(Asset, CrossWallet, Settings.Values, Positions.Values, OpenOrderInitial);

    private static AccountFault? Fault(ContractSetting setting)
    {
        if (setting.Mode == MarginMode.None) return new AccountFault.WrongMode(setting.Symbol);

        // The position stands for any that may be opened: it only carries the two numbers to their checks.
        return MarginPosition.Create(
            1m, 1m, setting.MarkPrice, setting.Leverage.Value, MarginCollateral.Isolated(0m))
            .TryGet(out _, out var error)
            ? null
            : new AccountFault.BadNumber(setting.Symbol, error);
    }

    private static AccountFault? Fault(HeldPosition position, ContractSetting setting)
    {
        var isRightLeg = position.Key.Leg switch
        {
            PositionLeg.Net => true,
            PositionLeg.LongSide => position.Size >= 0m,
            PositionLeg.ShortSide => position.Size <= 0m,
            _ => false,
        };
        if (!isRightLeg) return new AccountFault.WrongLeg(position.Key, position.Size);
        if (setting.Mode == MarginMode.Cross && position.IsolatedWallet != 0m)
        {
            return new AccountFault.WrongMode(position.Key.Symbol);
        }

        var name = $"{position.Key}";
        if (!MarginPosition.Create(
            position.Size, position.EntryPrice, setting.MarkPrice, setting.Leverage.Value,
            MarginCollateral.Isolated(position.IsolatedWallet)).TryGet(out _, out var error))
        {
            return new AccountFault.BadNumber(name, error);
        }

        return MarginSum.Beyond(name, "notional", position.Size * setting.MarkPrice)
            ?? MarginSum.Beyond(name, "cost", position.Size * position.EntryPrice);
    }
}
