using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Subaccounts;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// A subaccount: an owner's address and a number. The owner's key signs for all of them; one exists from its
/// first deposit on.
/// </summary>
public readonly record struct DydxSubaccount
{
    /// <summary>The highest number.</summary>
    public const uint HighestNumber = 128_000;

    /// <summary>
    /// Numbers below this are cross subaccounts; those above are isolated ones of the cross subaccount
    /// number % 128.
    /// </summary>
    public const uint Parents = 128;

    private DydxSubaccount(DydxAddress owner, uint number)
    {
        Owner = owner;
        Number = number;
    }

    /// <summary>Whose it is.</summary>
    public DydxAddress Owner { get; }

    /// <summary>Its number.</summary>
    public uint Number { get; }

    /// <summary>Whether it is meant for one isolated position.</summary>
    public bool IsIsolated => Number >= Parents;

    /// <summary>The number of the cross subaccount that it belongs to.</summary>
    public uint ParentNumber => Number % Parents;

    /// <summary>Takes a number from 0 to 128,000.</summary>
    public static Result<DydxSubaccount, OrderError> Of(DydxAddress owner, uint number) =>
        number <= HighestNumber ? new DydxSubaccount(owner, number) : OrderError.Subaccount(number);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Owner}/{Number}");

    internal SubaccountId ToProto() => new() { Owner = Owner.Text, Number = Number };
}
