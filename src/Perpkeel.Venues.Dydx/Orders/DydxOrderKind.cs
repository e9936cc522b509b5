using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>The kinds of orders, by the flags that the chain gives them.</summary>
[SuppressMessage(
    "Design", "CA1027:Mark enums with FlagsAttribute",
    Justification = "The chain calls them flags, but an order is of one kind only.")]
public enum DydxOrderKind
{
    /// <summary>Lives in the memory of nodes until its good-til-block.</summary>
    ShortTerm = 0,

    /// <summary>A stop or a target, stored on the chain until its trigger or its time.</summary>
    Conditional = 32,

    /// <summary>Stored on the chain until its time.</summary>
    LongTerm = 64,

    /// <summary>Stored on the chain and worked off in legs.</summary>
    Twap = 128,
}
