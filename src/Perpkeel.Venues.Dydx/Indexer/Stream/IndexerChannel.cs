using System.Collections.Immutable;
using System.Text;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>What can be subscribed to.</summary>
public enum IndexerChannel
{
    /// <summary>All markets: prices, funding, open interest, status.</summary>
    Markets = 0,

    /// <summary>The order book of a market.</summary>
    OrderBook,

    /// <summary>The trades of a market.</summary>
    Trades,

    /// <summary>The candles of a market.</summary>
    Candles,

    /// <summary>One subaccount.</summary>
    Subaccounts,

    /// <summary>A parent with its children.</summary>
    ParentSubaccounts,

    /// <summary>The last block.</summary>
    BlockHeight,
}

/// <summary>Names and limits of channels.</summary>
public static class IndexerChannels
{
    private static readonly ImmutableArray<string> Words =
    [
        "v4_markets", "v4_orderbook", "v4_trades", "v4_candles", "v4_subaccounts", "v4_parent_subaccounts",
        "v4_block_height",
    ];

    private static readonly ImmutableArray<ImmutableArray<byte>> Bytes =
        [.. Words.Select(word => Encoding.ASCII.GetBytes(word).ToImmutableArray())];

    private static readonly ImmutableArray<int> Limits = [32, 32, 32, 32, 256, 256, 1];

    /// <summary>As the venue writes it.</summary>
    public static string Word(this IndexerChannel channel) => Words[(int)channel];

    /// <summary>Subscriptions of one connection at most.</summary>
    public static int MostPerConnection(this IndexerChannel channel) => Limits[(int)channel];

    internal static IndexerChannel? Find(ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < Bytes.Length; i++)
        {
            if (word.SequenceEqual(Bytes[i].AsSpan())) return (IndexerChannel)i;
        }

        return null;
    }
}
