namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Which way money went, seen from the subaccount.</summary>
public enum TransferType
{
    /// <summary>From another subaccount.</summary>
    TransferIn = 0,

    /// <summary>To another subaccount.</summary>
    TransferOut,

    /// <summary>From a wallet.</summary>
    Deposit,

    /// <summary>To a wallet.</summary>
    Withdrawal,
}
