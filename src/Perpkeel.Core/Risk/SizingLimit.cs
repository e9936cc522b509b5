using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>One limit that was considered when a position was sized.</summary>
/// <param name="Name">Stable name: one of <see cref="SizingReason"/>.</param>
/// <param name="Quantity">
/// The size that it allows (min-order and step: demands), before rounding to a step; the largest decimal
/// where it is more than that.
/// </param>
/// <param name="Value">What it was computed from, e.g. <c>10000 * 0.5 / 60000</c>.</param>
public sealed record SizingLimit(string Name, Size Quantity, string Value);
