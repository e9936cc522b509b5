using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Risk;

/// <summary>
/// An order that takes new risk and passed every limit. Only <see cref="RiskGate"/> makes one.
/// </summary>
public sealed record ApprovedOrder
{
    internal ApprovedOrder(OrderIntent intent) => Intent = intent;

    /// <summary>The order.</summary>
    public OrderIntent Intent { get; }
}

/// <summary>
/// An order that can only shrink a position. No limit, cooldown or stale price may refuse it, only its shape.
/// Only <see cref="RiskGate"/> makes one.
/// </summary>
public sealed record ApprovedProtection
{
    internal ApprovedProtection(OrderIntent intent) => Intent = intent;

    /// <summary>The order.</summary>
    public OrderIntent Intent { get; }
}
