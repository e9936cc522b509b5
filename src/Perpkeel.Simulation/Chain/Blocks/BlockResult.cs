namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// A block as everybody hears of it. The kinds of events follow each other as they stand here.
/// </summary>
internal sealed record BlockResult
{
    /// <summary>Its height; the first is 1.</summary>
    public required uint Height { get; init; }

    /// <summary>Its time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Its transactions, in order.</summary>
    public required IReadOnlyList<TxDone> Txs { get; init; }

    /// <summary>Its fills, in order.</summary>
    public required IReadOnlyList<ChainFill> Fills { get; init; }

    /// <summary>What happened to orders, in order.</summary>
    public required IReadOnlyList<OrderUpdate> Orders { get; init; }

    /// <summary>
    /// Subaccounts that have changed, as the block leaves them, in the order of their making.
    /// </summary>
    public required IReadOnlyList<SubaccountUpdate> Subaccounts { get; init; }

    /// <summary>Moves of money, in order.</summary>
    public required IReadOnlyList<TransferDone> Transfers { get; init; }

    /// <summary>New oracle prices.</summary>
    public required IReadOnlyList<OracleMove> OraclePrices { get; init; }

    /// <summary>Funding of an hour that is over.</summary>
    public required IReadOnlyList<FundingMove> FundingTicks { get; init; }

    /// <summary>Open interest that has changed.</summary>
    public required IReadOnlyList<OpenInterestMove> OpenInterest { get; init; }

    /// <summary>A number of everything up to here; see <see cref="ChainVenue.HistoryHash"/>.</summary>
    public required ulong HistoryHash { get; init; }
}
