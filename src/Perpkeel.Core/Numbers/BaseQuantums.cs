namespace Perpkeel.Core.Numbers;

/// <summary>
/// Base amount as the chain counts it: an integer of 10^(atomic resolution) base units each. Negative where
/// a position is short.
/// </summary>
/// <remarks>Source: dYdX v4-chain, <c>protocol/lib/quantums.go</c>.</remarks>
public readonly record struct BaseQuantums(long Value)
{
    /// <summary>The amount without its sign.</summary>
    public BaseQuantums Abs() => new(Math.Abs(Value));

    /// <summary>The sum.</summary>
    public static BaseQuantums operator +(BaseQuantums left, BaseQuantums right) =>
        new(left.Value + right.Value);

    /// <summary>The amount on the other side.</summary>
    public static BaseQuantums operator -(BaseQuantums amount) => new(-amount.Value);
}
