using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>Whose account is meant: a subaccount, or a parent with its isolated children.</summary>
public readonly record struct IndexerAccount
{
    private IndexerAccount(DydxAddress address, uint number, bool isParent)
    {
        Address = address;
        Number = number;
        IsParent = isParent;
    }

    /// <summary>Whose it is.</summary>
    public DydxAddress Address { get; }

    /// <summary>Its number; of a parent below 128.</summary>
    public uint Number { get; }

    /// <summary>Whether the children are meant as well.</summary>
    public bool IsParent { get; }

    /// <summary>The id by which the stream knows it.</summary>
    public string ChannelId => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Number}");

    /// <summary>One subaccount.</summary>
    public static IndexerAccount Of(DydxSubaccount subaccount) =>
        new(subaccount.Owner, subaccount.Number, isParent: false);

    /// <summary>A parent with its children; refused for a number that is a child's.</summary>
    public static Result<IndexerAccount, IndexerError> Parent(DydxAddress address, uint number) =>
        number < DydxSubaccount.Parents
            ? new IndexerAccount(address, number, true)
            : new IndexerError.BadQuestion("parent", "a parent has a number from 0 to 127");

    /// <summary>
    /// Whether a subaccount's number is meant: itself, or for a parent any of its children.
    /// </summary>
    public bool Holds(uint number) =>
        IsParent ? number % DydxSubaccount.Parents == Number : number == Number;

    /// <inheritdoc/>
    public override string ToString() => IsParent ? $"{ChannelId} (parent)" : ChannelId;
}
