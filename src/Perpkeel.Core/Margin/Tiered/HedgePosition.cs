using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>
/// A long and a short of one symbol at once, both backed by the cross wallet. Isolated legs stand alone: each
/// is a <see cref="MarginPosition"/> of its own. <c>default</c> is refused by the calculator.
/// </summary>
public readonly record struct HedgePosition
{
    private HedgePosition(
        decimal longSize, decimal longEntry, decimal shortSize, decimal shortEntry, decimal markPrice,
        in MarginCollateral collateral)
    {
        LongSize = longSize;
        LongEntry = longEntry;
        ShortSize = shortSize;
        ShortEntry = shortEntry;
        MarkPrice = markPrice;
        Collateral = collateral;
    }

    /// <summary>Base units held long, above zero.</summary>
    public decimal LongSize { get; }

    /// <summary>Average entry price of the long.</summary>
    public decimal LongEntry { get; }

    /// <summary>Base units held short, above zero, without a sign.</summary>
    public decimal ShortSize { get; }

    /// <summary>Average entry price of the short.</summary>
    public decimal ShortEntry { get; }

    /// <summary>Mark price.</summary>
    public decimal MarkPrice { get; }

    /// <summary>The cross wallet behind both, and what the other positions gain and need.</summary>
    public MarginCollateral Collateral { get; }

    /// <summary>Wallet + unrealised profit of the other cross positions - their maintenance margin.</summary>
    internal Ratio Backing => Ratio.Of(Collateral.Wallet) + Ratio.Of(Collateral.OtherUnrealizedPnl)
        - Ratio.Of(Collateral.OtherMaintenance);

    /// <summary>Checks the numbers and makes them a hedged position.</summary>
    /// <param name="longSize">Base units held long.</param>
    /// <param name="longEntry">Average entry price of the long.</param>
    /// <param name="shortSize">Base units held short, without a sign.</param>
    /// <param name="shortEntry">Average entry price of the short.</param>
    /// <param name="markPrice">Mark price.</param>
    /// <param name="wallet">Balance of the cross wallet, where nothing else is held.</param>
    public static Result<HedgePosition, MarginInputError> Create(
        decimal longSize, decimal longEntry, decimal shortSize, decimal shortEntry, decimal markPrice,
        decimal wallet) =>
        Create(longSize, longEntry, shortSize, shortEntry, markPrice, MarginCollateral.Cross(wallet));

    /// <summary>The same beside other cross positions.</summary>
    /// <param name="longSize">Base units held long.</param>
    /// <param name="longEntry">Average entry price of the long.</param>
    /// <param name="shortSize">Base units held short, without a sign.</param>
    /// <param name="shortEntry">Average entry price of the short.</param>
    /// <param name="markPrice">Mark price.</param>
    /// <param name="collateral">The cross wallet, and what the other positions gain and need.</param>
    public static Result<HedgePosition, MarginInputError> Create(
        decimal longSize, decimal longEntry, decimal shortSize, decimal shortEntry, decimal markPrice,
        in MarginCollateral collateral)
    {
        if (longSize <= 0m) return new MarginInputError.NotPositive("size of the long", longSize);
        if (shortSize <= 0m) return new MarginInputError.NotPositive("size of the short", shortSize);
        if (longEntry <= 0m) return new MarginInputError.NotPositive("entry price of the long", longEntry);
        if (shortEntry <= 0m) return new MarginInputError.NotPositive("entry price of the short", shortEntry);
        if (!MarginPosition.Create(longSize, longEntry, markPrice, 1m, collateral)
            .TryGet(out _, out var error)
            || !MarginPosition.Create(shortSize, shortEntry, markPrice, 1m, collateral)
            .TryGet(out _, out error))
        {
            return error;
        }

        return new HedgePosition(longSize, longEntry, shortSize, shortEntry, markPrice, collateral);
    }
}
