using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// One position with what backs it, checked to be within the range in which nothing overflows.
/// <c>default</c> is no position and is refused by the calculator.
/// </summary>
public readonly record struct MarginPosition
{
    /// <summary>Largest size in base units.</summary>
    public const decimal MostSize = 1e15m;

    /// <summary>Highest price in quote units.</summary>
    public const decimal MostPrice = 1e12m;

    /// <summary>Largest wallet, profit or margin in quote units, either sign.</summary>
    public const decimal MostMoney = 1e20m;

    private MarginPosition(
        decimal size, decimal entryPrice, decimal markPrice, Leverage leverage,
        in MarginCollateral collateral)
    {
        Size = size;
        EntryPrice = entryPrice;
        MarkPrice = markPrice;
        Leverage = leverage;
        Collateral = collateral;
    }

    /// <summary>Signed base units: positive long, negative short, never zero.</summary>
    public decimal Size { get; }

    /// <summary>Average entry price.</summary>
    public decimal EntryPrice { get; }

    /// <summary>Mark price.</summary>
    public decimal MarkPrice { get; }

    /// <summary>The leverage chosen for the symbol.</summary>
    public Leverage Leverage { get; }

    /// <summary>The money behind it.</summary>
    public MarginCollateral Collateral { get; }

    /// <summary>Which way it goes.</summary>
    public Side Side => Sides.Of(Size);

    /// <summary>Checks the numbers and makes them a position.</summary>
    /// <param name="size">Signed base units.</param>
    /// <param name="entryPrice">Average entry price, above zero.</param>
    /// <param name="markPrice">Mark price, above zero.</param>
    /// <param name="leverage">The leverage chosen, 1 or more.</param>
    /// <param name="collateral">The money behind it.</param>
    public static Result<MarginPosition, MarginInputError> Create(
        decimal size, decimal entryPrice, decimal markPrice, decimal leverage, in MarginCollateral collateral)
    {
        if (size == 0m) return new MarginInputError.NoSize();
        if (entryPrice <= 0m) return new MarginInputError.NotPositive("entry price", entryPrice);
        if (markPrice <= 0m) return new MarginInputError.NotPositive("mark price", markPrice);
        if (leverage < 1m) return new MarginInputError.LeverageBelowOne(leverage);
        if (collateral.OtherMaintenance < 0m)
        {
            return new MarginInputError.Negative(
                "maintenance of other positions", collateral.OtherMaintenance);
        }

        var beyond = Beyond("size", size, MostSize)
            ?? Beyond("entry price", entryPrice, MostPrice)
            ?? Beyond("mark price", markPrice, MostPrice)
            ?? Beyond("wallet", collateral.Wallet, MostMoney)
            ?? Beyond("maintenance of other positions", collateral.OtherMaintenance, MostMoney)
            ?? Beyond("profit of other positions", collateral.OtherUnrealizedPnl, MostMoney);
        if (beyond is not null) return beyond;
        return new MarginPosition(size, entryPrice, markPrice, new Leverage(leverage), collateral);
    }

    /// <summary>The same position at another mark price.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The price is not above zero, or beyond <see cref="MostPrice"/>.
    /// </exception>
    public MarginPosition At(decimal markPrice)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(markPrice);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(markPrice, MostPrice);
        return new MarginPosition(Size, EntryPrice, markPrice, Leverage, Collateral);
    }

    /// <summary>The same position with other money behind it.</summary>
    public Result<MarginPosition, MarginInputError> With(in MarginCollateral collateral) =>
        Create(Size, EntryPrice, MarkPrice, Leverage.Value, collateral);

    private static MarginInputError.BeyondRange? Beyond(string name, decimal value, decimal most) =>
        Math.Abs(value) > most ? new MarginInputError.BeyondRange(name, value, most) : null;
}
