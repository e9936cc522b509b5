using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>A size, and why it is that size. Only <see cref="PositionSizer"/> makes one.</summary>
public sealed record PositionSizingResult
{
    internal PositionSizingResult(
        Size quantity, Price entry, string reason, IReadOnlyList<SizingLimit> limits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity.Value, nameof(quantity));
        ArgumentException.ThrowIfNullOrEmpty(reason);
        Quantity = quantity;
        Notional = entry * quantity;
        Reason = reason;
        Limits = limits;
    }

    /// <summary>Base units to trade, a multiple of the step; zero where nothing can be traded.</summary>
    public Size Quantity { get; }

    /// <summary>The quantity at the entry price, in USD.</summary>
    public Usd Notional { get; }

    /// <summary>
    /// The limit that binds, or why the quantity is zero: one of <see cref="SizingReason"/>. Of limits that
    /// allow the same, the first listed.
    /// </summary>
    public string Reason { get; }

    /// <summary>
    /// Every limit considered, with its value: risk with a stop, exposure, leverage, max-order and min-order
    /// where given, and step where it leaves nothing.
    /// </summary>
    public IReadOnlyList<SizingLimit> Limits { get; }
}
