using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>Sums that lose no digit on the way and are rounded once, to the nearest decimal.</summary>
internal static class MarginSum
{
    /// <summary>
    /// The sum of all values but those that are left out: exact, or to the nearest decimal where a decimal
    /// cannot hold it.
    /// </summary>
    public static decimal Of(ReadOnlySpan<decimal> values, int without = -1, int alsoWithout = -1)
    {
        var isExact = true;
        var sum = 0m;
        for (var i = 0; i < values.Length; i++)
        {
            if (i != without && i != alsoWithout) sum = Exact.Add(sum, values[i], ref isExact);
        }

        if (isExact) return sum;
        var exact = Ratio.Of(0m);
        for (var i = 0; i < values.Length; i++)
        {
            if (i != without && i != alsoWithout) exact += Ratio.Of(values[i]);
        }

        return exact.RoundToNearest();
    }

    /// <summary>A fault when a number is beyond the range in which nothing overflows.</summary>
    public static AccountFault? Beyond(string owner, string name, decimal value) =>
        Math.Abs(value) > MarginPosition.MostMoney
            ? new AccountFault.BadNumber(
                owner, new MarginInputError.BeyondRange(name, value, MarginPosition.MostMoney))
            : null;
}
