using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>What orders of all kinds have.</summary>
public sealed record OrderTerms
{
    /// <summary>Whose order; for an isolated position the subaccount that holds it.</summary>
    public required DydxSubaccount Subaccount { get; init; }

    /// <summary>Our number for it, never used before.</summary>
    public required ClientOrderId ClientId { get; init; }

    /// <summary>The market.</summary>
    public required OrderGrid Grid { get; init; }

    /// <summary>Buys or sells.</summary>
    public required Side Side { get; init; }

    /// <summary>Base units, above zero.</summary>
    public required Size Size { get; init; }

    /// <summary>Whether it may only shrink a position; needs immediate-or-cancel.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Who built it; null for nobody, and then it costs nothing.</summary>
    public BuilderCode? Builder { get; init; }

    /// <summary>A registered order router; null for none.</summary>
    public DydxAddress? Router { get; init; }
}
