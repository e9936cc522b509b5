using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>One end of a transfer.</summary>
public sealed record TransferEnd
{
    /// <summary>Whose it is.</summary>
    public required string Address { get; init; }

    /// <summary>Which subaccount, the parent where parents are told; null for a wallet.</summary>
    public uint? SubaccountNumber { get; init; }

    internal static TransferEnd Read(Fields f) => new()
    {
        Address = f.Text("address"),
        SubaccountNumber = f.UIntOr("subaccountNumber") ?? f.UIntOr("parentSubaccountNumber"),
    };
}
