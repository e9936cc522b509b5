using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>Where to take the profit of a trade that has a stop.</summary>
public static class TakeProfit
{
    /// <summary>
    /// The price at which the trade has won <paramref name="rewardRisk"/> times what its stop would lose:
    /// above the entry of a long, below that of a short. Rounding to the market's tick is the caller's.
    /// </summary>
    public static Result<Price, SizingError> From(Price entry, Price stop, decimal rewardRisk, Side side)
    {
        if (StopDistance.Fault(entry, stop, side) is { } error) return error;
        if (rewardRisk <= 0m) return new SizingError.NotPositive("reward to risk", rewardRisk);

        // entry - stop has the sign of the side already.
        var reward = (Ratio.Of(entry.Value) - Ratio.Of(stop.Value)) * Ratio.Of(rewardRisk);
        var target = (Ratio.Of(entry.Value) + reward).OrZeroIfNegative();
        if (!target.TryRoundDown(out var price)) return new SizingError.OutOfRange("target");
        return price > 0m
            ? new Price(price)
            : new SizingError.TargetNotPositive(entry, stop, rewardRisk);
    }
}
