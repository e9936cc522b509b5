using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// What a node does after a commit, before anything new comes: its fills belong to the next block.
/// </summary>
/// <remarks>
/// In this order: short-term orders whose block is over, what a restart loses, long-term orders of the block
/// and legs of TWAPs, triggered orders, liquidations, deleveraging, the hold on withdrawals.
/// </remarks>
internal sealed class BlockPreparation(VenueState state)
{
    private readonly List<int> _offered = [];

    /// <summary>The accounts that the last block offered to the books.</summary>
    public IReadOnlyList<int> Offered => _offered;

    /// <summary>Does all of it.</summary>
    /// <param name="restarts">Whether the node starts anew; then all stateful orders enter again.</param>
    public void Run(bool restarts)
    {
        foreach (var record in state.ShortTerm.Due(state.Height))
        {
            if (record.Open is { } order && order.Order.GoodTilBlock <= state.Height)
            {
                state.Remove(order, RemovalReason.Expired);
            }
        }

        state.ShortTerm.Forget(state.Height);
        if (restarts) Restart();
        foreach (var order in state.Entering) Enter(order);
        foreach (var order in state.TriggeredNow) Enter(order);
        state.Entering.Clear();
        state.TriggeredNow.Clear();
        Liquidate();
        foreach (var fill in state.Ledger.Deleveraging.Run()) Tell(fill);
        state.Ledger.Deleveraging.GateWithdrawals();
    }

    private void Restart()
    {
        state.Books.Clear();
        foreach (var order in state.ShortTerm.Open().OrderBy(order => order.Sequence).ToList())
        {
            state.End(order, RemovalReason.NodeRestarted);
        }

        state.ShortTerm.Clear();
        state.Restarted?.Invoke();
        state.Entering.Clear();
        state.TriggeredNow.Clear();
        state.Entering.AddRange(state.Stateful.All
            .Where(order => order.Order.Id.Flags != OrderFlags.Twap && !order.IsUntriggered)
            .OrderBy(order => order.Sequence));
    }

    private void Enter(LiveOrder order)
    {
        if (!order.IsLive) return;
        if (OrderChecks.FaultOfReduceOnly(state, order.Order) is not null)
        {
            state.End(order, RemovalReason.InvalidReduceOnly);
            return;
        }

        var placement = state.Books.Enter(order);
        var reason = placement.Outcome switch
        {
            PlaceOutcome.Resting => RemovalReason.None,
            PlaceOutcome.Filled => RemovalReason.FullyFilled,
            PlaceOutcome.RestDropped => RemovalReason.ConditionalIocWouldRestOnBook,
            PlaceOutcome.WouldTake => RemovalReason.PostOnlyWouldCross,
            _ => Removals.ReasonOf(placement.Reason),
        };
        if (reason != RemovalReason.None) state.End(order, reason);
    }

    private void Liquidate()
    {
        _offered.Clear();
        foreach (var account in state.Ledger.Liquidations.Rank())
        {
            if (state.Ledger.Liquidations.OrderOf(account) is not { } order) continue;
            _offered.Add(account);
            var filled = order.IsPlaceable ? state.Books.Liquidate(order) : 0;
            state.Ledger.Liquidations.Close(order, filled);
        }
    }

    private void Tell(in DeleveragingFill fill)
    {
        var accounts = state.Ledger.Accounts;
        state.Journal.Filled(new ChainFill(
            fill.Market, fill.Quantums > 0 ? Side.Buy : Side.Sell, Math.Abs(fill.Quantums), 0,
            fill.Quantums > 0 ? -fill.Quote : fill.Quote,
            new FillLeg { Subaccount = accounts[fill.Liquidated].Key, Kind = FillKind.Deleveraged },
            new FillLeg { Subaccount = accounts[fill.Offsetting].Key, Kind = FillKind.Offsetting }));
        state.Journal.Touch(fill.Liquidated);
        state.Journal.Touch(fill.Offsetting);
    }
}
