using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Tests.Chain.Blocks;

/// <summary>What must hold after every block, whatever was done to the chain.</summary>
internal static class ChainAudit
{
    /// <summary>What does not hold; null when all of it does.</summary>
    public static string? FaultOf(ChainVenue venue) =>
        FaultOfBooks(venue) ?? FaultOfMargins(venue) ?? FaultOfMoney(venue.Ledger) ?? FaultOfOrders(venue);

    /// <summary>No book is crossed.</summary>
    public static string? FaultOfBooks(ChainVenue venue)
    {
        for (var market = 0; market < venue.Ledger.Markets.Count; market++)
        {
            var (bid, ask) = (venue.Best(market, Side.Buy), venue.Best(market, Side.Sell));
            if (bid > 0 && ask > 0 && bid >= ask) return $"book {market} is crossed: {bid} and {ask}";
        }

        return null;
    }

    /// <summary>
    /// Whoever is below maintenance was offered to the books after this block, as far as a block offers.
    /// </summary>
    public static string? FaultOfMargins(ChainVenue venue)
    {
        var most = venue.Ledger.State.Parameters.Liquidation.MostLiquidatedPerBlock;
        if (venue.Offered.Count >= most) return null;
        for (var account = 0; account < venue.Ledger.Accounts.Count; account++)
        {
            if (venue.Ledger.Accounts[account].Positions.IsEmpty) continue;
            if (venue.Ledger.RiskOf(account).IsLiquidatable && !venue.Offered.Contains(account))
            {
                return $"account {account} is below maintenance and was not offered";
            }
        }

        return null;
    }

    /// <summary>All money is what came from outside; pools, positions and open interest add up.</summary>
    public static string? FaultOfMoney(ChainLedger ledger)
    {
        if (ledger.Minted * Ppm.One != ledger.Totals.SumPpm) return $"money does not add up: {ledger.Totals}";
        var pools = new Int128[ledger.Pools.Count];
        var net = new Int128[ledger.Markets.Count];
        var longs = new Int128[ledger.Markets.Count];
        for (var account = 0; account < ledger.Accounts.Count; account++)
        {
            var each = ledger.Accounts[account];
            pools[ledger.PoolOf(account)] += (each.Usdc * Ppm.One) + ledger.State.UnsettledPpm(each);
            foreach (var position in each.Positions)
            {
                net[position.Market] += position.Quantums;
                longs[position.Market] += Math.Max(0, position.Quantums);
            }
        }

        for (var market = 0; market < net.Length; market++)
        {
            if (net[market] != 0) return $"positions of market {market} are {net[market]} apart";
            if (ledger.Markets[market].OpenInterest != longs[market]) return $"open interest of {market}";
        }

        for (var pool = 0; pool < pools.Length; pool++)
        {
            var held = ledger.Pools[pool];
            if (held.Balance * Ppm.One != pools[pool] + held.DustPpm) return $"pool {pool} does not add up";
            if (held.Balance < 0 || held.Insurance < 0) return $"pool {pool} is below zero";
        }

        return null;
    }

    /// <summary>
    /// Books and orders tell the same: each resting order lives, and has what the book says.
    /// </summary>
    public static string? FaultOfOrders(ChainVenue venue)
    {
        var resting = 0;
        for (var market = 0; market < venue.Ledger.Markets.Count; market++)
        {
            foreach (var side in new[] { Side.Buy, Side.Sell })
            {
                foreach (var rest in venue.State.Books[market].Orders(side))
                {
                    var order = venue.State.Books.OrderAt(rest.Tag);
                    resting++;
                    if (!order.IsLive || order.Left != rest.Quantums || order.Filled > order.Order.Quantums)
                    {
                        return $"{order.Order} rests with {rest.Quantums} and has {order.Left}";
                    }

                    if (!order.Order.Id.IsStateful && order.Order.GoodTilBlock <= venue.Height)
                    {
                        return $"{order.Order} rests after its block";
                    }
                }
            }
        }

        var open = venue.State.ShortTerm.Open().Count() + venue.State.Stateful.All.Count(order =>
            order.Order.Id.Flags != OrderFlags.Twap && !order.IsUntriggered);
        return open == resting ? null : $"{open} orders are open and {resting} rest";
    }
}
