using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>Whether the chain allows updates of subaccounts.</summary>
/// <remarks>Source: dYdX v4-chain, subaccounts keeper.</remarks>
public static class SubaccountUpdates
{
    /// <summary>
    /// What the chain says of each update, in order. Each is looked at by itself, from the state that it
    /// names. Where one breaks the rule of isolation nothing else is looked at and the others say success.
    /// Requirements of a match are taken at the open interest after it.
    /// </summary>
    /// <param name="updates">The updates.</param>
    /// <param name="type">What they are for.</param>
    /// <param name="perpetuals">The markets.</param>
    /// <param name="areWithdrawalsBlocked">
    /// Whether the chain holds withdrawals and transfers back at this block.
    /// </param>
    public static Result<ImmutableArray<UpdateResult>, ChainError> Check(
        IReadOnlyList<SubaccountUpdate> updates, UpdateType type,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals, bool areWithdrawalsBlocked = false)
    {
        foreach (var update in updates)
        {
            if (update.Subaccount.Missing(perpetuals, update.PerpetualDeltas) is { } missing) return missing;
        }

        var isolated = updates.Select(update => Isolation(update, perpetuals)).ToImmutableArray();
        if (isolated.Any(result => result != UpdateResult.Success)) return isolated;
        if (areWithdrawalsBlocked && type is UpdateType.Withdrawal or UpdateType.Transfer)
        {
            return Repeated(UpdateResult.WithdrawalsAndTransfersBlocked, updates.Count);
        }

        if (type == UpdateType.Match)
        {
            if (!OpenInterestDelta.OfMatch(updates).TryGet(out var delta, out var error)) return error;
            perpetuals = AfterMatch(perpetuals, delta);
        }

        foreach (var delta in updates.SelectMany(update => update.PerpetualDeltas))
        {
            if (perpetuals[delta.Market].OraclePrice.IsZero)
            {
                return new ChainError.ProductPositionNotUpdatable(delta.Market);
            }
        }

        return updates.Select(update => Collateral(update, perpetuals)).ToImmutableArray();
    }

    private static ImmutableArray<UpdateResult> Repeated(UpdateResult result, int count) =>
        [.. Enumerable.Repeat(result, count)];

    private static Dictionary<MarketId, Perpetual> AfterMatch(
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals, OpenInterestDelta delta)
    {
        var market = perpetuals[delta.Market];
        return new(perpetuals)
        {
            [delta.Market] = market with { OpenInterest = market.OpenInterest + delta.BaseQuantums },
        };
    }

    /// <summary>An isolated market stands alone, in the account and in the update.</summary>
    private static UpdateResult Isolation(
        SubaccountUpdate update, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (update.PerpetualDeltas.IsEmpty) return UpdateResult.Success;
        var touched = update.PerpetualDeltas.Select(delta => delta.Market).ToList();
        var markets = update.Subaccount.Positions.Keys.Concat(touched).ToList();
        if (!markets.Exists(market => perpetuals[market].MarketType == MarketType.Isolated))
        {
            return UpdateResult.Success;
        }

        return touched.Count == 1 && markets.TrueForAll(market => market == touched[0])
            ? UpdateResult.Success
            : UpdateResult.ViolatesIsolatedSubaccountConstraints;
    }

    private static UpdateResult Collateral(
        SubaccountUpdate update, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var now = update.Subaccount.Settled(perpetuals);
        var next = now.Moved(update.UsdcDelta, update.PerpetualDeltas, perpetuals);
        return now.RiskWhenSettled(perpetuals).TransitionTo(next.RiskWhenSettled(perpetuals));
    }
}
