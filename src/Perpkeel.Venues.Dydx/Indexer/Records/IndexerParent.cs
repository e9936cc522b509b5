using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>A parent subaccount with its children.</summary>
public sealed record IndexerParent
{
    /// <summary>Whose it is.</summary>
    public required string Address { get; init; }

    /// <summary>Its number, below 128.</summary>
    public required uint ParentNumber { get; init; }

    /// <summary>Sum of its children's.</summary>
    public decimal? Equity { get; init; }

    /// <summary>Sum of its children's.</summary>
    public decimal? FreeCollateral { get; init; }

    /// <summary>The parent itself and its isolated ones.</summary>
    public required ImmutableArray<IndexerSubaccount> Children { get; init; }

    internal static IndexerParent Read(Fields f) => new()
    {
        Address = f.Text("address"),
        ParentNumber = f.UInt("parentSubaccountNumber"),
        Equity = f.DecimalOr("equity"),
        FreeCollateral = f.DecimalOr("freeCollateral"),
        Children = f.ListOr("childSubaccounts", IndexerSubaccount.Read),
    };
}
