using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders.Outcome;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Simulation.Paper.Post;

namespace Perpkeel.Simulation.Paper;

/// <summary>
/// Looks into what nobody tells of: short-term orders whose last block is over, and stateful messages that no
/// block has told of. What cannot be proven yet is looked into again.
/// </summary>
internal sealed class Proofs(WorldParts world)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>The Indexer has come beyond an order's last block.</summary>
    public void Follow(DateTimeOffset now)
    {
        foreach (var order in world.Tale.Unproven())
        {
            if (order.PassedAt == now) LookInto(order, now + ShortTermProof.ReadAfter);
        }
    }

    /// <summary>
    /// A stateful message was sent: whether it ever comes is seen when its nonce is too old.
    /// </summary>
    public void Follow(Posting posting)
    {
        if (posting.GoodTilBlock == 0) LookInto(posting, posting.SentAt + StatefulProof.NonceLife + Again);
    }

    /// <summary>What was sent again is looked into by its last message.</summary>
    private static bool IsSettled(Posting posting, TaleOrder order) => posting is Posting.Cancel
        ? !order.IsCancelOpen(posting.SentAt)
        : order.IsKnown || order.LastSent != posting.Number;

    private void LookInto(TaleOrder order, DateTimeOffset at) => world.Agenda.Add(
        at, AgendaKind.Proof, order.Intent.ClientId.Value, now =>
        {
            if (order.HasEnded || order.PassedAt is null) return;
            var ledger = world.Chain.Ledger;
            var held = ledger.Accounts[ledger.Accounts.Find(world.Account)].QuantumsIn(order.Market.Index);
            var position = new Steps(held / order.Market.StepBaseQuantums);
            if (!world.Tale.Prove(order, world.Chain.Height, position, now))
            {
                LookInto(order, now + ShortTermProof.ReadAfter);
            }
        });

    private void LookInto(Posting posting, DateTimeOffset at) => world.Agenda.Add(
        at, AgendaKind.Proof, posting.Number, now =>
        {
            if (world.Tale.Find(posting.ClientId) is not { HasEnded: false } order) return;
            var id = new ChainOrderId(
                world.Account, posting.ClientId.Value, OrderMap.FlagsOf(order.Intent),
                order.Market.Index);
            var evidence = new StatefulEvidence
            {
                Nonce = posting.Nonce,
                BlockTime = world.Chain.Time,
                IsIndexerHeard = world.Stream.IsCaughtUp,
                IsInState = world.Chain.StatefulOrder(id) is not null,
            };
            if (IsSettled(posting, order)) return;
            if (posting is Posting.Cancel && StatefulProof.IsUndone(evidence))
            {
                world.Tale.RefuseCancel(posting.ClientId, now);
            }
            else if (posting is Posting.Place && StatefulProof.IsAbsent(evidence))
            {
                world.Tale.EndAbsent(order, now);
            }
            else
            {
                LookInto(posting, now + Again);
            }
        });
}
