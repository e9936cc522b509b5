using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>Reckons the margin of a whole account.</summary>
/// <remarks>
/// Cross positions share the cross wallet: each is liquidated where wallet and profits of all no longer
/// exceed the maintenance of all. Source: the exchange's liquidation formula with WB, TMM1 and UPNL1. Initial
/// margin of a position is its notional at the mark price over the chosen leverage.
/// </remarks>
public static class AccountEvaluation
{
    /// <summary>
    /// The margin of every position and of all together; <see cref="AccountFault.UnknownSymbol"/> when the
    /// book has no tiers for one of them.
    /// </summary>
    public static Result<AccountMargin, AccountFault> Of(TieredAccount account, TierBook book)
    {
        HeldPosition[] held = [.. account.Positions.Values];
        var tables = new TierTable[held.Length];
        var alone = new MarginResult[held.Length];
        for (var i = 0; i < held.Length; i++)
        {
            if (!book.TryFind(held[i].Key.Symbol, out var configuration))
            {
                return new AccountFault.UnknownSymbol(held[i].Key.Symbol);
            }

            tables[i] = configuration.Table;
            if (!Reckon(account, held[i], tables[i], MarginCollateral.Isolated(held[i].IsolatedWallet))
                .TryGet(out alone[i], out var fault))
            {
                return fault;
            }
        }

        var cross = Cross.Of(account, held, alone);
        if (cross.Fault(account.Asset) is { } beyond) return beyond;
        var positions = ImmutableArray.CreateBuilder<HeldMargin>(held.Length);
        for (var i = 0; i < held.Length; i++)
        {
            var setting = account.Settings[held[i].Key.Symbol];
            var margin = alone[i];
            if (setting.Mode == MarginMode.Cross
                && !Reckon(account, held[i], tables[i], cross.Behind(account, i))
                    .TryGet(out margin, out var fault))
            {
                return fault;
            }

            if (HedgeOf(account, held, tables[i], cross, i, out var hedge) is { } bad) return bad;
            positions.Add(new HeldMargin
            {
                Position = held[i],
                Setting = setting,
                Margin = margin,
                Hedge = hedge,
            });
        }

        return Total(account, positions.MoveToImmutable(), cross);
    }

    private static Result<MarginResult, AccountFault> Reckon(
        TieredAccount account, HeldPosition position, TierTable table, in MarginCollateral collateral)
    {
        var setting = account.Settings[position.Key.Symbol];
        return MarginPosition.Create(
            position.Size, position.EntryPrice, setting.MarkPrice, setting.Leverage.Value, collateral)
            .TryGet(out var checkedPosition, out var error)
            ? MarginCalculator.Calculate(table, checkedPosition)
            : new AccountFault.BadNumber($"{position.Key}", error);
    }

    /// <summary>
    /// Both legs of a symbol when both are held and cross; they stand beside each other in the order of
    /// names.
    /// </summary>
    private static AccountFault.BadNumber? HedgeOf(
        TieredAccount account, HeldPosition[] held, TierTable table, Cross cross, int index,
        out HedgeResult? hedge)
    {
        hedge = null;
        var key = held[index].Key;
        var setting = account.Settings[key.Symbol];
        if (key.Leg == PositionLeg.Net || setting.Mode != MarginMode.Cross) return null;
        var first = key.Leg == PositionLeg.LongSide ? index : index - 1;
        if (first < 0 || first + 1 >= held.Length) return null;
        var (longLeg, shortLeg) = (held[first], held[first + 1]);
        if (longLeg.Key != PositionKey.LongOf(key.Symbol) || shortLeg.Key != PositionKey.ShortOf(key.Symbol))
        {
            return null;
        }

        if (!HedgePosition.Create(
            longLeg.Size, longLeg.EntryPrice, -shortLeg.Size, shortLeg.EntryPrice, setting.MarkPrice,
            cross.Behind(account, first, first + 1)).TryGet(out var pair, out var error))
        {
            return new AccountFault.BadNumber(key.Symbol, error);
        }

        hedge = HedgeCalculator.Calculate(table, pair);
        return null;
    }

    private static AccountMargin Total(
        TieredAccount account, ImmutableArray<HeldMargin> positions, Cross cross)
    {
        var isolated = positions.Where(held => held.Setting.Mode == MarginMode.Isolated).ToArray();
        var crossInitial = MarginSum.Of([
            .. positions.Where(held => held.Setting.Mode == MarginMode.Cross)
                .Select(held => held.Margin.Initial),
        ]);
        var pnl = MarginSum.Of(cross.Pnls);
        var balance = MarginSum.Of([account.CrossWallet, .. cross.Pnls]);
        var maintenance = MarginSum.Of(cross.Maintenances);
        return new AccountMargin
        {
            Account = account,
            Positions = positions,
            Notional = MarginSum.Of([.. positions.Select(held => held.Margin.Notional)]),
            CrossMaintenance = maintenance,
            CrossInitial = crossInitial,
            CrossUnrealizedPnl = pnl,
            CrossBalance = balance,
            Maintenance = MarginSum.Of([maintenance, .. isolated.Select(held => held.Margin.Maintenance)]),
            Initial = MarginSum.Of([crossInitial, .. isolated.Select(held => held.Margin.Initial)]),
            Equity = MarginSum.Of([balance, .. isolated.Select(held => held.Margin.MarginBalance)]),
            Available = MarginSum.Of([balance, -crossInitial, -account.OpenOrderInitial]),
            Withdrawable = MarginSum.Of([
                account.CrossWallet, Math.Min(pnl, 0m), -crossInitial, -account.OpenOrderInitial,
            ]),
        };
    }

    /// <summary>What each cross position needs and gains; nothing for isolated ones.</summary>
    private readonly record struct Cross(decimal[] Maintenances, decimal[] Pnls)
    {
        public static Cross Of(TieredAccount account, HeldPosition[] held, MarginResult[] alone)
        {
            var cross = new Cross(new decimal[held.Length], new decimal[held.Length]);
            for (var i = 0; i < held.Length; i++)
            {
                if (account.Settings[held[i].Key.Symbol].Mode != MarginMode.Cross) continue;
                cross.Maintenances[i] = alone[i].Maintenance;
                cross.Pnls[i] = alone[i].UnrealizedPnl;
            }

            return cross;
        }

        public MarginCollateral Behind(TieredAccount account, int index) => MarginCollateral.Cross(
            account.CrossWallet, MarginSum.Of(Maintenances, index), MarginSum.Of(Pnls, index));

        /// <summary>What backs two legs: the wallet, and what all others need and gain.</summary>
        public MarginCollateral Behind(TieredAccount account, int one, int other) => MarginCollateral.Cross(
            account.CrossWallet, MarginSum.Of(Maintenances, one, other), MarginSum.Of(Pnls, one, other));

        public AccountFault? Fault(string asset) =>
            MarginSum.Beyond(asset, "maintenance of all cross positions", MarginSum.Of(Maintenances))
            ?? MarginSum.Beyond(asset, "profit of all cross positions", MarginSum.Of(Pnls));
    }
}
