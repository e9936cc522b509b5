using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>An order whose size is asked for.</summary>
/// <param name="Key">The position.</param>
/// <param name="Side">Buys or sells.</param>
/// <param name="Price">Fill price, above zero.</param>
/// <param name="Step">
/// Smallest step of sizes, above zero and of 13 decimal places at most; the answer is a multiple of it.
/// </param>
public sealed record MaxOrderQuery(PositionKey Key, Side Side, decimal Price, decimal Step)
{
    /// <summary>Most steps that are searched through.</summary>
    internal const decimal MostSteps = 1e27m;

    /// <summary>
    /// A multiple of the step that is no larger than the largest size then has all its digits: 15 before the
    /// point, and a decimal holds any 28.
    /// </summary>
    private const int MostPlaces = 13;

    /// <summary>Fee as a share of size x price, not negative.</summary>
    public decimal FeeRate { get; init; }

    /// <summary>The leverage to choose before; null leaves it as it is.</summary>
    public Leverage? Leverage { get; init; }

    /// <summary>Whether the order may only shrink the position.</summary>
    public bool IsReduceOnly { get; init; }

    /// <summary>Whether it ends with the position: it cannot turn it round.</summary>
    internal bool IsClosing => IsReduceOnly
        || (Key.Leg == PositionLeg.LongSide && Side == Side.Sell)
        || (Key.Leg == PositionLeg.ShortSide && Side == Side.Buy);

    /// <summary>The order with a size; its fee is required, so it is rounded up.</summary>
    internal AccountChange.OrderFill Fill(decimal size) => new(Key, Side, size, Price)
    {
        Fee = (Ratio.Of(size) * Ratio.Of(Price) * Ratio.Of(FeeRate)).RoundUp(),
        IsReduceOnly = IsReduceOnly,
    };

    /// <summary>What is wrong with its numbers; null when nothing is.</summary>
    internal AccountFault.BadNumber? Fault() =>
        Error() is { } error ? new AccountFault.BadNumber(Key.ToString(), error) : null;

    private MarginInputError? Error()
    {
        if (Step <= 0m) return new MarginInputError.NotPositive("step", Step);
        if (Price <= 0m) return new MarginInputError.NotPositive("order price", Price);
        if (Price > MarginPosition.MostPrice)
        {
            return new MarginInputError.BeyondRange("order price", Price, MarginPosition.MostPrice);
        }

        if (Step < MarginPosition.MostSize / MostSteps || Step > MarginPosition.MostSize)
        {
            return new MarginInputError.BeyondRange("step", Step, MarginPosition.MostSize);
        }

        if (Decimals.Places(Step) > MostPlaces)
        {
            return new MarginInputError.TooManyPlaces("step", Step, MostPlaces);
        }

        return FeeRate switch
        {
            < 0m => new MarginInputError.Negative("fee rate", FeeRate),
            > 1m => new MarginInputError.BeyondRange("fee rate", FeeRate, 1m),
            _ => null,
        };
    }
}
