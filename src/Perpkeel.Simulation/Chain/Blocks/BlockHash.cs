namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>Puts all of a block into the hash of the history.</summary>
internal static class BlockHash
{
    /// <summary>Adds it, in the order of its events.</summary>
    public static void Add(HistoryHash hash, BlockResult block)
    {
        hash.Add(block.Height);
        hash.Add(block.Time.UtcTicks);
        foreach (var tx in block.Txs)
        {
            hash.Add(tx.Tx.Signer);
            unchecked
            {
                hash.Add((long)tx.Tx.Sequence);
            }

            hash.Add(tx.Result);
        }

        foreach (var fill in block.Fills) Add(hash, fill);
        foreach (var order in block.Orders)
        {
            hash.Add(order.Order.Id);
            hash.Add((int)order.Change);
            hash.Add((int)order.Reason);
            hash.Add(order.TotalFilled);
        }

        foreach (var account in block.Subaccounts) Add(hash, account);
        AddMoves(hash, block);
    }

    private static void Add(HistoryHash hash, ChainFill fill)
    {
        hash.Add(fill.Market);
        hash.Add((int)fill.Side);
        hash.Add(fill.Quantums);
        hash.Add(fill.Subticks);
        hash.Add(fill.Quote);
        Add(hash, fill.Taker);
        Add(hash, fill.Maker);
    }

    private static void Add(HistoryHash hash, in FillLeg leg)
    {
        hash.Add(leg.Subaccount);
        hash.Add((int)leg.Kind);
        if (leg.Order is { } id) hash.Add(id);
        hash.Add(leg.Fee);
        hash.Add(leg.BuilderFee);
        hash.Add(leg.TotalFilled);
        hash.Add(leg.Funding);
    }

    private static void Add(HistoryHash hash, SubaccountUpdate account)
    {
        hash.Add(account.Subaccount);
        hash.Add(account.Usdc);
        foreach (var position in account.Positions)
        {
            hash.Add(position.Market);
            hash.Add(position.Quantums);
            hash.Add(position.FundingIndex);
        }
    }

    private static void AddMoves(HistoryHash hash, BlockResult block)
    {
        foreach (var transfer in block.Transfers)
        {
            if (transfer.From is { } from) hash.Add(from);
            if (transfer.To is { } to) hash.Add(to);
            hash.Add(transfer.Wallet);
            hash.Add(transfer.Quantums);
        }

        foreach (var move in block.OraclePrices)
        {
            hash.Add(move.Market);
            hash.Add(move.Price);
        }

        foreach (var move in block.FundingTicks)
        {
            hash.Add(move.RatePpm.Value);
            hash.Add(move.FundingIndex);
        }

        foreach (var move in block.OpenInterest)
        {
            hash.Add(move.Market);
            hash.Add(move.Quantums);
        }
    }
}
