using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Stream;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>What has changed of an account. A closed family.</summary>
public abstract record AccountChange
{
    private AccountChange()
    {
    }

    /// <summary>
    /// A whole picture: what was known before is replaced, what ended meanwhile is not told apart.
    /// </summary>
    /// <param name="State">The account.</param>
    public sealed record Pictured(AccountState State) : AccountChange;

    /// <summary>What is known may be wrong until the next picture.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Doubted(StreamFault Fault) : AccountChange;

    /// <summary>An order is new or another one than before.</summary>
    /// <param name="Order">As it is known now.</param>
    /// <param name="IsOver">Whether nothing of it can be filled any more.</param>
    public sealed record Ordered(IndexerOrder Order, bool IsOver) : AccountChange;

    /// <summary>A fill; told once.</summary>
    /// <param name="Fill">The fill; its fee is null where it was not told yet.</param>
    public sealed record Filled(IndexerFill Fill) : AccountChange;

    /// <summary>The fee of a fill that was told without it.</summary>
    /// <param name="Fill">The fill with its fee.</param>
    public sealed record FeeTold(IndexerFill Fill) : AccountChange;

    /// <summary>A position has another size; zero where it is gone.</summary>
    /// <param name="Subaccount">Whose.</param>
    /// <param name="Position">As told.</param>
    public sealed record Positioned(uint Subaccount, IndexerPosition Position) : AccountChange;

    /// <summary>There is another amount of an asset.</summary>
    /// <param name="Subaccount">Whose.</param>
    /// <param name="Asset">As told.</param>
    public sealed record Funded(uint Subaccount, IndexerAsset Asset) : AccountChange;

    /// <summary>Money came or went; told once.</summary>
    /// <param name="Transfer">The transfer.</param>
    public sealed record Transferred(IndexerTransfer Transfer) : AccountChange;

    /// <summary>Funding was paid or received; told once.</summary>
    /// <param name="Payment">The payment.</param>
    public sealed record FundingPaid(FundingPayment Payment) : AccountChange;

    /// <summary>A reward for trading.</summary>
    /// <param name="Reward">The reward.</param>
    public sealed record Rewarded(TradingReward Reward) : AccountChange;
}
