using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>What the size of a new position follows from.</summary>
public sealed record PositionSizingRequest
{
    /// <summary>Balance that new orders may use, in USD. Negative counts as zero.</summary>
    public required Usd Available { get; init; }

    /// <summary>Leverage that may be used; above zero.</summary>
    public required Leverage Leverage { get; init; }

    /// <summary>Whether to buy or to sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Expected price of the entry; above zero.</summary>
    public required Price Entry { get; init; }

    /// <summary>
    /// Price of the stop, if there is one: below the entry of a long, above that of a short.
    /// </summary>
    public Price? Stop { get; init; }

    /// <summary>Share of the balance that the stop may cost, 0..1: 0.01 is one percent.</summary>
    public required decimal RiskPerTrade { get; init; }

    /// <summary>
    /// Greatest notional of all positions as a share of the balance; above 1 with leverage.
    /// </summary>
    public required decimal MaxExposure { get; init; }

    /// <summary>Notional that is open already, in USD.</summary>
    public Usd OpenExposure { get; init; }

    /// <summary>Smallest notional of an order, if there is one, in USD.</summary>
    public Usd? MinOrder { get; init; }

    /// <summary>Greatest notional of an order, if there is one, in USD.</summary>
    public Usd? MaxOrder { get; init; }

    /// <summary>Base units in one step of the market; above zero.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>This request if it makes sense, otherwise the first thing that is wrong with it.</summary>
    public Result<PositionSizingRequest, SizingError> Validate() => Fault() is { } error ? error : this;

    internal SizingError? Fault()
    {
        if (Side is not (Side.Buy or Side.Sell)) return new SizingError.NoSide();
        if (Leverage.Value == 0m) return new SizingError.NotPositive("leverage", Leverage.Value);
        if (Entry.Value == 0m) return new SizingError.NotPositive("entry", Entry.Value);
        if (StepSize <= 0m) return new SizingError.NotPositive("step size", StepSize);
        if (RiskPerTrade < 0m) return new SizingError.Negative("risk per trade", RiskPerTrade);
        if (RiskPerTrade > 1m) return new SizingError.RiskAboveOne(RiskPerTrade);
        if (MaxExposure < 0m) return new SizingError.Negative("max exposure", MaxExposure);
        if (OpenExposure < Usd.Zero) return new SizingError.Negative("open exposure", OpenExposure.Value);
        return (Stop is { } stop ? StopDistance.Fault(Entry, stop, Side) : null) ?? OrderLimitFault();
    }

    private SizingError? OrderLimitFault() => (MinOrder, MaxOrder) switch
    {
        ({ Value: < 0m } min, _) => new SizingError.Negative("min order", min.Value),
        (_, { Value: < 0m } max) => new SizingError.Negative("max order", max.Value),
        ({ } min, { } max) when min > max => new SizingError.MinAboveMax(min, max),
        _ => null,
    };
}
