using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>What one subaccount holds.</summary>
public sealed record HeldState
{
    /// <summary>Open positions by market.</summary>
    public ImmutableSortedDictionary<string, IndexerPosition> Positions { get; init; } =
        ImmutableSortedDictionary.Create<string, IndexerPosition>(StringComparer.Ordinal);

    /// <summary>Assets by symbol.</summary>
    public ImmutableSortedDictionary<string, IndexerAsset> Assets { get; init; } =
        ImmutableSortedDictionary.Create<string, IndexerAsset>(StringComparer.Ordinal);

    /// <summary>USDC with its sign, as told; funding that is not settled yet may be in it.</summary>
    public decimal Usdc => Assets.GetValueOrDefault("USDC")?.SignedSize ?? 0m;

    /// <summary>
    /// USDC and positions at prices; null where a price is missing. The stream tells no equity after its
    /// first picture.
    /// </summary>
    /// <param name="oracle">The oracle price of a market.</param>
    public decimal? Equity(Func<string, decimal?> oracle)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        var equity = Usdc;
        foreach (var (market, position) in Positions)
        {
            if (oracle(market) is not { } price) return null;
            equity += position.Size * price;
        }

        return equity;
    }
}

/// <summary>An account as stream and REST have told it together: a fold over both. Immutable.</summary>
public sealed record AccountState
{
    /// <summary>Whose it is.</summary>
    public required IndexerAccount Account { get; init; }

    /// <summary>Whether there was a picture since the last break.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The block of the last telling.</summary>
    public uint Height { get; init; }

    /// <summary>
    /// The highest block of any telling; where it is beyond the last one, the Indexer is behind.
    /// </summary>
    public uint HighestHeight { get; init; }

    /// <summary>What its subaccounts hold, by number.</summary>
    public ImmutableSortedDictionary<uint, HeldState> Held { get; init; } =
        ImmutableSortedDictionary<uint, HeldState>.Empty;

    /// <summary>Orders that may still be filled, and the latest of those that are over, by id.</summary>
    public ImmutableDictionary<string, IndexerOrder> Orders { get; init; } =
        ImmutableDictionary.Create<string, IndexerOrder>(StringComparer.Ordinal);

    /// <summary>Fills by id, the latest ones; each once, from wherever it was told.</summary>
    public ImmutableDictionary<string, IndexerFill> Fills { get; init; } =
        ImmutableDictionary.Create<string, IndexerFill>(StringComparer.Ordinal);

    /// <summary>Transfers, the latest ones, each once.</summary>
    public ImmutableDictionary<string, IndexerTransfer> Transfers { get; init; } =
        ImmutableDictionary.Create<string, IndexerTransfer>(StringComparer.Ordinal);

    /// <summary>Funding payments, the latest ones, each once.</summary>
    public ImmutableDictionary<string, FundingPayment> Funding { get; init; } =
        ImmutableDictionary.Create<string, FundingPayment>(StringComparer.Ordinal);

    /// <summary>Tellings of other subaccounts, which were passed over.</summary>
    public long Foreign { get; init; }

    /// <summary>Whether the Indexer has told of later blocks before.</summary>
    public bool IsBehind => Height < HighestHeight;

    /// <summary>Orders of which something may still be filled.</summary>
    public IEnumerable<IndexerOrder> OpenOrders =>
        Orders.Values.Where(order => !OrderMerge.IsOver(order, HighestHeight));
}
