namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>What a transaction asks the chain to do. A closed family.</summary>
public abstract record ChainMessage
{
    private ChainMessage()
    {
    }

    /// <summary>Place an order.</summary>
    /// <param name="Order">The order.</param>
    public sealed record Place(ChainOrder Order) : ChainMessage;

    /// <summary>Take an order back.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="GoodTilBlock">Until which block a short-term cancel is remembered; else 0.</param>
    /// <param name="GoodTilBlockTime">At least the stateful order's own, Unix seconds; else 0.</param>
    public sealed record Cancel(ChainOrderId Id, uint GoodTilBlock, uint GoodTilBlockTime) : ChainMessage;

    /// <summary>Take several short-term orders back.</summary>
    /// <param name="Subaccount">Whose.</param>
    /// <param name="ClientIds">Client ids by clob pair.</param>
    /// <param name="GoodTilBlock">Until which block it is remembered.</param>
    public sealed record BatchCancel(
        SubaccountKey Subaccount, IReadOnlyList<(int ClobPair, IReadOnlyList<uint> ClientIds)> ClientIds,
        uint GoodTilBlock) : ChainMessage;

    /// <summary>Choose leverage by market, as a custom initial margin fraction.</summary>
    /// <param name="Subaccount">Whose.</param>
    /// <param name="Entries">Custom initial margin in ppm by clob pair.</param>
    public sealed record UpdateLeverage(
        SubaccountKey Subaccount, IReadOnlyList<(int ClobPair, uint CustomImfPpm)> Entries) : ChainMessage;

    /// <summary>Move USDC between subaccounts.</summary>
    /// <param name="From">Sender.</param>
    /// <param name="To">Recipient.</param>
    /// <param name="Quantums">Quote quantums.</param>
    public sealed record Transfer(SubaccountKey From, SubaccountKey To, long Quantums) : ChainMessage;

    /// <summary>Move USDC from the owner's wallet into a subaccount.</summary>
    /// <param name="From">Index of the wallet's owner.</param>
    /// <param name="To">Recipient.</param>
    /// <param name="Quantums">Quote quantums.</param>
    public sealed record Deposit(int From, SubaccountKey To, long Quantums) : ChainMessage;

    /// <summary>Move USDC from a subaccount into a wallet.</summary>
    /// <param name="From">Sender.</param>
    /// <param name="To">Index of the wallet's owner.</param>
    /// <param name="Quantums">Quote quantums.</param>
    public sealed record Withdraw(SubaccountKey From, int To, long Quantums) : ChainMessage;

    /// <summary>Register a rule under which another key may sign.</summary>
    /// <param name="Owner">For whom it signs.</param>
    /// <param name="Rule">The rule.</param>
    /// <param name="DataBytes">Bytes of the rule as it travels.</param>
    public sealed record AddAuthenticator(int Owner, Authenticator Rule, int DataBytes) : ChainMessage;

    /// <summary>Drop such a rule.</summary>
    /// <param name="Owner">Whose.</param>
    /// <param name="Id">Which.</param>
    public sealed record RemoveAuthenticator(int Owner, ulong Id) : ChainMessage;
}

/// <summary>A transaction: messages that are all done or none, signed by one owner.</summary>
/// <param name="Signer">Index of the owner who signed.</param>
/// <param name="Sequence">Account sequence, or a timestamp nonce in Unix milliseconds.</param>
/// <param name="Messages">At least one.</param>
/// <param name="Authenticators">Ids of the signer's authenticators when a permissioned key signed.</param>
public sealed record ChainTx(
    int Signer, ulong Sequence, IReadOnlyList<ChainMessage> Messages, IReadOnlyList<ulong>? Authenticators)
{
    /// <summary>Number of the permissioned key that signed; null when the owner's own did.</summary>
    public int? Key { get; init; }

    /// <summary>
    /// What its bytes hash to, so that the same bytes are known again; null when they are not compared.
    /// </summary>
    public string? Hash { get; init; }
}
