namespace Perpkeel.Core.Risk;

/// <summary>Stable names of limits, and of the other reasons for a size.</summary>
public static class SizingReason
{
    /// <summary>What the stop may cost.</summary>
    public const string Risk = "risk";

    /// <summary>The greatest notional of all positions.</summary>
    public const string Exposure = "exposure";

    /// <summary>What the balance carries with leverage.</summary>
    public const string Leverage = "leverage";

    /// <summary>The greatest notional of an order.</summary>
    public const string MaxOrder = "max-order";

    /// <summary>The smallest notional of an order.</summary>
    public const string MinOrder = "min-order";

    /// <summary>The market's step; listed when it leaves nothing.</summary>
    public const string Step = "step";

    /// <summary>Nothing, because there is no balance.</summary>
    public const string ZeroBalance = "zero-balance";

    /// <summary>Nothing, because the limits allow less than one step.</summary>
    public const string BelowStep = "below-step";

    /// <summary>Nothing, because the limits allow less than the smallest order.</summary>
    public const string BelowMinOrder = "below-min-order";
}
