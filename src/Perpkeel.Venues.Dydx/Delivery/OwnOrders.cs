using Google.Protobuf;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Subaccounts;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>
/// The stored orders that a sender placed and that may be open: what it counts against the equity tier. An
/// order counts from before it is sent, so that many at once do not pass the tier together, until the chain
/// says that it is gone. Safe to share between threads.
/// </summary>
internal sealed class OwnOrders(BookQueries book, SentTransactions sent)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OrderId, Sent?> _orders = [];

    /// <summary>Counts the placements of a transaction that is about to be sent.</summary>
    /// <param name="messages">At least one of them places an order.</param>
    public Placing Begin(IReadOnlyList<IMessage> messages)
    {
        // Messages can be changed by their owner, so what is kept are copies.
        List<OrderId> ids =
            [.. messages.OfType<MsgPlaceOrder>().Select(place => place.Order.OrderId.Clone())];
        lock (_gate)
        {
            List<OrderId> added = [.. ids.Where(id => _orders.TryAdd(id, null))];
            return new Placing(this, ids, added);
        }
    }

    /// <summary>
    /// Asks the chain for the orders of a subaccount and forgets those that are gone: their transaction was
    /// in a block, or can be in none any more, and they are not stored. What cannot be told still counts.
    /// </summary>
    public async Task RefreshAsync(SubaccountId subaccount, CancellationToken cancellation)
    {
        List<(OrderId Id, Sent Placed)> known = [];
        lock (_gate)
        {
            foreach (var (id, placed) in _orders)
            {
                if (placed is not null && id.SubaccountId.Equals(subaccount)) known.Add((id, placed));
            }
        }

        foreach (var (id, placed) in known)
        {
            // The transaction comes first: an order that it stored is found by the question after it.
            var looked = await sent.LookUpAsync(placed, cancellation);
            if (!looked.TryGet(out var became, out _) || became == Inclusion.Pending) continue;
            var asked = await book.IsStoredAsync(id, cancellation);
            if (!asked.TryGet(out var isStored, out _) || isStored) continue;
            lock (_gate) _orders.Remove(id);
        }
    }

    /// <summary>Placements that are being sent. Those that are not kept in the end count no more.</summary>
    internal sealed class Placing(OwnOrders own, List<OrderId> ids, List<OrderId> added) : IDisposable
    {
        private bool _isKept;

        /// <summary>How many there are.</summary>
        public int Count => ids.Count;

        /// <summary>The subaccount of all of them.</summary>
        public SubaccountId Subaccount => ids[0].SubaccountId;

        /// <summary>Other orders of that subaccount that may be open.</summary>
        public int CountOthers()
        {
            lock (own._gate)
            {
                return own._orders.Keys.Count(
                    id => id.SubaccountId.Equals(Subaccount) && !ids.Contains(id));
            }
        }

        /// <summary>They were sent, or may have been.</summary>
        public void Keep(Sent transaction)
        {
            _isKept = true;
            lock (own._gate)
            {
                foreach (var id in ids) own._orders[id] = transaction;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_isKept) return;
            lock (own._gate)
            {
                foreach (var id in added) own._orders.Remove(id);
            }
        }
    }
}
