using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>A tick or step size as an integer and a power of ten, so that counts are found exactly.</summary>
internal readonly struct GridUnit
{
    /// <summary>Takes a size.</summary>
    /// <param name="size">Above zero, and below 2^63 without its point.</param>
    public GridUnit(decimal size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var places = Decimals.Places(size);
        Digits = (ulong)(size * Decimals.PowerOfTen(places));
        Scale = places;
    }

    /// <summary>Whole numbers.</summary>
    public static GridUnit One { get; } = new(1m);

    /// <summary>The size times 10^<see cref="Scale"/>.</summary>
    public ulong Digits { get; }

    /// <summary>Places behind the point.</summary>
    public int Scale { get; }
}
